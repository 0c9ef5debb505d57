"""What a form declares, and how its documents are found on a page."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto

from app.documents import Interpretation, PlacedLine
from app.documents._groups import grouped, in_reading_order, shared_out
from app.documents._labels import Anchor, Label, apart, generous, nearest, search
from app.documents._page import Page, page_of
from app.documents._sheet import WORD_GAP, Piece, Sheet
from app.documents._span import Span, joined
from app.documents._values import Read
from app.vocabulary import Field, Proof

NAME_GAP = 1.6
"""A wider gap than this many line heights does not stand inside a person's name."""
COLUMN = 2.0
"""Labels that begin within this many line heights of each other stand in one column."""
FAINTEST = 0.25
"""Fewer labels than this share of their weight are no document, whatever was asked for."""


class Where(Enum):
    """Where a value stands, seen from its label."""

    RIGHT = auto()
    BELOW = auto()


@dataclass(frozen=True, slots=True)
class Place:
    """One field on a form: its label, where the value stands, how it is normalised.

    Places that share a label share what stands there, such as both ends of a period.
    """

    field: str
    label: Label
    read: Read
    where: tuple[Where, ...] = (Where.RIGHT,)
    glosses: tuple[str, ...] = ()
    """The label in other languages, printed beside or below it."""
    rows: int = 1
    """Lines that the value may run over."""
    gap: float = WORD_GAP
    """A wider gap than this many line heights ends the value."""
    is_required: bool = True
    sought: Read | None = None
    """Reads what can only be this value, wherever it stands, where its label gives nothing."""

    @property
    def gloss(self) -> Label:
        """The translated label."""
        return Label(f"{self.label.key} gloss", self.glosses, weight=0, is_gloss=True)


@dataclass(frozen=True, slots=True)
class Form:
    """A form with one label a field."""

    kind: str
    places: tuple[Place, ...]
    marks: tuple[Label, ...] = ()
    """Labels that only say what the form is, or where a neighbouring value ends."""
    ignored: tuple[Place, ...] = ()
    """Values that nobody asks for, but that must not become part of another."""
    orders: tuple[tuple[str, ...], ...] = ()
    """Keys of labels in reading order, as far as every edition of the form keeps to it."""
    has_column: bool = False
    """Whether the labels stand in one column: then a short word in it is a label, however read."""
    assign: Callable[[Page, Sequence[Anchor]], Sequence[Anchor]] = lambda _page, anchors: anchors
    """Gives labels that stand on the form more than once a key each, by where they stand."""

    @property
    def labels(self) -> tuple[Label, ...]:
        """All labels of the form."""
        places = (*self.places, *self.ignored)
        own = [place.label for place in places] + [p.gloss for p in places if p.glosses]
        return tuple({label.key: label for label in (*self.marks, *own)}.values())

    def may_join(self, one: Anchor, other: Anchor) -> bool:
        """Tell whether two labels stand to each other as they do on this form."""
        first, second = one.label.key, other.label.key
        if one.label.is_title != other.label.is_title:
            title, body = (one, other) if one.label.is_title else (other, one)
            return title.y < body.y + body.height
        for order in self.orders:
            if first in order and second in order and first != second:
                is_first = order.index(first) < order.index(second)
                fits = in_reading_order(one, other) if is_first else in_reading_order(other, one)
                if not fits:
                    return False
        return True

    def following(self, label: Label, anchors: Sequence[Anchor]) -> Anchor | None:
        """Return the label that comes next on this form, as far as it was found."""
        found = {anchor.label.key: anchor for anchor in anchors}
        for order in self.orders:
            if label.key in order:
                after = order[order.index(label.key) + 1 :]
                return next((found[key] for key in after if key in found), None)
        return None

    def certainty(self, anchors: Sequence[Anchor]) -> float:
        """Return the share of the form's labels that was found, by weight and legibility."""
        best: dict[str, float] = {}
        for anchor in anchors:
            worth = anchor.label.weight * (1 - anchor.cost / anchor.length)
            best[anchor.label.key] = max(worth, best.get(anchor.label.key, 0.0))
        return sum(best.values()) / sum(label.weight for label in self.labels)


def find(form: Form, lines: Sequence[PlacedLine]) -> tuple[Interpretation, ...]:
    """Find every document of this form among the lines of a page."""
    found = []
    for certainty, sheet in sheets(form, lines):
        fields = values(form, sheet)
        found.append(Interpretation(form.kind, certainty, fields, sheet.lines()))
    return tuple(found)


def sheets(form: Form, lines: Sequence[PlacedLine]) -> Iterator[tuple[float, Sheet]]:
    """Yield every document of this form on a page, and how certain it is one."""
    page = page_of(lines)
    found = grouped(search(page, form.labels), form.may_join)
    groups = [group for group in found if form.certainty(group) >= FAINTEST]
    pages = [Page(share) for share in shared_out(page, groups)] if len(groups) > 1 else [page]
    for own in pages if groups else ():
        anchors = _anchors(form, own)
        yield form.certainty(anchors), Sheet(own, anchors)


