"""Records as text in the database, and back: nothing enters the vocabulary unchecked.

``content`` is what a list shows; ``details`` (text lines and the alternatives of each character)
is 25 times as large and only read for one record at a time: 200 records whole take 110 ms to
check, without details 2 ms.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from string import Formatter
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict

from app.language import Message
from app.vocabulary import (
    Alternatives,
    Decision,
    EngineMark,
    GoldenPart,
    GoldenRun,
    Reading,
    Reason,
    RecipeMark,
    Record,
    TextLine,
    Verdict,
)

_LONGEST_SPEC = 4
"""``,.2f``; a longer one could ask for a text of any width."""


class _Form(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", ser_json_inf_nan="strings")


class _Message(_Form):
    template: str
    values: tuple[tuple[str, _Value], ...]


_Value = _Message | bool | int | float | str | None


class _Mark(_Form):
    engine: str
    device: str
    models: tuple[tuple[str, str], ...]
    note: _Message | None = None
    is_fallback: bool = False


class _Reason(_Form):
    code: str
    message: _Message
    field: str | None


class _Content(_Form):
    reading: Reading
    decision: Decision
    reasons: tuple[_Reason, ...]
    engine: _Mark
    timings_ms: dict[str, float]
    confirmed: frozenset[str]


class _Details(_Form):
    lines: tuple[TextLine, ...]
    alternatives: tuple[Alternatives, ...]
    """One entry a field, in the order of the fields."""


class _GoldenPart(_Form):
    file: str
    expected: Decision
    decision: Decision
    reasons: tuple[_Message, ...]


class _Golden(_Form):
    at: datetime
    parts: str
    recipe: RecipeMark
    engine: _Mark
    results: tuple[_GoldenPart, ...]


class Content(NamedTuple):
    """What a list shows of a record."""

    reading: Reading
    verdict: Verdict
    engine: EngineMark
    timings_ms: Mapping[str, float]
    confirmed: frozenset[str]


def content_of(record: Record) -> str:
    """Write everything but the details."""
    fields = tuple(replace(field, alternatives=()) for field in record.reading.fields)
    return _Content(
        reading=replace(record.reading, fields=fields, lines=()),
        decision=record.verdict.decision,
        reasons=tuple(
            _Reason(code=reason.code, message=_message_of(reason.message), field=reason.field)
            for reason in record.verdict.reasons
        ),
        engine=_mark_of(record.engine),
        timings_ms=dict(record.timings_ms),
        confirmed=record.confirmed,
    ).model_dump_json()


def details_of(reading: Reading) -> str:
    """Write the text lines and the alternatives."""
    alternatives = tuple(field.alternatives for field in reading.fields)
    return _Details(lines=reading.lines, alternatives=alternatives).model_dump_json()


def content(text: str) -> Content:
    """Read a content. Raises ValueError if it is not what was written."""
    read = _Content.model_validate_json(text)
    reasons = tuple(
        Reason(reason.code, _message(reason.message), reason.field) for reason in read.reasons
    )
    verdict = Verdict(read.decision, reasons)
    return Content(read.reading, verdict, _mark(read.engine), read.timings_ms, read.confirmed)


def detailed(record: Record, details: str) -> Record:
    """Put the details into a filled record. Raises ValueError if they do not belong to it."""
    read = _Details.model_validate_json(details)
    fields = tuple(
        replace(field, alternatives=alternatives)
        for field, alternatives in zip(record.reading.fields, read.alternatives, strict=True)
    )
    return replace(record, reading=replace(record.reading, fields=fields, lines=read.lines))


def golden_of(run: GoldenRun) -> str:
    """Write a golden run."""
    results = tuple(
        _GoldenPart(
            file=written(part.file),
            expected=part.expected,
            decision=part.decision,
            reasons=tuple(map(_message_of, part.reasons)),
        )
        for part in run.results
    )
    return _Golden(
        at=run.at, parts=run.parts, recipe=run.recipe, engine=_mark_of(run.engine), results=results
    ).model_dump_json()


def golden(content: str) -> GoldenRun:
    """Read a golden run. Raises ValueError if it is not what was written."""
    read = _Golden.model_validate_json(content)
    results = tuple(
        GoldenPart(part.file, part.expected, part.decision, tuple(map(_message, part.reasons)))
        for part in read.results
    )
    return GoldenRun(read.at, read.parts, read.recipe, _mark(read.engine), results)


def written(text: str) -> str:
    """Replace what no file can hold: the name of a file may have bytes that are no text."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def searched(text: str) -> str:
    """Write a text as it is searched: wide and narrow, large and small letters are the same."""
    return unicodedata.normalize("NFKC", text).casefold()


def _mark_of(mark: EngineMark) -> _Mark:
    note = _message_of(mark.note) if mark.note else None
    return _Mark(
        engine=mark.engine,
        device=mark.device,
        models=mark.models,
        note=note,
        is_fallback=mark.is_fallback,
    )


def _mark(read: _Mark) -> EngineMark:
    note = _message(read.note) if read.note else None
    return EngineMark(read.engine, read.device, read.models, note, read.is_fallback)


def _message_of(message: Message) -> _Message:
    values = tuple((name, _plain(value)) for name, value in message.values)
    return _Message(template=message.template, values=values)


def _plain(value: object) -> _Value:
    if isinstance(value, Message):
        return _message_of(value)
    if value is None or isinstance(value, bool | int | float):
        return value
    return written(str(value))


def _message(read: _Message) -> Message:
    values = tuple(
        (name, _message(value) if isinstance(value, _Message) else value)
        for name, value in read.values
    )
    found = Message(read.template, values)
    if values:
        _check(read.template, {name for name, _ in values})
    return found


def _check(template: str, known: set[str]) -> None:
    for _, name, spec, _ in Formatter().parse(template):
        if name is not None and (name not in known or len(spec or "") > _LONGEST_SPEC):
            raise ValueError("a sentence cannot be filled")
