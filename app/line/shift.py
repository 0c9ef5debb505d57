"""Counts of a shift: what a part adds, and what a word against its verdict moves."""

from __future__ import annotations

from collections import Counter, OrderedDict
from collections.abc import Mapping
from datetime import datetime

from app.line.chart import Chart
from app.line.drift import CameraWatch
from app.line.tally import Tally
from app.vocabulary import Decision, Inspection, Light, Record, Verdict

RECENT = 5000
"""Of so many parts it is known in which group of the chart they lie. A word against an older one
moves the counts; the chart shows its group no more."""


class Shift:
    """Counts parts. Of one thread at a time."""

    def __init__(self, since: datetime) -> None:
        self.since = since
        self._counts: Counter[Decision] = Counter()
        self._overruled = 0
        self._labels: Counter[str] = Counter()
        self._groups: OrderedDict[str, int] = OrderedDict()
        self._chart = Chart()
        self._camera = CameraWatch()

    def add(self, record_id: str, part: Inspection) -> None:
        """Count a part just judged."""
        self._add(record_id, part.verdict.decision, part.verdict, part.reading.light)

    def add_record(self, record: Record) -> None:
        """Count a part again that was kept before."""
        self._add(record.id, record.decision, record.verdict, record.reading.light)
        self._overruled += record.overruled is not None

    def move(self, before: Record, after: Record) -> None:
        """Follow a word against a verdict, or its being taken back."""
        if before.saved_at < self.since:
            return
        self._overruled += (after.overruled is not None) - (before.overruled is not None)
        self._count(before.decision, before.verdict, -1)
        self._count(after.decision, after.verdict, 1)
        if (group := self._groups.get(before.id)) is not None:
            self._chart.move(
                group, (after.decision is Decision.NG) - (before.decision is Decision.NG)
            )

    def tally(self) -> Tally:
        """Return the numbers as they stand."""
        counts: Mapping[Decision, int] = self._counts
        return Tally(
            self.since,
            parts=sum(counts.values()),
            ok=counts[Decision.OK],
            ng=counts[Decision.NG],
            review=counts[Decision.REVIEW],
            overruled=self._overruled,
            groups=self._chart.groups(),
            centre=self._chart.centre,
            pareto=tuple(sorted((+self._labels).items(), key=lambda each: (-each[1], each[0]))),
            drifts=self._camera.drifts(self._chart.signal()),
        )

    def _add(
        self, record_id: str, decision: Decision, verdict: Verdict, light: Light | None
    ) -> None:
        self._camera.add(light)
        group = self._chart.add(is_ng=decision is Decision.NG, is_steady=self._camera.is_steady)
        self._groups[record_id] = group
        if len(self._groups) > RECENT:
            self._groups.popitem(last=False)
        self._count(decision, verdict, 1)

    def _count(self, decision: Decision, verdict: Verdict, parts: int) -> None:
        self._counts[decision] += parts
        if decision is Decision.NG:
            for label in labels_of(verdict):
                self._labels[label] += parts


def labels_of(verdict: Verdict) -> frozenset[str]:
    """Return the kinds of defects that make a verdict NG."""
    return frozenset(
        reason.field for reason in verdict.reasons if reason.code == "defect" and reason.field
    )
