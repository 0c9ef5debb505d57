"""One inspection as lines for people, aligned also where Chinese takes two columns."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from app import documents
from app.inspector import was_read
from app.language import Catalogue, Message, message
from app.vocabulary import Decision, Field, Inspection, Proof

PROOFS = {
    Proof.PROVEN: ("✔", message("Proven")),
    Proof.CONFIRMED: ("≈", message("Confirmed")),
    Proof.READ: ("◌", message("Only read")),
    Proof.CONFLICT: ("✘", message("Conflict")),
    Proof.MISSING: ("–", message("Missing")),
}
DECISIONS = {
    Decision.OK: message("OK"),
    Decision.NG: message("NG"),
    Decision.REVIEW: message("REVIEW"),
}
UNRECOGNISED = message("No known document")
UNREAD = message("Not read")


def text_lines(inspection: Inspection, words: Catalogue) -> Iterator[str]:
    """Yield a headline, a line a field and a line a reason."""
    frame, reading = inspection.frame, inspection.reading
    decision = DECISIONS[inspection.verdict.decision].text(words)
    document = document_title(reading.document) if was_read(inspection) else UNREAD
    yield f"{plain(frame.source)}:{frame.page}  {document.text(words)}  {decision}"
    titles = [field_title(reading.document, field.name).text(words) for field in reading.fields]
    title_columns = max(map(columns, titles), default=0)
    values = [[plain(line) for line in field.value.split("\n")] for field in reading.fields]
    value_columns = max((columns(line) for lines in values for line in lines), default=0)
    for title, field, (first, *more) in zip(titles, reading.fields, values, strict=True):
        value = padded(first, value_columns)
        yield f"    {padded(title, title_columns)}  {value}  {_proof(field, words)}"
        yield from (f"    {' ' * title_columns}  {line}" for line in more)
    for reason in inspection.verdict.reasons:
        yield f"  ! {plain(reason.message.text(words))}"


def document_title(name: str) -> Message:
    """Return how a kind of document is called."""
    return documents.load(name).title if name else UNRECOGNISED


def field_title(document: str, name: str) -> Message:
    """Return how a field is called; one that its kind does not declare goes by its name."""
    rules = documents.load(document).fields if document else ()
    return next((rule.title for rule in rules if rule.name == name), Message(name))


def plain(text: str) -> str:
    """Return text that can neither break the line nor steer the terminal."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


def columns(text: str) -> int:
    """Return how many columns of a terminal the text takes."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def padded(text: str, width: int) -> str:
    """Return the text with spaces up to ``width`` columns."""
    return text + " " * (width - columns(text))


def _proof(field: Field, words: Catalogue) -> str:
    mark, name = PROOFS[field.proof]
    if field.proof is Proof.MISSING:
        return f"{mark} {name.text(words)}"
    corrected = ""
    if field.corrected_from is not None:
        corrected = message(", corrected from {read}", read=plain(field.corrected_from)).text(words)
    return f"{mark} {name.text(words)} {field.score:.2f}{corrected}"
