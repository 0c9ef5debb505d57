"""One run of the golden parts, in a thread of its own: judged, kept, and the line follows it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from app.capture import open_files
from app.desktop.counter.pixels import fitted
from app.desktop.hosted import Hosted
from app.desktop.line.pixels import Room
from app.desktop.pace import Pace
from app.errors import AppError, BadPicture
from app.inspector import Inspector
from app.line import Line
from app.line.golden import GoldenSet, run_golden
from app.records import Records
from app.vocabulary import GoldenPart, GoldenRun

OpenInspector = Callable[[], Inspector]
OpenRecords = Callable[[], Records]


@dataclass(frozen=True, slots=True, eq=False)
class CheckedPart:
    """One golden part as it was judged, with its picture."""

    part: GoldenPart
    picture: QImage | None
    """None where the file holds none."""


class GoldenCheck(QObject):
    """Runs once; ``ended`` comes last, whatever happened."""

    judged = Signal(object)
    """CheckedPart."""
    failed = Signal(object)
    """AppError: it could not be run."""
    ended = Signal()
    crashed = Signal(object)

    def __init__(
        self,
        line: Line,
        open_inspector: OpenInspector,
        open_records: OpenRecords,
        room: Room,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self.line = line
        self.parts = line.version.recipe.golden.parts
        self.results: list[CheckedPart] = []
        self.share = 0.0
        self.run: GoldenRun | None = None
        self.is_over = False
        self._open_inspector, self._open_records = open_inspector, open_records
        self._room = room
        self._is_cancelled = False
        self._pace = Pace()
        self.judged.connect(self._on_judged)
        self._thread = Hosted("golden parts", self._work, self, yields=True)
        self._thread.crashed.connect(self.crashed)
        self._thread.finished.connect(self._on_finished)
        self._thread.start()

    @property
    def seconds_left(self) -> float | None:
        """Time left at the pace so far."""
        return self._pace.seconds_left(self.share)

    @property
    def is_cancelled(self) -> bool:
        """Whether a hand ended it; such a run counts for nothing."""
        return self._is_cancelled

    def cancel(self) -> None:
        """Judge no further part."""
        self._is_cancelled = True

    def close(self) -> None:
        """End the thread."""
        self.cancel()
        self._thread.wait()

    def _work(self) -> None:
        try:
            parts = GoldenSet.load(self.parts)
            with self._open_inspector() as inspector:
                run = run_golden(
                    inspector,
                    parts,
                    tell=lambda part, share: self._tell(parts, part, share),
                    cancelled=lambda: self._is_cancelled,
                )
            if run is not None:
                with self._open_records() as records:
                    records.keep_golden(run)
                self.run = run
                self.line.golden_ran(run)
        except AppError as error:
            self.failed.emit(error)

    def _tell(self, parts: GoldenSet, part: GoldenPart, share: float) -> None:
        self.share = share
        self.judged.emit(CheckedPart(part, self._picture(parts, part)))

    def _picture(self, parts: GoldenSet, part: GoldenPart) -> QImage | None:
        try:
            with open_files([parts.folder / part.file]) as source:
                frame = source.next_frame()
        except BadPicture:
            return None
        return None if frame is None else fitted(frame.bgr, self._room.thumb, self._room.ratio)

    def _on_judged(self, checked: CheckedPart) -> None:
        self.results.append(checked)

    def _on_finished(self) -> None:
        self.is_over = True
        self.ended.emit()
