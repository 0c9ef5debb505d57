"""Documents on a frame: which ones, their fields with proof, and what is wrong with the picture."""

from __future__ import annotations

import time
from collections.abc import Sequence

import numpy as np

from app import documents
from app.documents import PlacedLine
from app.reader import Reader
from app.reader._outline import outline_of
from app.reader._quality import flaws_of
from app.reader.text import Page, TextReader, open_text_reader
from app.vocabulary import Frame, Reading, TextLine

DOUBTFUL = 0.85
"""Mean score of the lines below which a page that makes no sense is tried the other way up."""


class DocumentReader(Reader):
    """Reads the text of a frame and interprets it as documents."""

    def __init__(self, text: TextReader) -> None:
        self._text = text
        self.mark = text.mark
        self.timings_ms: dict[str, float] = {}

    def read(self, frame: Frame, kind: str | None = None) -> tuple[Reading, ...]:
        """Return one reading a document; a frame without one gives a reading without fields."""
        page = self._text.page(frame.bgr)
        started = time.perf_counter()
        found = documents.interpret(placed(page), kind)
        if not found and _is_doubtful(page):
            page = self._text.page(frame.bgr, other_end_up=True)
            found = documents.interpret(placed(page), kind)
        interpreted = time.perf_counter()
        readings = []
        for document in found:
            lines = tuple(place.line for place in document.lines)
            outline = outline_of(page.glance, lines, page.angle)
            flaws = flaws_of(frame.bgr, lines, outline)
            readings.append(
                Reading(document.kind, document.fields, lines, outline=outline, flaws=flaws)
            )
        self.timings_ms = self._text.timings_ms | {
            "interpret": (interpreted - started) * 1e3,
            "examine": (time.perf_counter() - interpreted) * 1e3,
        }
        return tuple(readings) or (Reading(lines=page.lines),)

    def close(self) -> None:
        """Release the models."""
        self._text.close()


def open_document_reader(choice: str = "auto", threads: int = 0) -> DocumentReader:
    """Open the models on the engine that ``choice`` names; ``threads`` 0 takes every core."""
    return DocumentReader(open_text_reader(choice, threads))


def _is_doubtful(page: Page) -> bool:
    """Whether so little could be read that the page may lie upside down."""
    return bool(page.lines) and float(np.mean([line.score for line in page.lines])) < DOUBTFUL


def placed(page: Page) -> list[PlacedLine]:
    """Say where every line stands once the page is turned upright, in frame-sized pixels."""
    if not page.lines:
        return []
    turn = np.radians(-page.angle)
    axes = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
    quads = np.array([line.quad for line in page.lines])
    centres = quads.mean(axis=1) @ axes.T
    lengths = np.hypot(*(quads[:, 1] - quads[:, 0]).T)
    heights = np.hypot(*(quads[:, 3] - quads[:, 0]).T)
    low = centres - np.stack([lengths, heights], axis=1) / 2
    low -= low.min(axis=0)
    return [_place(*each) for each in zip(page.lines, low, lengths, heights, strict=True)]


def _place(line: TextLine, low: Sequence[float], length: float, height: float) -> PlacedLine:
    left, top = float(low[0]), float(low[1])
    return PlacedLine(line, (left, top, left + float(length), top + float(height)))
