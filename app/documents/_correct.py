"""Checksum-guided decoding: the recogniser's own alternatives, picked by a check digit.

The reasoning. A check digit is one equation. ISO 7064 MOD 11-2 and the others used here notice
every single wrong digit, and let one in ten or more of everything else pass. So

* a value that holds is proven while at most one of its characters is in doubt: if that one were
  wrong alone the check would fail, and two wrong at once need a second one that looked certain;
* a value that was *picked* by the check has used the equation up. It is only ``read``, however
  probable, unless another reading on the document gives every changed character (``evidence``):
  then the equation is free again to notice an error elsewhere;
* where two plausible values hold, the check says nothing: a read value stays ``read``, its score
  no higher than its share among them, and a value that fails is a ``conflict``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from app.vocabulary import Field, Proof

FIRM = 0.995
"""A character read with less is in doubt. Measured on bad pictures: of those above one in 7,000 was
wrong, of those between 0.99 and this one in 60."""
PLAUSIBLE = 0.01
"""A value is considered while it is at least this probable, compared with what was read."""
MOST_VALUES = 4096
"""A reading with more plausible values than this is no reading."""

Evidence = Mapping[int, str]
"""Position → the characters that another reading on the document allows there."""

NO_EVIDENCE: Evidence = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class _Choice:
    text: str
    odds: float
    """Its probability divided by that of the character which was read."""
    score: float


_Value = tuple[_Choice, ...]


def correct(
    field: Field, holds: Callable[[str], bool], *, evidence: Evidence = NO_EVIDENCE
) -> Field:
    """Prove the field's value, or put the one alternative that holds in its place.

    A value typed by a hand carries no alternatives; it is checked and never changed.
    """
    read = as_read(field)
    values = _plausible([_choices(read, position, evidence) for position in range(len(read.value))])
    if values is None:
        return replace(read, proof=Proof.READ if holds(read.value) else Proof.CONFLICT)
    holding = [(odds, value) for odds, value in values if holds(_text(value))]
    if holds(read.value):
        is_proven = len(holding) == 1 and _doubts(holding[0][1], evidence) <= 1
        share = 1 / sum(odds for odds, _ in holding)
        proof = Proof.PROVEN if is_proven else Proof.READ
        return replace(read, proof=proof, score=min(read.score, share))
    if len(holding) != 1:
        return replace(read, proof=Proof.CONFLICT)
    return _corrected(read, holding[0][1], evidence)


def as_read(field: Field) -> Field:
    """Take back what an earlier call put in; a value typed by a hand stays."""
    if field.corrected_from is None or not field.alternatives:
        return field
    return replace(field, value=field.corrected_from, corrected_from=None)


def _corrected(read: Field, value: _Value, evidence: Evidence) -> Field:
    is_covered = all(
        evidence.get(position) == choice.text
        for position, choice in enumerate(value)
        if choice.text != read.value[position]
    )
    return replace(
        read,
        value=_text(value),
        proof=Proof.PROVEN if is_covered and _doubts(value, evidence) <= 1 else Proof.READ,
        score=min(choice.score for choice in value),
        corrected_from=read.value,
    )


def _text(value: _Value) -> str:
    return "".join(choice.text for choice in value)


def _doubts(value: _Value, evidence: Evidence) -> int:
    """Count the characters in doubt that nothing but the recogniser speaks for."""
    return sum(
        choice.score < FIRM and evidence.get(position) != choice.text
        for position, choice in enumerate(value)
    )


def _choices(read: Field, position: int, evidence: Evidence) -> tuple[_Choice, ...]:
    """List what may stand at one position, first what was read.

    A character that the evidence gives is as good as the one read, however faint its alternative.
    """
    character = read.value[position]
    if len(read.alternatives) != len(read.value):
        return (_Choice(character, 1.0, read.score),)
    listed = {a.text: a.score for a in read.alternatives[position] if len(a.text) == 1}
    # A value may have been normalised since (ｘ → X): then the best alternative speaks for it.
    own = listed.pop(character, read.alternatives[position][0].score)
    allowed = evidence.get(position)
    others = (
        _Choice(text, 1.0 if text == allowed else min(1.0, score / max(own, 1e-6)), score)
        for text, score in listed.items()
        if allowed is None or text in allowed
    )
    kept = sorted((c for c in others if c.odds >= PLAUSIBLE), key=lambda c: -c.odds)
    return (_Choice(character, 1.0, own), *kept)


def _plausible(choices: Sequence[tuple[_Choice, ...]]) -> list[tuple[float, _Value]] | None:
    """List every value that is probable enough, with its odds; None where there are too many."""
    read = tuple(options[0] for options in choices)
    found: list[tuple[float, _Value]] = [(1.0, read)]
    for position, options in enumerate(choices):
        found += [
            (odds * option.odds, (*value[:position], option, *value[position + 1 :]))
            for option in options[1:]
            for odds, value in found
            if odds * option.odds >= PLAUSIBLE
        ]
        if len(found) > MOST_VALUES:
            return None
    return found
