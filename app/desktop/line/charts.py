"""The shift as charts: is the share of NG parts under control, and what makes them NG."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QPen
from PySide6.QtWidgets import QSizePolicy, QStackedWidget

from app.desktop.look import Look
from app.desktop.translation import told, tr
from app.judgement.defects import defect_title
from app.line.tally import Tally

pg.setConfigOptions(antialias=False, exitCleanup=False)  # Qt's own end is enough of an end

BAR = 0.62
MOST_BARS = 6
BAR_HEIGHT = 1.4
"""Of the small type; bars that would stand closer are left out, the rarest first."""
SHOWN = 10
"""The p-chart has room for so many groups before it grows."""
LEAST_PERCENT = 4.0
"""The p-chart's scale ends no lower, so that one NG part does not look like a landslide."""


class Charts(QStackedWidget):
    """The p-chart and the Pareto chart; only the one in sight is drawn anew."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._tally: Tally | None = None
        self._drawn: list[object] = [None, None]
        self.process, self.pareto = _plot(), _plot()
        # Made once: new ones for each part would cost the live picture its time.
        self._limits = (self.process.plot(), self.process.plot())
        self._centre = self.process.addLine(y=0)
        self._shares, self._out = self.process.plot(), self.process.plot()
        self.addWidget(self.process)
        self.addWidget(self.pareto)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(0)
        look.changed.connect(self.renew)
        self.currentChanged.connect(lambda _number: self._follow())
        self._wear()

    @property
    def name(self) -> str:
        """Which one is in sight."""
        return ("process", "pareto")[self.currentIndex()]

    def show_chart(self, name: str) -> None:
        """Bring one chart into sight."""
        self.setCurrentIndex(0 if name == "process" else 1)

    def show_tally(self, tally: Tally | None) -> None:
        """Show other numbers; the caller sees to it that this is not asked too often."""
        self._tally = tally
        self._follow()

    def renew(self) -> None:
        """Draw in the language and the colours of now."""
        self._wear()
        self._drawn = [None, None]
        self._follow()

    def _follow(self) -> None:
        tally, number = self._tally, self.currentIndex()
        shown: object = None
        if tally is not None:
            shown = (tally.groups, tally.centre) if number == 0 else tally.pareto
        if shown == self._drawn[number] and tally is not None:
            return
        self._drawn[number] = shown
        if tally is None:
            tally = Tally(datetime.now(UTC))
        (self._draw_process, self._draw_pareto)[number](tally)

    def _draw_process(self, tally: Tally) -> None:
        plot, groups = self.process, tally.groups
        numbers = [group.number for group in groups] or [1]
        shares = [group.share * 100 for group in groups]
        limits = []
        for line, edge in zip(self._limits, ("upper", "lower"), strict=True):
            ends = [(g.number, getattr(g, edge)) for g in groups if getattr(g, edge) is not None]
            xs = [x + side for x, _ in ends for side in (-0.5, 0.5)]
            ys = [y * 100 for _, y in ends for _side in (0, 1)]
            line.setData(xs, ys)
            limits += ys
        self._centre.setVisible(tally.centre is not None)
        self._centre.setValue((tally.centre or 0.0) * 100)
        self._shares.setData(numbers[: len(shares)], shares)
        out = [(group.number, group.share * 100) for group in groups if group.is_out]
        self._out.setData([x for x, _ in out], [y for _, y in out])
        top = max([*shares, *limits, LEAST_PERCENT]) * 1.12
        plot.setXRange(numbers[0] - 0.5, max(numbers[-1], numbers[0] + SHOWN - 1) + 0.5, padding=0)
        plot.setYRange(0, top, padding=0)

    def _draw_pareto(self, tally: Tally) -> None:
        plot, theme = self.pareto, self._look.theme
        room = self.height() // round(theme.px("type_small") * BAR_HEIGHT)
        bars = tally.pareto[: max(2, min(MOST_BARS, room - 1))]
        plot.clear()
        axis = plot.getAxis("left")
        axis.setTicks([[(-n, told(defect_title(label))) for n, (label, _) in enumerate(bars)]])
        if not bars:
            return
        largest = max(count for _, count in bars)
        colour = theme.colour("accent")
        plot.addItem(
            pg.BarGraphItem(
                x0=0, y=[-n for n in range(len(bars))], height=BAR,
                width=[count for _, count in bars], brush=colour, pen=colour,
            )
        )  # fmt: skip
        font = self._font()
        for number, (_, count) in enumerate(bars):
            words = pg.TextItem(f"{count:,}", color=theme.colour("ink"), anchor=(0, 0.5))
            words.setFont(font)
            words.setPos(count, -number)
            plot.addItem(words)
        plot.setXRange(0, largest * 1.22, padding=0)
        plot.setYRange(-max(len(bars), 3) + 0.4, 0.6, padding=0)

    def _pen(self, role: str, style: Qt.PenStyle = Qt.PenStyle.SolidLine, width: int = 1) -> QPen:
        pen = QPen(QColor(self._look.theme.colour(role)), width, style)
        pen.setCosmetic(True)
        return pen

    def _font(self) -> QFont:
        font = QFont(self.font())
        font.setPixelSize(self._look.theme.px("type_small"))
        return font

    def _label_style(self) -> dict[str, str]:
        theme = self._look.theme
        size = f"{theme.px('type_small')}px"
        return {"color": theme.colour("ink_soft").name(), "font-size": size}

    def _wear(self) -> None:
        theme = self._look.theme
        for plot in (self.process, self.pareto):
            plot.setBackground(theme.colour("surface"))
            for name in ("left", "bottom"):
                axis = plot.getAxis(name)
                axis.setTickFont(self._font())
                axis.setTextPen(theme.colour("ink_soft"))
                axis.setPen(theme.colour("line_strong"))
        self.process.setLabel("left", tr("NG, %"), **self._label_style())
        for line in self._limits:
            line.setPen(self._pen("conflict", Qt.PenStyle.DashLine))
        self._centre.setPen(self._pen("ink_faint"))
        accent, out = theme.colour("accent"), theme.colour("conflict")
        self._shares.setPen(self._pen("accent", width=2))
        _point(self._shares, "o", 6, accent)
        self._out.setPen(None)
        _point(self._out, "x", 13, out)
        self.pareto.getAxis("left").setStyle(tickLength=0)
        self.pareto.getAxis("left").setWidth(round(theme.px("title_column") * 1.05))


def _point(line: Any, symbol: str, size: int, colour: QColor) -> None:
    line.setSymbol(symbol)
    line.setSymbolSize(size)
    line.setSymbolBrush(colour)
    line.setSymbolPen(colour)


def _plot() -> Any:
    # One drawing a quarter of a second with edges as they come: smooth ones would cost the live
    # picture its time.
    plot = pg.PlotWidget(enableMenu=False, antialias=False)
    plot.setMouseEnabled(x=False, y=False)
    plot.hideButtons()
    plot.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    plot.setMinimumSize(0, 0)
    plot.getPlotItem().setContentsMargins(4, 8, 8, 2)
    return plot
