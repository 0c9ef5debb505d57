"""Counter and line: one of them at work at a time, because both may want the same camera."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from app.desktop.bridge import Bridge
from app.desktop.counter.intake import Intake
from app.desktop.line.workplace import LineWorkplace
from app.desktop.main_window import COUNTER, LINE

NAMES = (COUNTER.name, LINE.name)


class Workplaces(QObject):
    """Changes over: the one gives its camera back before the other begins."""

    changed = Signal()

    def __init__(
        self,
        bridge: Bridge,
        intake: Intake,
        line: LineWorkplace,
        usual_source: Callable[[], str],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._bridge, self._intake, self._line = bridge, intake, line
        self._usual_source = usual_source
        self._name = ""
        self.given = ""
        """An address for this time, where one was given at the start."""
        bridge.released.connect(self._on_released)
        line.rested.connect(self._on_rested)

    def work_at(self, name: str) -> None:
        """Change the workplace; a page that is none changes nothing."""
        if name not in NAMES or name == self._name:
            return
        before, self._name = self._name, name
        if name == LINE.name:
            self._intake.leave()
        elif before:
            self._line.leave()
        else:
            self._on_rested()
        self.changed.emit()

    def _on_released(self) -> None:
        if self._name == LINE.name:
            self._line.enter(self.given)

    def _on_rested(self) -> None:
        if self._name == COUNTER.name:
            address = self._intake.address or self.given or self._usual_source()
            self._intake.come_back(address)
