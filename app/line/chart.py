"""The p-chart of a shift: shares of NG parts in groups, and the limits that chance keeps to.

Limits p̄ ± 3·√(p̄(1 − p̄)/n) and the twenty groups they are made from: ISO 7870-2:2013, charts for
the proportion nonconforming; Montgomery, Introduction to Statistical Quality Control, 7.2.
"""

from __future__ import annotations

import itertools
import math
from collections import deque
from dataclasses import dataclass

from app.line.tally import Group

PARTS_A_GROUP = 50
FIRST_GROUPS = 20
"""The limits are made from so many complete groups."""
KEPT_GROUPS = 120
SHOWN_GROUPS = 40
RUN = 9
"""So many groups in a row above the centre are no chance: Nelson's second rule."""


@dataclass(slots=True, eq=False)
class _Group:
    number: int
    parts: int = 0
    ng: int = 0
    is_steady: bool = True
    """Whether the camera saw all of it as at the start."""

    @property
    def is_complete(self) -> bool:
        return self.parts >= PARTS_A_GROUP


class Chart:
    """Groups of parts in a row. Those that a drifting camera saw say nothing of the process."""

    def __init__(self) -> None:
        self._groups: deque[_Group] = deque(maxlen=KEPT_GROUPS)
        self._first: list[_Group] = []

    def add(self, *, is_ng: bool, is_steady: bool) -> int:
        """Count a part; return the number of its group."""
        if not self._groups or self._groups[-1].is_complete:
            number = self._groups[-1].number + 1 if self._groups else 1
            self._groups.append(_Group(number))
        group = self._groups[-1]
        group.parts += 1
        group.ng += is_ng
        group.is_steady &= is_steady
        if group.is_complete and group.is_steady and len(self._first) < FIRST_GROUPS:
            self._first.append(group)
        return group.number

    def move(self, number: int, ng: int) -> None:
        """Let a group have more or fewer NG parts; one that is no longer kept stays as it was."""
        for group in self._groups:
            if group.number == number:
                group.ng += ng

    @property
    def centre(self) -> float | None:
        """Mean share of NG parts of the first groups; None until there are enough."""
        if len(self._first) < FIRST_GROUPS:
            return None
        return sum(group.ng for group in self._first) / sum(group.parts for group in self._first)

    def groups(self) -> tuple[Group, ...]:
        """Return the last groups, oldest first; only complete ones have limits."""
        lower, upper = self._limits()
        shown = itertools.islice(self._groups, max(0, len(self._groups) - SHOWN_GROUPS), None)
        return tuple(
            Group(each.number, each.parts, each.ng, upper, lower)
            if each.is_complete
            else Group(each.number, each.parts, each.ng)
            for each in shown
        )

    def signal(self) -> int:
        """Say what the last complete groups tell of the process: 1 worse, -1 better, 0 chance."""
        lower, upper = self._limits()
        centre = self.centre
        complete = [group for group in self._groups if group.is_complete]
        if upper is None or lower is None or centre is None or not complete[-1].is_steady:
            return 0
        share = complete[-1].ng / complete[-1].parts
        last = complete[-RUN:]
        is_run = len(last) == RUN and all(
            group.is_steady and group.ng > centre * group.parts for group in last
        )
        if share > upper or is_run:
            return 1
        return -1 if share < lower else 0

    def _limits(self) -> tuple[float | None, float | None]:
        centre = self.centre
        if centre is None:
            return None, None
        reach = 3 * math.sqrt(centre * (1 - centre) / PARTS_A_GROUP)
        return max(0.0, centre - reach), min(1.0, centre + reach)
