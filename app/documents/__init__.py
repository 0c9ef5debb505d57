"""What stands where on which document, and how each value is proven; no numpy, no I/O.

Every other file here is one kind of document; it offers ``KIND``, a DocumentKind.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from app import kinds
from app.language import Message
from app.vocabulary import Box, Field, TextLine


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
    """The lines that belong to this document."""


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


def names() -> tuple[str, ...]:
    """List the kinds of documents."""
    return kinds.names("app.documents")


def load(name: str) -> DocumentKind:
    """Return one kind; raises KindError naming the nearest one."""
    kind: DocumentKind = kinds.load("app.documents", name).KIND
    return kind


def masked(value: str) -> str:
    """Hide the inner part of a personal value: ``110105199606156135`` → ``1101**********6135``."""
    shown = min(4, len(value) // 4)
    hidden = len(value) - 2 * shown
    return value[:shown] + "*" * hidden + value[len(value) - shown :]
