"""What the threads of a line hand to the window."""

from __future__ import annotations

from dataclasses import dataclass

from app.desktop.line.marks import Mark
from app.desktop.line.pixels import Pixels, Shot
from app.line import Judged
from app.vocabulary import EngineMark, Inspection, Verdict


@dataclass(frozen=True, slots=True, eq=False)
class Seen:
    """One judged part as the window shows it."""

    judged: Judged
    marks: tuple[Mark, ...]

    @property
    def inspection(self) -> Inspection:
        """What was inspected."""
        return self.judged.inspection

    @property
    def verdict(self) -> Verdict:
        """What came out."""
        return self.judged.inspection.verdict

    @property
    def engine(self) -> EngineMark:
        """What really ran."""
        return self.judged.inspection.engine


@dataclass(frozen=True, slots=True, eq=False)
class Judgement:
    """The last part as the capture thread knows it: does the live picture still show it?"""

    look: Pixels
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Preview:
    """A live picture, what is marked on it, and whether it shows the part last judged."""

    shot: Shot
    marks: tuple[Mark, ...]
    is_judged: bool
