"""The curve of a calibration as a PNG: parts by score above, bound and stopped parts below."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PIL import Image, ImageDraw

from app.commands._font import font, words
from app.commands._recipe_curve import Outcome, percent
from app.errors import AppError
from app.judgement.binomial import upper_bound
from app.language import Message, message

SIZE = (1100, 760)
LEFT, RIGHT = 80, 1060
UPPER, LOWER = (80, 340), (420, 680)
"""Top and bottom of the two diagrams, in pixels."""
BINS, STEPS = 50, 200
PAPER, INK, PALE, BAND = (255, 255, 255), (32, 33, 36), (210, 213, 218), (255, 243, 205)
GOOD, BAD = (26, 95, 200), (200, 70, 20)

Colour = tuple[int, int, int]


def draw(outcome: Outcome, path: Path) -> None:
    """Write the picture. Raises AppError if the file cannot be written."""
    sheet = Image.new("RGB", SIZE, PAPER)
    _Diagrams(sheet, outcome).draw()
    try:
        sheet.save(path, "PNG")
    except OSError as error:
        raise AppError(
            "The picture cannot be written to {path}: {reason}.",
            "Choose another place with “--out”.",
            "calibrate-picture",
            path=path,
            reason=error.strerror or error,
        ) from error


class _Diagrams:
    def __init__(self, sheet: Image.Image, outcome: Outcome) -> None:
        self._pen = ImageDraw.Draw(sheet)
        self._found = outcome.found
        self._version = outcome.version
        self._ok = [part.strength for part in outcome.ok.parts]
        self._ng = [part.strength for part in outcome.ng.parts]

    def draw(self) -> None:
        for top, bottom in (UPPER, LOWER):
            self._ground(top, bottom)
        for number, share in enumerate(range(0, 101, 50)):
            y = LOWER[1] - (LOWER[1] - LOWER[0]) * number / 2
            self._write((LEFT - 56, y - 9), f"{share} %", INK, 14)
        self._histogram()
        steps = [step / STEPS for step in range(1, STEPS)]
        among, confidence = len(self._ng), self._found.asked.confidence
        escaped = [sum(each < at for each in self._ng) for at in steps]
        self._line(steps, [upper_bound(each, among, confidence) for each in escaped], BAD)
        stopped = [sum(each >= at for each in self._ok) / len(self._ok) for at in steps]
        self._line(steps, stopped, GOOD)
        self._words()

    def _words(self) -> None:
        found = self._found
        title = f"{self._version.name} v{self._version.version}"
        proven = message(
            "Escapes at most {bound} with {confidence} confidence",
            bound=percent(found.bound),
            confidence=percent(found.asked.confidence),
        )
        self._write((LEFT, 20), f"{title} · {proven.text(words())}", INK, 22)
        self._legend((LEFT, UPPER[0] - 26), message("OK parts"), message("NG parts"))
        self._legend(
            (LEFT, LOWER[0] - 26),
            message("OK parts not called OK"),
            message("Bound of the escapes"),
        )
        for at, said in (
            (found.review, message("doubtful from {score}", score=found.review)),
            (found.score, message("certain from {score}", score=found.score)),
        ):
            below = LOWER[1] + (26 if at == found.review else 48)
            self._write((min(self._x(at), RIGHT - 190), below), said.text(words()), INK, 16)

    def _ground(self, top: int, bottom: int) -> None:
        found = self._found
        self._pen.rectangle((self._x(found.review), top, self._x(found.score), bottom), fill=BAND)
        for tenth in range(11):
            x, y = self._x(tenth / 10), bottom - (bottom - top) * tenth / 10
            self._pen.line((x, top, x, bottom), fill=PALE)
            self._write((x - 10, bottom + 4), f"{tenth / 10:g}", INK, 14)
            if tenth % 5 == 0:
                self._pen.line((LEFT, y, RIGHT, y), fill=PALE)
        for at in (found.review, found.score):
            self._pen.line((self._x(at), top, self._x(at), bottom), fill=INK, width=2)

    def _histogram(self) -> None:
        """Draw how many parts have which strength, each kind as shares of its own number."""
        top, bottom = UPPER
        shares = [_shares(strengths) for strengths in (self._ok, self._ng)]
        most = max(map(max, shares))
        width = (RIGHT - LEFT) / BINS / 2
        for side, (of_kind, colour) in enumerate(zip(shares, (GOOD, BAD), strict=True)):
            for number, share in enumerate(of_kind):
                left = self._x(number / BINS) + side * width
                height = (bottom - top) * share / most
                if share:
                    bar = (left, bottom - height, left + width - 1, bottom)
                    self._pen.rectangle(bar, fill=colour)

    def _line(self, steps: Sequence[float], shares: Sequence[float], colour: Colour) -> None:
        top, bottom = LOWER
        points = [
            (self._x(at), bottom - (bottom - top) * share)
            for at, share in zip(steps, shares, strict=True)
        ]
        self._pen.line(points, fill=colour, width=3)

    def _legend(self, at: tuple[int, int], good: Message, bad: Message) -> None:
        x, y = at
        for said, colour in ((good, GOOD), (bad, BAD)):
            text = said.text(words())
            self._pen.rectangle((x, y + 4, x + 12, y + 16), fill=colour)
            self._write((x + 18, y), text, INK, 16)
            x += 60 + round(font(16).getlength(text))

    def _write(self, at: tuple[float, float], text: str, colour: Colour, size: int) -> None:
        self._pen.text(at, text, fill=colour, font=font(size))

    @staticmethod
    def _x(score: float) -> float:
        return LEFT + (RIGHT - LEFT) * score


def _shares(strengths: Sequence[float]) -> list[float]:
    counts = [0] * BINS
    for each in strengths:
        counts[min(BINS - 1, int(each * BINS))] += 1
    return [count / len(strengths) for count in counts]
