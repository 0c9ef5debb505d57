"""How the documents of a form are found on a page, and their values beside the labels."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from app.documents import Interpretation, PlacedLine
from app.documents._form import Form, Place, Where
from app.documents._groups import SAME_ROW, grouped, shared_out
from app.documents._labels import Anchor, Label, apart, generous, nearest, search
from app.documents._page import Page, page_of
from app.documents._sheet import Piece, Sheet
from app.documents._span import Span, doubtful, joined
from app.vocabulary import Field, Proof

COLUMN = 2.0
"""Labels that begin within this many line heights of each other stand in one column."""
FAINTEST = 0.2
"""Fewer labels than this share of their weight are no document, whatever was asked for."""


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
    groups = grouped(search(page, form.labels), form.may_join)
    # A group may be another form's that has some labels in common: it keeps its lines to itself.
    pages = [Page(share) for share in shared_out(page, groups)] if len(groups) > 1 else [page]
    for own in pages if groups else ():
        anchors = _anchors(form, own)
        sheet = Sheet(own, anchors)
        certainty = form.certainty((*anchors, *_evidence(form, sheet)))
        if certainty >= FAINTEST:
            yield certainty, sheet


def _evidence(form: Form, sheet: Sheet) -> Iterator[Anchor]:
    """Yield values that are as good as their label, which was not found."""
    for place in form.places:
        if place.sought and not any(sheet.labelled(place.label)):
            for piece in sheet.free:
                if place.sought(piece.span):
                    yield Anchor(place.label, piece.row, piece.start, piece.end, 1, 0.0)
                    break


def values(form: Form, sheet: Sheet) -> tuple[Field, ...]:
    """Read every field of a form; one that has to be there and is not is missing."""
    firsts: dict[str, tuple[Place, Piece]] = {}
    # First the first line of every value: what begins one field does not continue another.
    for candidates in (_right, _below, _in_column, _sought, _in_column):
        for place in (*form.places, *form.ignored):
            if place.label.key in firsts:
                continue
            if first := candidates(form, place, sheet, firsts):
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


Firsts = Mapping[str, tuple[Place, Piece]]
"""Label → how its value is read, and the piece that it begins with."""


def _right(_form: Form, place: Place, sheet: Sheet, _firsts: Firsts) -> tuple[Place, Piece] | None:
    if Where.RIGHT not in place.where:
        return None
    anchors = sheet.labelled(place.label, place.gloss)
    return _first(place, (piece for anchor in anchors for piece in sheet.right_of(anchor)))


def _below(_form: Form, place: Place, sheet: Sheet, _firsts: Firsts) -> tuple[Place, Piece] | None:
    if Where.BELOW not in place.where:
        return None
    anchors = sheet.labelled(place.label, place.gloss)
    return _first(place, (piece for anchor in anchors for piece in sheet.below(anchor)))


def _in_column(
    form: Form, place: Place, sheet: Sheet, firsts: Firsts
) -> tuple[Place, Piece] | None:
    """Take what stands where the value should, in line with others: a guess, so in doubt."""
    before, after = form.neighbours(place.label, sheet.anchors)
    is_guessed = form.has_column and place.label.begins_row
    if not is_guessed or after is None or any(sheet.labelled(place.label)):
        return None
    lefts = [piece.left for _, piece in firsts.values()]
    fitting = [
        piece
        for piece in (_trimmed(place, each) for each in sheet.free)
        if _follows(after, piece)
        and (before is None or piece.y > before.y + 0.5 * before.height)
        and any(abs(piece.left - left) < piece.height for left in lefts)
    ]
    guessed = replace(place, read=lambda span: _doubtful(place.read(span)))
    return _first(guessed, sorted(fitting, key=lambda piece: piece.y))


def _trimmed(place: Place, piece: Piece) -> Piece:
    """Return a piece without what is left of a label before its value."""
    span = place.read(piece.span)
    return piece.beginning_with(span.glyphs[0]) if span and span.glyphs else piece


def _follows(anchor: Anchor, piece: Piece) -> bool:
    fall = (anchor.y - piece.y) / min(anchor.height, piece.height)
    return fall > SAME_ROW or (fall > -SAME_ROW and anchor.x > piece.right)


def _doubtful(span: Span | None) -> Span | None:
    return doubtful(span) if span else None


def _sought(_form: Form, place: Place, sheet: Sheet, _firsts: Firsts) -> tuple[Place, Piece] | None:
    if place.sought is None:
        return None
    pieces = sheet.pieces if place.is_crowded else sheet.free
    return _first(replace(place, read=place.sought), pieces)


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
    pieces = sheet.continued(_trimmed(place, first), place.rows, _end(form, place.label, sheet))
    sheet.take(pieces)
    return place.read(joined(piece.span for piece in pieces)) or alone


def _without_label(label: Label, sheet: Sheet, piece: Piece) -> Piece:
    """Cut off the end of a label that was found without it: ``型`` of ``类型``."""
    for anchor in sheet.labelled(label):
        for text in label.texts if anchor.cost else ():
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
        _, following = form.neighbours(label, sheet.anchors)
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
        guess = nearest(row, label, found)
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
    """Yield short words in the first column of labels, whatever they were read as."""
    length = max(map(len, label.texts))
    column = [each.x for each in found if each.label.begins_row and not each.label.is_title]
    for row in page.rows if label.begins_row and column else ():
        end = len(row.strips[0].line.line.text.replace(" ", ""))
        guess = Anchor(label, row, 0, end, length, float(length))
        if end <= length and guess.x - min(column) < guess.height:
            yield guess
