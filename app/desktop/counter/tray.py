"""The documents that wait for the clerk, in the order in which they came; no Qt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from app.desktop.counter.pixels import Prepared, Sheet
from app.desktop.counter.round import Round, begin
from app.vocabulary import Frame


@dataclass(frozen=True, slots=True, eq=False)
class Slip:
    """One document in hand or waiting: its round, its pictures, the rounds to go back to."""

    round: Round
    sheet: Sheet
    before: tuple[Round, ...] = ()
    first: Round | None = None
    """The round as it was laid on the desk, where it was not read just now."""
    replaces: str | None = None
    """Id of the kept record that this one takes the place of."""
    withdrawn: str | None = None
    """Id of the record that was taken back for this one."""

    @property
    def frame(self) -> Frame:
        """The page that it is on."""
        return self.round.inspection.frame

    @property
    def has_picture(self) -> bool:
        """Whether there is a page to look at; one that could not be read is a single pixel."""
        return self.frame.bgr.size > 3

    @property
    def is_touched(self) -> bool:
        """Whether a hand did anything with it since it lies on the desk."""
        before = self.first.fields if self.first else self.round.machine
        return bool(self.round.confirmed) or self.round.fields != before

    @property
    def may_be_replaced(self) -> bool:
        """Whether a new picture takes its place: nothing was recognised and nothing is lost."""
        return not self.round.is_recognised


@dataclass(frozen=True, slots=True, eq=False)
class Saved:
    """The last record kept, for the masked form."""

    record_id: str
    round: Round


def slip_of(prepared: Prepared) -> Slip:
    """Make the slip of one document just read."""
    return Slip(begin(prepared.inspection), prepared.sheet)


@dataclass(slots=True)
class Tray:
    """A short row of slips, one of them in hand."""

    slips: list[Slip] = field(default_factory=list)
    place: int = 0

    @property
    def current(self) -> Slip | None:
        """The slip in hand."""
        return self.slips[self.place] if self.slips else None

    def take_in(self, new: Sequence[Slip], instead_of: Frame) -> None:
        """Lay a page's documents behind the others, or in the place of an earlier reading of it.

        Pages on which nothing was recognised give way to the next one.
        """
        in_hand = self.current
        is_old = [slip.may_be_replaced or slip.frame is instead_of for slip in self.slips]
        at = is_old.index(True) if True in is_old else len(self.slips)
        kept = [slip for slip, old in zip(self.slips, is_old, strict=True) if not old]
        self.slips = [*kept[:at], *new, *kept[at:]]
        still = next((n for n, slip in enumerate(self.slips) if slip is in_hand), None)
        self.place = min(at, len(self.slips) - 1) if still is None else still

    def put_first(self, slip: Slip) -> None:
        """Take one slip in hand before all others."""
        self.slips.insert(0, slip)
        self.place = 0

    def change(self, round_: Round, *, with_history: bool = False) -> None:
        """Put a new round in the place of the one in hand."""
        slip = self.slips[self.place]
        before = (*slip.before, slip.round) if with_history else slip.before
        self.slips[self.place] = replace(slip, round=round_, before=before)

    def go_back(self) -> bool:
        """Return to the round before the last confirmation, if there is one."""
        slip = self.slips[self.place]
        if not slip.before:
            return False
        self.slips[self.place] = replace(slip, round=slip.before[-1], before=slip.before[:-1])
        return True

    def show_again(self, sheet: Sheet) -> None:
        """Put pictures of another size in place."""
        self.slips[self.place] = replace(self.slips[self.place], sheet=sheet)

    def remove_current(self) -> Slip:
        """Take the slip in hand out; the next one comes into hand."""
        slip = self.slips[self.place]
        self.remove(slip)
        return slip

    def remove(self, slip: Slip) -> None:
        """Take one document's slip out, as it is by now; the one behind it comes into hand."""
        document = slip.round.inspection
        self.slips = [each for each in self.slips if each.round.inspection is not document]
        self.place = min(self.place, max(0, len(self.slips) - 1))

    def step(self, by: int) -> None:
        """Take another waiting document in hand."""
        if self.slips:
            self.place = (self.place + by) % len(self.slips)
