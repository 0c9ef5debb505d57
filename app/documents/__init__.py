"""What stands where on which document, and how each value is proven; no numpy, no I/O.

Every other file here is one kind of document; it offers ``KIND``, a DocumentKind.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache

from app import kinds
from app.language import Message
from app.vocabulary import Box, Field, TextLine

LIKELY = 0.5
"""Certainty from which a document is believed to be of a kind that nobody named."""
SHARED = 0.3
"""Two interpretations with more than this share of lines in common are rivals for one document."""


@dataclass(frozen=True, slots=True)
class PlacedLine:
    """A line of text and where it stands on the page once the page lies upright."""

    line: TextLine
    box: Box
    """In pixels of the upright page; ``line.quad`` stays in pixels of the frame."""


@dataclass(frozen=True, slots=True)
class FieldRule:
    """One field that a kind of document has."""

    name: str
    title: Message
    is_required: bool = True
    is_personal: bool = False
    """Masked on screen once the record is saved."""


@dataclass(frozen=True, slots=True)
class Interpretation:
    """One document found among the lines of a page, its fields not yet proven."""

    kind: str
    score: float
    """How sure the kind is, 0–1."""
    fields: tuple[Field, ...]
    lines: tuple[PlacedLine, ...]
    """The lines that belong to this document, read or not."""


@dataclass(frozen=True, slots=True)
class DocumentKind:
    """One kind of document: its fields, how to find them and how to prove them."""

    name: str
    title: Message
    fields: tuple[FieldRule, ...]
    find: Callable[[Sequence[PlacedLine]], tuple[Interpretation, ...]]
    """All documents of this kind among the lines; none is a valid answer."""
    prove: Callable[[tuple[Field, ...]], tuple[Field, ...]]
    """Set the proof of every field from all of them; also after a hand changed one."""


@cache
def names() -> tuple[str, ...]:
    """List the kinds of documents."""
    return kinds.names("app.documents")


@cache
def load(name: str) -> DocumentKind:
    """Return one kind; raises KindError naming the nearest one."""
    kind: DocumentKind = kinds.load("app.documents", name).KIND
    return kind


def interpret(lines: Sequence[PlacedLine], kind: str | None = None) -> tuple[Interpretation, ...]:
    """Return every document among the lines of a page, its fields proven; the surest first.

    Where ``kind`` is fixed, one document of it is looked for however faint it is. Raises KindError
    for an unknown kind.
    """
    from app.documents._page import Page  # it needs PlacedLine from here

    page = Page(lines)
    wanted = names() if kind is None else (kind,)
    found = [each for name in wanted for each in load(name).find(page)]
    ranked = sorted(found, key=lambda each: -each.score)
    chosen: list[Interpretation] = []
    for each in ranked:
        is_likely = each.score >= LIKELY or (kind is not None and not chosen)
        if is_likely and not any(_share_lines(each, other) for other in chosen):
            chosen.append(each)
    alone = [_alone(each, chosen, lines) for each in chosen] if len(chosen) > 1 else chosen
    return tuple(replace(each, fields=load(each.kind).prove(each.fields)) for each in alone)


def _share_lines(one: Interpretation, other: Interpretation) -> bool:
    mine, theirs = ({id(line) for line in each.lines} for each in (one, other))
    return len(mine & theirs) > SHARED * min(len(mine), len(theirs))


def _alone(
    each: Interpretation, chosen: Sequence[Interpretation], lines: Sequence[PlacedLine]
) -> Interpretation:
    """Interpret a document again without the lines of its neighbours."""
    foreign = {id(line) for other in chosen if other is not each for line in other.lines}
    foreign -= {id(line) for line in each.lines}
    own = [line for line in lines if id(line) not in foreign]
    again = [other for other in load(each.kind).find(own) if _share_lines(each, other)]
    return max(again, key=lambda other: other.score, default=each)


def masked(value: str) -> str:
    """Hide the inner part of a personal value: ``110105199606156135`` → ``1101**********6135``."""
    shown = min(4, len(value) // 4)
    hidden = len(value) - 2 * shown
    return value[:shown] + "*" * hidden + value[len(value) - shown :]
