"""Where the pages come from: one source at work for the clerk, or a batch that runs through."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from app import documents
from app.capture import open_files
from app.desktop.bridge import Bridge, MakeInspector, Tell
from app.desktop.counter.batch import Batch
from app.desktop.counter.desk import Desk
from app.desktop.jobs import Jobs
from app.errors import AppError
from app.station import Station, StationState, Trigger
from app.vocabulary import Frame

JoinStation = Callable[[str, MakeInspector, Tell], Station]
"""Joins a station on the source of an address."""


class Intake(QObject):
    """Hosts stations on the bridge and lays what they read on the desk."""

    state_changed = Signal(object)
    source_changed = Signal(str)
    kind_changed = Signal()
    reading_changed = Signal()
    batch_changed = Signal()
    failed = Signal(object)
    """An AppError: the address names no source."""

    def __init__(
        self, bridge: Bridge, desk: Desk, jobs: Jobs, join: JoinStation, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._desk = desk
        self._jobs = jobs
        self._join = join
        self.address = ""
        self.samples = ""
        """Address of the bundled samples, which have a name of their own."""
        self.state = StationState.STOPPED
        self.kind: str | None = None
        self.is_reading = False
        self._is_passing = False
        self._is_away = False
        self.batch: Batch | None = None
        bridge.inspected.connect(self._on_inspected)
        bridge.batched.connect(self._on_batched)
        bridge.state_changed.connect(self._on_state_changed)
        desk.crowded.connect(self._on_crowded)
        desk.frame_turned.connect(self.reread)

    @property
    def is_visiting(self) -> bool:
        """Whether opened files are read, after which the source comes back."""
        return self._is_passing

    def leave(self) -> None:
        """Give the source back for another workplace; a batch of files runs to its end."""
        self._is_away = True
        if self.batch is not None and not self.batch.is_over:
            self._bridge.released.emit()
            return
        self._bridge.release()
        self.state = StationState.STOPPED
        self._set_reading(False)
        self.state_changed.emit(self.state)

    def come_back(self, address: str = "") -> None:
        """Take pages again, from the source of before or from another, after opened files."""
        self._is_away = False
        self.address = address or self.address
        is_batching = self.batch is not None and not self.batch.is_over
        if not (is_batching or self._is_passing):
            self.use(self.address)

    def use(self, address: str) -> None:
        """Take pages from another source; one that does not exist leaves the old one at work."""
        if self._is_away:
            self.address, self._is_passing = address, False
            return
        try:
            self._bridge.host(partial(self._join, address))
        except AppError as error:
            self.failed.emit(error)
            return
        self.address = address
        self.state = StationState.STARTING
        self._is_passing = False
        self._set_reading(False)
        self._take_kind()
        self.source_changed.emit(address)

    def capture(self) -> None:
        """Read the page that lies there now, or the next one."""
        if self._bridge.station is not None:
            self._set_reading(True)
            self._bridge.station.trigger()

    def reread(self, frame: Frame) -> None:
        """Read a page once more, turned or as another kind."""
        self._set_reading(True)
        self._bridge.reinspect(frame)

    def set_kind(self, kind: str | None) -> None:
        """Fix the kind of document, or have it recognised; the page in hand is read again."""
        self.kind = kind
        self._take_kind()
        self.kind_changed.emit()
        if self._desk.slip is not None and self._desk.slip.has_picture:
            self.reread(self._desk.slip.frame)

    def next_kind(self) -> None:
        """Go on to the next kind; behind the last one comes recognising by itself."""
        kinds = (None, *documents.names())
        self.set_kind(kinds[(kinds.index(self.kind) + 1) % len(kinds)])

    def open_paths(self, paths: Sequence[Path]) -> None:
        """Lay one file's pages on the desk; several files or a folder are read as a batch."""
        if len(paths) == 1 and paths[0].is_file():
            self._visit(paths[0])
        else:
            self._run_batch(paths)

    def _visit(self, path: Path) -> None:
        self._is_passing = True
        self._bridge.host(partial(_join_file, path), to_the_end=True)
        self._take_kind()
        self._set_reading(True)

    def _run_batch(self, paths: Sequence[Path]) -> None:
        if self.batch is not None and not self.batch.is_over:
            return
        self.batch = Batch(paths, self._jobs, self)
        self.batch.changed.connect(self.batch_changed)
        self.batch.crowded.connect(self._on_crowded)
        self._is_passing = True
        self._bridge.host(self.batch.join, to_the_end=True, is_batch=True)
        self._take_kind()
        self.batch_changed.emit()

    def end_batch(self) -> None:
        """Stop a running batch, or put the account of one that is over away."""
        if self.batch is None:
            return
        if not self.batch.is_over:
            self.batch.cancel()
            self.use(self.address)
        else:
            self.batch = None
        self.batch_changed.emit()

    def _take_kind(self) -> None:
        if self._bridge.station is not None:
            self._bridge.station.set_kind(self.kind)

    def _set_reading(self, is_reading: bool) -> None:
        if is_reading != self.is_reading:
            self.is_reading = is_reading
            self.reading_changed.emit()

    def _on_inspected(self, page: object) -> None:
        # Told by the desk's own signal, so that everything in sight is renewed once.
        self.is_reading = False
        self._desk.take_in(page)  # type: ignore[arg-type]

    def _on_batched(self, page: object) -> None:
        if self.batch is not None:
            self.batch.take(page)  # type: ignore[arg-type]

    def _on_state_changed(self, state: object) -> None:
        self.state = StationState(str(state))
        if self.state is StationState.FAULTED:
            self._set_reading(False)
        if self.state is StationState.STOPPED and self._is_passing:
            if self.batch is not None:
                self.batch.finish()
            self.use(self.address)
        self.state_changed.emit(self.state)

    def _on_crowded(self, is_crowded: bool) -> None:
        if self._bridge.station is None:
            return
        if is_crowded:
            self._bridge.station.pause()
        else:
            self._bridge.station.resume()


def _join_file(path: Path, make_inspector: MakeInspector, tell: Tell) -> Station:
    return Station(lambda: open_files([path]), make_inspector, tell, trigger=Trigger.EVERY)
