"""Every line of text on a frame, whichever way the page lies."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from app.engine import Array, Session, joined, open_session
from app.engine._pack import ModelPack, load_pack
from app.reader import Reader
from app.reader._crops import HEIGHT, Cutter, bucket, quad_of
from app.reader._ctc import Decoded, Decoder
from app.reader._detect import Line
from app.reader._mrz import MrzDecoder, looks_machine_readable
from app.reader._search import search
from app.reader._view import View
from app.vocabulary import Bgr, Frame, Reading, TextLine

VOTERS = 5
"""How many of the largest lines say which end of the page is up."""
CLASSIFIED = 192
"""Input width of the orientation classifier, in pixels."""


@dataclass(frozen=True, slots=True)
class Page:
    """The text of one frame, and the way the page lies."""

    lines: tuple[TextLine, ...]
    angle: float
    """Of the reading direction on the frame, clockwise, in degrees."""
    glance: View
    """The frame made small, for whoever looks at the page and not at its text."""


class TextReader(Reader):
    """Detects lines, decides which way is up, and recognises each line in its width bucket."""

    def __init__(self, detector: Session, classifier: Session, recogniser: Session) -> None:
        self._detector, self._classifier, self._recogniser = detector, classifier, recogniser
        pack = load_pack("ppocrv6-rec-small")
        self._widths = pack.manifest.input.widths
        self._decoder = Decoder(pack.labels())
        self._mrz = MrzDecoder(self._decoder)
        self.mark = joined([session.mark for session in (detector, classifier, recogniser)])
        self.timings_ms: dict[str, float] = {}

    def read(self, frame: Frame, kind: str | None = None) -> tuple[Reading, ...]:  # noqa: ARG002 - the contract's
        """Return one reading with every line of the frame; ``kind`` is not looked at."""
        return (Reading(lines=self.page(frame.bgr).lines),)

    def page(self, bgr: Bgr, *, other_end_up: bool = False) -> Page:
        """Read every line of a picture; ``other_end_up`` overrules which end was taken for up."""
        started = time.perf_counter()
        found = search(self._detector, bgr)
        lines, angle = found.lines, found.angle
        detected = time.perf_counter()
        cutter = Cutter(bgr)
        if self._is_upside_down(cutter, lines) != other_end_up:
            angle += 180
            lines = [replace(line, angle=line.angle + 180) for line in lines]
        lines = [cutter.fit(line) for line in lines]
        turned = time.perf_counter()
        decoded = self._recognise(cutter, lines)
        self.timings_ms = {
            "detect": (detected - started) * 1e3,
            "turn": (turned - detected) * 1e3,
            "recognise": (time.perf_counter() - turned) * 1e3,
        }
        texts = tuple(
            TextLine(quad_of(line), text.text, text.score, text.alternatives, text.centres)
            for line, text in zip(lines, decoded, strict=True)
            if text.text.strip()
        )
        return Page(texts, angle, found.glance)

    def close(self) -> None:
        """Release the three models."""
        for session in (self._detector, self._classifier, self._recogniser):
            session.close()

    def _is_upside_down(self, cutter: Cutter, lines: Sequence[Line]) -> bool:
        """Ask about the middle of the largest lines: a whole line would have to be squeezed."""
        ranked = sorted(lines, key=lambda line: -line.height * min(line.length, 6 * line.height))
        parts = [
            replace(line, length=min(line.length, CLASSIFIED / HEIGHT * line.height))
            for line in ranked[:VOTERS]
        ]
        jobs = [
            partial(cutter.cut, part, CLASSIFIED, bucket(part, (CLASSIFIED,))[1]) for part in parts
        ]
        return sum(self._classifier.run_each(jobs, _vote)) > 0

    def _recognise(self, cutter: Cutter, lines: Sequence[Line]) -> list[Decoded]:
        sizes = [bucket(line, self._widths) for line in lines]
        # The widest first, so that no thread is left alone with a long line at the end.
        order = sorted(range(len(lines)), key=lambda i: -sizes[i][0])
        jobs = [partial(cutter.cut, lines[i], *sizes[i]) for i in order]
        decoded: dict[int, Decoded] = {}
        for i, text in zip(order, self._recogniser.run_each(jobs, self._decode), strict=True):
            stretch = sizes[i][0] / sizes[i][1]
            decoded[i] = replace(text, centres=tuple(c * stretch for c in text.centres))
        return [decoded[i] for i in range(len(lines))]

    def _decode(self, output: Array) -> Decoded:
        text = self._decoder.decode(output[0])
        return self._mrz.decode(output[0]) if looks_machine_readable(text.text) else text


def open_text_reader(choice: str = "auto", threads: int = 0) -> TextReader:
    """Open the three models on the engine that ``choice`` names."""

    def opened(pack: ModelPack, *, across: bool) -> Session:
        return open_session(pack, choice=choice, threads=threads, across=across)

    return TextReader(
        opened(load_pack("ppocrv6-det-small"), across=False),
        opened(load_pack("ppocr-cls"), across=True),
        opened(load_pack("ppocrv6-rec-small"), across=True),
    )


def _vote(output: Array) -> float:
    upright, upside_down = output[0] + 1e-6
    return float(np.log(upside_down) - np.log(upright))
