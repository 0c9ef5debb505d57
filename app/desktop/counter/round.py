"""One document in the clerk's hands, from what was read to what is confirmed; frozen, no Qt."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from app import documents
from app.desktop.counter import doubt
from app.documents import DocumentKind, FieldRule
from app.judgement import CONFIDENT, judge_document
from app.vocabulary import Field, Inspection, Proof, Reading, Verdict

BELIEVED = frozenset({Proof.PROVEN, Proof.CONFIRMED})


@dataclass(frozen=True, slots=True, eq=False)
class Round:
    """The fields as they stand now, which of them a hand confirmed, and the one in hand."""

    inspection: Inspection
    kind: DocumentKind | None
    machine: tuple[Field, ...]
    """The fields as the machine gave them, in the order of the form."""
    fields: tuple[Field, ...]
    verdict: Verdict
    confirmed: frozenset[str] = frozenset()
    hand: str | None = None

    @property
    def is_recognised(self) -> bool:
        """Whether there is a form to fill."""
        return self.kind is not None

    @property
    def is_done(self) -> bool:
        """Whether nothing is left that needs a hand."""
        return not self.open_fields

    @property
    def open_fields(self) -> tuple[str, ...]:
        """Names of the fields that need a hand, in the order of the form."""
        return tuple(field.name for field in self.fields if self._needs_hand(field))

    def field(self, name: str) -> Field:
        """Return one field as it stands now."""
        return next(field for field in self.fields if field.name == name)

    def rule(self, name: str) -> FieldRule:
        """Return what the kind says about one field."""
        rules = self.kind.fields if self.kind else ()
        return next(rule for rule in rules if rule.name == name)

    def was_read(self, name: str) -> str:
        """Return what the machine had in the place of a field."""
        return next(field.value for field in self.machine if field.name == name)

    def is_changed(self, name: str) -> bool:
        """Say whether a hand put another value in place."""
        return self.field(name).value != self.was_read(name)

    def is_believed(self, field: Field) -> bool:
        """Say whether a proof or a hand stands for a value, so that no character is in doubt."""
        return field.name in self.confirmed or field.proof in BELIEVED

    def take(self, name: str | None) -> Round:
        """Take a field in hand."""
        return replace(self, hand=name)

    def typed(self, value: str, today: dt.date) -> Round:
        """Put a typed value into the field in hand."""
        if self.hand is None or self.field(self.hand).value == value:
            return self
        return self._with(doubt.typed(self.field(self.hand), value), today)

    def picked(self, position: int, text: str, today: dt.date) -> Round:
        """Take one reading of a doubtful character of the field in hand."""
        if self.hand is None:
            return self
        return self._with(doubt.picked(self.field(self.hand), position, text), today)

    def restored(self, today: dt.date) -> Round:
        """Take the field in hand back to what the machine read."""
        if self.hand is None:
            return self
        machine = next(field for field in self.machine if field.name == self.hand)
        open_again = replace(self, confirmed=self.confirmed - {self.hand})
        return open_again._with(machine, today)

    def confirm(self, today: dt.date) -> Round:
        """Confirm the field in hand and take the next one that needs a hand."""
        if self.hand is None:
            return self
        done = replace(self, confirmed=self.confirmed | {self.hand})
        done = replace(done, verdict=judge_document(done._as_judged(), today))
        return done.take(done._next_after(self.hand))

    def result(self) -> Inspection:
        """Return the inspection as it is to be remembered."""
        reading = replace(self.inspection.reading, fields=self.fields)
        return replace(self.inspection, reading=reading, verdict=self.verdict)

    def _next_after(self, name: str) -> str | None:
        names = [field.name for field in self.fields]
        place = names.index(name)
        still_open = set(self.open_fields)
        order = names[place + 1 :] + names[:place]
        return next((other for other in order if other in still_open), None)

    def _needs_hand(self, field: Field) -> bool:
        if field.name in self.confirmed:
            return False
        if any(reason.field == field.name for reason in self.verdict.reasons):
            return True
        if field.proof is Proof.MISSING:
            return self.rule(field.name).is_required
        if field.proof in BELIEVED:
            return False
        is_doubtful = field.score < CONFIDENT or bool(doubt.doubtful_positions(field))
        return field.proof is Proof.CONFLICT or is_doubtful

    def _with(self, changed: Field, today: dt.date) -> Round:
        fields = tuple(changed if f.name == changed.name else f for f in self.fields)
        proven = self._proven(fields)
        round_ = replace(self, fields=proven)
        return replace(round_, verdict=judge_document(round_._as_judged(), today))

    def _proven(self, fields: tuple[Field, ...]) -> tuple[Field, ...]:
        """Prove the fields anew; what a hand put in place stays as the hand put it."""
        if self.kind is None:
            return fields
        by_hand = {f.name: f for f in fields if f.value != self.was_read(f.name)}
        given = tuple(self._as_typed(f) if f.name in by_hand else f for f in fields)
        return tuple(
            self._as_kept(by_hand[f.name], f.proof) if f.name in by_hand else f
            for f in self.kind.prove(given)
        )

    def _as_typed(self, field: Field) -> Field:
        """A hand's value carries no alternatives, so no checksum may pick another one."""
        proof = Proof.READ if field.value else Proof.MISSING
        return replace(field, alternatives=(), score=1.0, proof=proof)

    def _as_kept(self, field: Field, proof: Proof) -> Field:
        machine = self.was_read(field.name)
        return replace(field, proof=proof, corrected_from=machine, score=1.0)

    def _as_judged(self) -> Reading:
        """What a hand confirmed is judged as certain; the record keeps the machine's scores."""
        fields = tuple(
            replace(f, score=1.0, alternatives=()) if f.name in self.confirmed else f
            for f in self.fields
        )
        return replace(self.inspection.reading, fields=fields)


def begin(inspection: Inspection) -> Round:
    """Begin with the first field that needs a hand."""
    reading = inspection.reading
    if not reading.document:
        return Round(inspection, None, (), (), inspection.verdict)
    kind = documents.load(reading.document)
    fields = _in_order(kind, reading)
    round_ = Round(inspection, kind, fields, fields, inspection.verdict)
    return round_.take(next(iter(round_.open_fields), None))


def again(inspection: Inspection, confirmed: frozenset[str]) -> Round:
    """Begin once more with a document that was already kept; nothing counts as confirmed yet."""
    first = begin(inspection)
    machine = tuple(
        replace(f, value=f.corrected_from, corrected_from=None)
        if f.name in confirmed and f.corrected_from is not None
        else f
        for f in first.fields
    )
    opened = next((f.name for f in first.fields if f.name in confirmed), first.hand)
    return replace(first, machine=machine, hand=opened)


def _in_order(kind: DocumentKind, reading: Reading) -> tuple[Field, ...]:
    present = {field.name for field in reading.fields}
    return tuple(
        reading.field(rule.name) for rule in kind.fields if rule.name in present or rule.is_required
    )