def values(form: Form, sheet: Sheet) -> tuple[Field, ...]:
    """Read every field of a form; one that has to be there and is not is missing."""
    firsts: dict[str, tuple[Place, Piece]] = {}
    # First the first line of every value: what begins one field does not continue another.
    for candidates in (_right, _below, _sought):
        for place in (*form.places, *form.ignored):
            if place.label.key not in firsts and (first := candidates(place, sheet)):
                firsts[place.label.key] = first
                sheet.take([first[1]])
    fields: dict[str, Field] = {}
    for place in form.places:
        found = firsts.get(place.label.key)
        # Places that share a label share what was found, each with its own way to read it.
        how = (
            replace(place, read=found[0].read) if found and found[0].field == place.field else place
        )
        span = _value(form, how, sheet, found[1]) if found else None
        missing = fields.get(place.field, Field("", "", Proof.MISSING)).proof is Proof.MISSING
        if span is not None and span.glyphs and missing:
            fields[place.field] = span.field(place.field)
        elif place.is_required:
            fields.setdefault(place.field, Field(place.field, "", Proof.MISSING))
    return tuple(fields.values())


def _right(place: Place, sheet: Sheet) -> tuple[Place, Piece] | None:
    if Where.RIGHT not in place.where:
        return None
    anchors = sheet.labelled(place.label, place.gloss)
    return _first(place, (piece for anchor in anchors for piece in sheet.right_of(anchor)))


def _below(place: Place, sheet: Sheet) -> tuple[Place, Piece] | None:
    if Where.BELOW not in place.where:
        return None
    anchors = sheet.labelled(place.label, place.gloss)
    return _first(place, (piece for anchor in anchors for piece in sheet.below(anchor)))


def _sought(place: Place, sheet: Sheet) -> tuple[Place, Piece] | None:
    if place.sought is None:
        return None
    return _first(replace(place, read=place.sought), sheet.free)


def _first(place: Place, pieces: Iterable[Piece]) -> tuple[Place, Piece] | None:
    return next(((place, piece) for piece in pieces if _is_value(place, piece)), None)


def _is_value(place: Place, piece: Piece) -> bool:
    span = place.read(piece.span)
    return span is not None and bool(span.glyphs)


def _value(form: Form, place: Place, sheet: Sheet, first: Piece) -> Span | None:
    """Read a value with the lines that continue it; they may also turn out to be none of it."""
    first = _without_label(place.label, sheet, first.up_to_gap(place.gap))
    alone = place.read(first.span)
    if alone is None or not alone.glyphs or place.rows == 1:
        return alone
    # What is left of a label before the value says nothing about where its next line begins.
    start = first.beginning_with(alone.glyphs[0])
    pieces = sheet.continued(start, place.rows, _end(form, place.label, sheet))
    sheet.take(pieces)
    return place.read(joined(piece.span for piece in pieces)) or alone


def _without_label(label: Label, sheet: Sheet, piece: Piece) -> Piece:
    """Cut off the end of a label that was found without it: ``型`` of ``类型``."""
    for anchor in sheet.labelled(label):
        for text in label.texts if anchor.cost >= 1 else ():
            if piece.row.text[piece.start] == text[-1] and piece.end > piece.start + 1:
                return replace(piece, start=piece.start + 1)
    return piece


def _end(form: Form, label: Label, sheet: Sheet) -> float:
    """Return the height at which the next label below, or the next one of the form, stands."""
    ends = [math.inf]
    for own in sheet.labelled(label):
        below = [
            anchor
            for anchor in sheet.anchors
            if not anchor.label.is_gloss
            and anchor.y > own.y + 0.6 * own.height
            and abs(anchor.x - own.x) < COLUMN * own.height
        ]
        following = form.following(label, sheet.anchors)
        below += [following] if following else []
        ends += [anchor.y - 0.5 * min(anchor.height, own.height) for anchor in below]
    return min(ends)


def _anchors(form: Form, page: Page) -> list[Anchor]:
    """Find each label once; one that was misread is believed where only it can stand."""
    found = form.assign(page, search(page, form.labels))

    def doubt(anchor: Anchor) -> tuple[int, float]:
        misfits = sum(not form.may_join(anchor, other) for other in found)
        return misfits, anchor.cost / anchor.length

    best: dict[str, Anchor] = {}
    for anchor in sorted(found, key=doubt):
        best.setdefault(anchor.label.key, anchor)
    ways = (_misread, _unreadable) if form.has_column else (_misread,)
    for guesses in ways:
        for label in form.labels:
            if label.key not in best and any(label.key in order for order in form.orders):
                fitting = [
                    guess
                    for guess in guesses(page, label, tuple(best.values()))
                    if all(form.may_join(guess, anchor) for anchor in best.values())
                    and len(apart((*best.values(), guess))) > len(best)
                ]
                if fitting:
                    best[label.key] = min(fitting, key=lambda each: each.cost / each.length)
    return list(best.values())


def _misread(page: Page, label: Label, found: Sequence[Anchor]) -> Iterator[Anchor]:
    for row in page.rows:
        guess = nearest(row, label)
        if guess is None or guess.cost > generous(guess):
            continue
        if label.is_inline or (not guess.is_inside and _is_in_line(guess, found)):
            yield guess


def _is_in_line(guess: Anchor, found: Sequence[Anchor]) -> bool:
    """Whether it begins or ends below or above another label."""
    return any(
        min(abs(guess.x - each.x), abs(guess.right - each.right)) < each.height for each in found
    )


def _unreadable(page: Page, label: Label, found: Sequence[Anchor]) -> Iterator[Anchor]:
    """Yield short words below or above other labels, whatever they were read as."""
    length = max(map(len, label.texts))
    for row in page.rows:
        end = len(row.strips[0].line.line.text.replace(" ", ""))
        guess = Anchor(label, row, 0, end, length, float(length))
        if end <= length and _is_in_line(guess, found):
            yield guess
