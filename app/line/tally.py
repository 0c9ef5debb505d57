"""What a shift comes to, as it is shown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.language import Message


@dataclass(frozen=True, slots=True)
class Group:
    """One point of the p-chart: parts in a row and how many of them were NG."""

    number: int
    parts: int
    ng: int
    upper: float | None = None
    """Control limits of the share of NG parts; None until there are enough groups."""
    lower: float | None = None

    @property
    def share(self) -> float:
        """Share of NG parts."""
        return self.ng / self.parts

    @property
    def is_out(self) -> bool:
        """Whether the share lies outside the control limits."""
        return self.upper is not None and not (self.lower or 0.0) <= self.share <= self.upper


@dataclass(frozen=True, slots=True)
class Drift:
    """Something that slowly goes away from how it was at the start."""

    code: str
    """``camera-dark``, ``camera-bright``, ``camera-blurred``, ``process``."""
    message: Message
    hint: Message


@dataclass(frozen=True, slots=True)
class Tally:
    """Numbers of a shift."""

    since: datetime
    parts: int = 0
    ok: int = 0
    ng: int = 0
    review: int = 0
    overruled: int = 0
    groups: tuple[Group, ...] = ()
    """The last ones, oldest first; the last of all may not be full yet."""
    centre: float | None = None
    """Mean share of NG parts over the groups that the limits are made from."""
    pareto: tuple[tuple[str, int], ...] = ()
    """(label, NG parts that show it), most frequent first."""
    drifts: tuple[Drift, ...] = ()

    @property
    def passed(self) -> float | None:
        """Share of OK parts among all."""
        return self.ok / self.parts if self.parts else None
