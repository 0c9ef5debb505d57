"""The charts under their tabs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from app.desktop.controls.segmented import Segmented
from app.desktop.look import Look
from app.desktop.translation import tr
from app.line import Tally

if TYPE_CHECKING:
    from app.desktop.line.charts import Charts

CHARTS = ("process", "pareto")


class ChartBox(QWidget):
    """Makes the charts when they are first wanted: their library takes long to load."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._has_news = False
        self._tally: Tally | None = None
        self.charts: Charts | None = None
        self.tabs = Segmented()
        self.tabs.chosen.connect(self.show_chart)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self.tabs)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        look.changed.connect(self._speak)
        self._speak()

    @property
    def name(self) -> str:
        """Which chart is in sight."""
        return CHARTS[0] if self.charts is None else self.charts.name

    def open(self) -> None:
        """Make the charts, if they are not there yet."""
        if self.charts is None:
            from app.desktop.line.charts import Charts

            self.charts = Charts(self._look)
            self._column.addWidget(self.charts, 1)
            self._has_news = True

    def take(self, tally: Tally | None) -> None:
        """Take other numbers; they are drawn with ``draw``."""
        self._tally = tally
        self._has_news = True

    def draw(self) -> None:
        """Draw what is new; the caller sees to it that this is not asked too often."""
        if self._has_news and self.charts is not None and self.charts.isVisible():
            self._has_news = False
            self.charts.show_tally(self._tally)

    def show_chart(self, name: object) -> None:
        """Bring one chart into sight."""
        if self.charts is not None:
            self.charts.show_chart(str(name))
            self.tabs.show_value(name)

    def show_other(self) -> None:
        """Bring the other chart into sight."""
        self.show_chart(CHARTS[1 - CHARTS.index(self.name)])

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(0, 0)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._speak()

    def _speak(self) -> None:
        self._column.setSpacing(self._look.theme.px("small"))
        self.tabs.offer(list(zip(CHARTS, (tr("p-chart"), tr("Pareto")), strict=True)))
        self.tabs.show_value(self.name)
        if self.charts is not None:
            self.charts.renew()
