"""A reading becomes a verdict: OK, or REVIEW with reasons in words; pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from app import documents
from app.documents import FieldRule
from app.language import Message, message
from app.vocabulary import Decision, Field, Flaw, Proof, Reading, Reason, Verdict

CONFIDENT = 0.95
"""A field that is only read, with a less probable character in it, needs a look."""

EXPIRY_FIELDS = frozenset({"valid_until", "expiry_date"})

_FLAWS = {
    Flaw.BLURRED: message("The picture is blurred."),
    Flaw.GLARE: message("Glare covers part of the document."),
    Flaw.CUT_OFF: message("The document is cut off."),
    Flaw.PHOTOCOPY: message("This looks like a photocopy, not the document itself."),
}


def judge_document(reading: Reading, today: dt.date) -> Verdict:
    """Say OK only where nothing is left to doubt; every doubt is one reason."""
    if not reading.document:
        unrecognised = message("No known document was recognised.")
        return Verdict(Decision.REVIEW, (Reason("unrecognised", unrecognised), *_flaws(reading)))
    rules = documents.load(reading.document).fields
    doubts = [reason for rule in rules for reason in _doubts(rule, reading, today)]
    reasons = (*_flaws(reading), *doubts)
    return Verdict(Decision.REVIEW if reasons else Decision.OK, reasons)


def _flaws(reading: Reading) -> Iterator[Reason]:
    for flaw, sentence in _FLAWS.items():
        if flaw in reading.flaws:
            yield Reason(flaw.value.replace(" ", "-"), sentence)


def _doubts(rule: FieldRule, reading: Reading, today: dt.date) -> Iterator[Reason]:
    """Give the reasons of one field.

    A field that this variant of the document does not have is absent from the reading, and its
    rule does not require it; one that should stand there and was not found is present, missing.
    """
    field = next((f for f in reading.fields if f.name == rule.name), None)
    if field is None or field.proof is Proof.MISSING:
        if field is not None or rule.is_required:
            yield _reason("missing", message("{field} is missing.", field=rule.title), rule)
        return
    if field.proof is Proof.CONFLICT:
        yield _reason("conflict", message("{field} contradicts itself.", field=rule.title), rule)
    elif field.proof is Proof.READ:
        yield from _doubts_of_read(rule, field)
    if rule.name in EXPIRY_FIELDS and _is_past(field.value, today):
        sentence = message("The document expired on {date}.", date=field.value)
        yield _reason("expired", sentence, rule)


def _doubts_of_read(rule: FieldRule, field: Field) -> Iterator[Reason]:
    if field.corrected_from is not None and field.alternatives:
        # Picked by a checksum that nothing else on the document supports. A value typed by a hand
        # carries no alternatives and is the clerk's own word.
        sentence = message("{field} was corrected by its check digit.", field=rule.title)
        yield _reason("corrected", sentence, rule)
    elif field.score < CONFIDENT:
        sentence = message("{field} is not certain.", field=rule.title)
        yield _reason("low-confidence", sentence, rule)


def _reason(code: str, sentence: Message, rule: FieldRule) -> Reason:
    return Reason(code, sentence, rule.name)


def _is_past(value: str, today: dt.date) -> bool:
    try:
        return dt.date.fromisoformat(value) < today
    except ValueError:
        return False  # long-term, or a date that is not known
