"""When golden parts are judged, and what the line does meanwhile: nothing."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from app.desktop.line.golden_check import GoldenCheck
from app.desktop.line.post import Post
from app.inspector import Inspector
from app.line import LineState
from app.recipes import RecipeVersion
from app.records import Records

OpenPartInspector = Callable[[RecipeVersion], Inspector]


class GoldenDesk(QObject):
    """At most one run at a time; its results stay in sight until a hand puts them away."""

    changed = Signal()
    failed = Signal(object)
    """AppError."""
    crashed = Signal(object)

    def __init__(
        self,
        post: Post,
        open_inspector: OpenPartInspector,
        open_records: Callable[[], Records],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._post = post
        self._open_inspector, self._open_records = open_inspector, open_records
        self._has_paused = False
        self.check: GoldenCheck | None = None

    @property
    def is_running(self) -> bool:
        """Whether parts are being judged."""
        return self.check is not None and not self.check.is_over

    def start(self) -> None:
        """Judge the golden parts of the line at work; the line waits so long."""
        line = self._post.host.line
        if line is None or self.is_running or not self._post.has_golden:
            return
        self.put_away()
        self._post.let_go()
        self._has_paused = self._post.state in (LineState.RUNNING, LineState.WAITING)
        if self._has_paused:
            line.pause()
        version = line.version
        self.check = GoldenCheck(
            line,
            lambda: self._open_inspector(version),
            self._open_records,
            self._post.host.room,
            self,
        )
        self.check.failed.connect(self.failed)
        self.check.crashed.connect(self.crashed)
        self.check.judged.connect(lambda _checked: self.changed.emit())
        self.check.ended.connect(self._on_ended)
        self.changed.emit()

    def put_away(self) -> None:
        """End a run, or put the results of one that is over out of sight."""
        if self.check is None:
            return
        if not self.check.is_over:
            self.check.cancel()
            return
        self.check.deleteLater()
        self.check = None
        self.changed.emit()

    def close(self) -> None:
        """End the thread."""
        if self.check is not None:
            self.check.close()

    def _on_ended(self) -> None:
        line = self._post.host.line
        if self._has_paused and self.check is not None and line is self.check.line:
            self.check.line.resume()
        if self.check is not None and self.check.is_cancelled:
            self.put_away()
        self.changed.emit()
