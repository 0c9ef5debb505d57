"""What a form declares: its labels, and where and how each value is written."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from app.documents._groups import in_reading_order
from app.documents._labels import Anchor, Label
from app.documents._page import Page
from app.documents._sheet import WORD_GAP
from app.documents._span import Read

NAME_GAP = 1.6
"""A wider gap than this many line heights does not stand inside a person's name."""


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
    is_crowded: bool = False
    """May have run together with the value before it."""

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

    def neighbours(
        self, label: Label, anchors: Sequence[Anchor]
    ) -> tuple[Anchor | None, Anchor | None]:
        """Return the labels before and behind one on this form, as far as they were found."""
        found = {anchor.label.key: anchor for anchor in anchors}
        for order in self.orders:
            if label.key in order:
                at = order.index(label.key)
                before = (found[key] for key in reversed(order[:at]) if key in found)
                after = (found[key] for key in order[at + 1 :] if key in found)
                return next(before, None), next(after, None)
        return None, None

    def certainty(self, anchors: Sequence[Anchor]) -> float:
        """Return the share of the form's labels that was found, by weight and legibility."""
        best: dict[str, float] = {}
        for anchor in anchors:
            worth = anchor.label.weight * (1 - anchor.cost / anchor.length)
            best[anchor.label.key] = max(worth, best.get(anchor.label.key, 0.0))
        # A label that stands on the form twice counts twice, but is declared once.
        return min(1.0, sum(best.values()) / sum(label.weight for label in self.labels))
