"""Outcomes added up: a table for people and a list of failures for those who mend them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from app.toolchain.accuracy import FieldOutcome, Outcome
from app.vocabulary import Decision

_HEAD = (
    "document",
    "mode",
    "pictures",
    "kind right",
    "fields",
    "field-exact",
    "silent errors",
    "wrong in OK",
    "MRZ lines exact",
    "REVIEW",
    "strays",
)


@dataclass(frozen=True, slots=True)
class Tally:
    """The sums over some outcomes."""

    outcomes: Sequence[Outcome]

    @property
    def fields(self) -> int:
        """How many fields were compared, those claimed in vain included."""
        return sum(len(outcome.fields) for outcome in self.outcomes)

    @property
    def right(self) -> int:
        """How many were read exactly."""
        return self._count(lambda field: field.is_right)

    @property
    def silent_errors(self) -> int:
        """How many are wrong and called proven or confirmed."""
        return self._count(lambda field: field.is_silent_error)

    @property
    def wrong_in_ok(self) -> int:
        """How many are wrong inside a document with verdict OK."""
        passed = Tally([each for each in self.outcomes if each.verdict is Decision.OK])
        return passed.fields - passed.right

    @property
    def kinds_right(self) -> int:
        """How many documents were recognised."""
        return sum(outcome.found_kind == outcome.case.kind for outcome in self.outcomes)

    @property
    def reviews(self) -> int:
        """How many documents a hand must look at."""
        return sum(outcome.verdict is not Decision.OK for outcome in self.outcomes)

    @property
    def strays(self) -> int:
        """How many documents were claimed that are not there."""
        return sum(outcome.strays for outcome in self.outcomes)

    def mrz_lines(self) -> tuple[int, int]:
        """Return how many lines of machine-readable zones were exact, and how many there are."""
        lines = [f for o in self.outcomes for f in o.fields if f.name.startswith("mrz_line")]
        return sum(field.is_right for field in lines), len(lines)

    def _count(self, is_meant: Callable[[FieldOutcome], bool]) -> int:
        return sum(is_meant(field) for each in self.outcomes for field in each.fields)


def table(outcomes: Sequence[Outcome]) -> str:
    """Return a Markdown table by document and mode, with totals."""
    kinds = list(dict.fromkeys(outcome.case.kind for outcome in outcomes))
    modes = list(dict.fromkeys(outcome.case.mode for outcome in outcomes))
    rows = [_row(kind, mode, _of(outcomes, (kind,), (mode,))) for kind in kinds for mode in modes]
    rows += [_row("**all**", mode, _of(outcomes, kinds, (mode,))) for mode in modes]
    if "scan" in modes and "camera" in modes:
        rows.append(_row("**all**", "scan, camera", _of(outcomes, kinds, ("scan", "camera"))))
    rows.append(_row("**all**", "**all**", Tally(outcomes)))
    return "\n".join(_lines(_HEAD, rows))


def worst_fields(outcomes: Sequence[Outcome], shown: int = 15) -> str:
    """Return a Markdown table of the fields that are wrong most often."""
    total: Counter[tuple[str, str]] = Counter()
    wrong: Counter[tuple[str, str]] = Counter()
    for outcome in outcomes:
        for field in outcome.fields:
            key = (outcome.case.kind, field.name)
            total[key] += 1
            wrong[key] += not field.is_right
    rows = [
        (
            kind,
            name,
            str(bad),
            str(total[kind, name]),
            _share(total[kind, name] - bad, total[kind, name]),
        )
        for (kind, name), bad in wrong.most_common(shown)
        if bad
    ]
    return "\n".join(_lines(("document", "field", "wrong", "of", "field-exact"), rows))


def failures(outcomes: Sequence[Outcome]) -> list[dict[str, object]]:
    """List every wrong field, those that nobody would notice first."""
    wrong = [
        (outcome, field) for outcome in outcomes for field in outcome.fields if not field.is_right
    ]
    wrong.sort(key=lambda pair: (not pair[1].is_silent_error, pair[0].verdict is not Decision.OK))
    return [_failure(outcome, field) for outcome, field in wrong]


def _failure(outcome: Outcome, field: FieldOutcome) -> dict[str, object]:
    return {
        "document": outcome.case.kind,
        "variant": outcome.variant,
        "mode": outcome.case.mode,
        "seed": outcome.case.seed,
        "found": outcome.found_kind,
        "verdict": outcome.verdict.value,
        "reasons": list(outcome.reasons),
        "field": field.name,
        "truth": field.truth,
        "value": field.value,
        "proof": field.proof.value,
        "corrected_from": field.corrected_from,
        "silent": field.is_silent_error,
    }


def _of(outcomes: Sequence[Outcome], kinds: Sequence[str], modes: Sequence[str]) -> Tally:
    return Tally([o for o in outcomes if o.case.kind in kinds and o.case.mode in modes])


def _row(kind: str, mode: str, tally: Tally) -> tuple[str, ...]:
    pictures = len(tally.outcomes)
    lines_right, lines = tally.mrz_lines()
    return (
        kind,
        mode,
        str(pictures),
        _share(tally.kinds_right, pictures),
        str(tally.fields),
        _share(tally.right, tally.fields),
        str(tally.silent_errors),
        str(tally.wrong_in_ok),
        _share(lines_right, lines),
        _share(tally.reviews, pictures),
        str(tally.strays),
    )


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.2f} %" if whole else "–"


def _lines(head: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield f"|{'---|' * len(head)}"
    for row in rows:
        yield f"| {' | '.join(row)} |"
