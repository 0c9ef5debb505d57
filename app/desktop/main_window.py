"""The one window: rail, notices, page, status line. It lays out and connects."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QSettings, Qt, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QIcon,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QMainWindow,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.desktop.controls.keyed import KeyedAction
from app.desktop.counter.page import CounterPage
from app.desktop.keys_sheet import KeysSheet, Line, lines_of
from app.desktop.line.page import LinePage
from app.desktop.look import Look
from app.desktop.notices import Notices
from app.desktop.rail import Entry, Rail
from app.desktop.recipes.page import RecipesPage
from app.desktop.records.page import RecordsPage
from app.desktop.settings.page import SettingsPage
from app.desktop.status_line import StatusLine
from app.desktop.translation import told, tr
from app.desktop.welcome import WelcomePage
from app.language import message
from app.paths import resources

COUNTER = Entry("counter", message("Counter"), "counter", "Ctrl+1")
LINE = Entry("line", message("Line"), "line", "Ctrl+2")
RECORDS = Entry("records", message("Records"), "records", "Ctrl+3")
RECIPES = Entry("recipes", message("Recipes"), "recipes", "Ctrl+4")
SETTINGS = Entry("settings", message("Settings"), "settings", "Ctrl+,")
SMALLEST = (1024, 640)
FIRST = (1366, 768)


@dataclass(frozen=True, slots=True)
class Pages:
    """Every page of the window."""

    counter: CounterPage
    line: LinePage
    records: RecordsPage
    recipes: RecipesPage
    settings: SettingsPage


class MainWindow(QMainWindow):
    """Holds the pages; what they want of each other is connected by the application."""

    dropped = Signal(object)
    """list[Path] that a hand dropped on the window."""
    page_shown = Signal(str)
    """Name of the page that came into sight."""
    closing = Signal()

    def __init__(self, look: Look, places: QSettings, pages: Pages) -> None:
        super().__init__()
        self._look, self._places = look, places
        self.counter, self.line = pages.counter, pages.line
        self.records, self.recipes = pages.records, pages.recipes
        self.settings = pages.settings
        self.welcome = WelcomePage(look)
        self.rail = Rail(look, (COUNTER, LINE, RECORDS, RECIPES), (SETTINGS,))
        self.notices = Notices(look)
        self.help = KeyedAction(self, message("All keys"), ["F1", "?"], self.show_keys, "keyboard")
        self.whole = KeyedAction(self, message("Whole screen"), ["F11"], self._toggle_whole)
        self.status = StatusLine(look, self.help)
        self._stack = QStackedWidget()
        self._pages: dict[str, QWidget] = {
            COUNTER.name: pages.counter,
            LINE.name: pages.line,
            RECORDS.name: pages.records,
            RECIPES.name: pages.recipes,
            SETTINGS.name: pages.settings,
        }
        for page in (*self._pages.values(), self.welcome):
            self._stack.addWidget(page)
        self._lay_out()
        self.keys_sheet = KeysSheet(look, self)
        self._dropzone = QLabel(self)
        self._dropzone.setObjectName("dropzone")
        self._dropzone.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._dropzone.hide()
        self.rail.chosen.connect(self.show_page)
        self.setAcceptDrops(True)
        self.setWindowIcon(QIcon(str(resources() / "icons" / "mingjian.svg")))
        self.setWindowTitle("明鉴 Mingjian")
        self.setMinimumSize(*SMALLEST)
        self._restore()

    @property
    def page(self) -> str:
        """Name of the page in sight; empty while the first question is asked."""
        shown = self._stack.currentWidget()
        return next((name for name, page in self._pages.items() if page is shown), "")

    @property
    def page_left(self) -> str:
        """Name of the page that the window was left on; empty at the first start."""
        name = str(self._places.value("page", ""))
        return name if name in self._pages else ""

    def show_page(self, name: str) -> None:
        """Bring one page into sight."""
        for always in (self.rail, self.status):
            always.show()
        self._stack.setCurrentWidget(self._pages[name])
        self.rail.show_page(name)
        self._places.setValue("page", name)
        self.page_shown.emit(name)

    def ask_workplace(self) -> None:
        """Ask the one question of the first start, and show nothing else."""
        for later in (self.rail, self.status):
            later.hide()
        self._stack.setCurrentWidget(self.welcome)

    def show_keys(self) -> None:
        """Show every key on one sheet."""
        columns = [(message("Everywhere"), self._everywhere())]
        if self.page == COUNTER.name:
            keys = lines_of(self.counter.keys.all)
            columns = [(COUNTER.title, keys), (message("In a field"), _field_lines()), *columns]
        elif self.page == LINE.name:
            columns = [(LINE.title, lines_of(self.line.keys.all)), *columns]
        elif self.page == RECORDS.name:
            columns = [(RECORDS.title, lines_of(self.records.keys.all)), *columns]
        elif self.page == RECIPES.name:
            keys = lines_of(self.recipes.keys.all)
            columns = [(RECIPES.title, keys), (message("On the part"), _part_lines()), *columns]
        self.keys_sheet.open(columns)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self.keys_sheet.setGeometry(self.rect())

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        self._places.setValue("geometry", self.saveGeometry())
        self._places.sync()
        self.hide()
        self.closing.emit()
        super().closeEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 - Qt's name
        if _paths(event):
            event.acceptProposedAction()
            page = self._look.theme.px("page")
            self._dropzone.setText(tr("Let go here to read these files"))
            self._dropzone.setProperty("role", "title")
            self._dropzone.setGeometry(self._stack.geometry().adjusted(page, page, -page, -page))
            self._dropzone.raise_()
            self._dropzone.show()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:  # noqa: N802 - Qt's name
        super().dragLeaveEvent(event)
        self._dropzone.hide()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 - Qt's name
        self._dropzone.hide()
        if paths := _paths(event):
            event.acceptProposedAction()
            self.dropped.emit(paths)

    def _toggle_whole(self) -> None:
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)

    def _everywhere(self) -> list[Line]:
        entries = (COUNTER, LINE, RECORDS, RECIPES, SETTINGS)
        pages = [(entry.key, told(entry.title)) for entry in entries]
        return [*pages, ("F10", tr("The button of a notice")), *lines_of([self.whole, self.help])]

    def _lay_out(self) -> None:
        central = QWidget()
        central.setObjectName("canvas")
        self.setCentralWidget(central)
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        self._strip = QVBoxLayout()
        self._strip.addWidget(self.notices)
        right.addLayout(self._strip)
        right.addWidget(self._stack, 1)
        right.addWidget(self.status)
        row = QHBoxLayout(central)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.rail)
        row.addLayout(right, 1)
        self._look.changed.connect(self._follow_look)
        self._follow_look()

    def _follow_look(self) -> None:
        theme = self._look.theme
        page = theme.px("page")
        self._strip.setContentsMargins(page, theme.px("small"), page, 0)

    def _restore(self) -> None:
        geometry = self._places.value("geometry")
        if geometry is None or not self.restoreGeometry(geometry):
            self.resize(*FIRST)


def _paths(event: QDropEvent) -> list[Path]:
    return [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]


def _field_lines() -> list[Line]:
    return [
        ("1–9", tr("Take a reading of the doubtful character")),
        (tr("Typing"), tr("Replaces the doubtful character")),
        ("Enter", tr("Confirm and go to the next doubtful field")),
        ("Esc", tr("Take back")),
        ("↑  ↓", tr("Previous or next field")),
        ("Tab", tr("Next field")),
    ]


def _part_lines() -> list[Line]:
    return [
        (tr("Dragging"), tr("Pulls at an edge, moves an area, moves the picture")),
        ("↑  ↓  ←  →", tr("Moves the chosen area by one pixel, with Ctrl by 20")),
        ("Shift+↑↓←→", tr("Makes the chosen area larger or smaller")),
        ("Enter", tr("Places an area that was to be drawn")),
        ("Esc", tr("Lets go of the area")),
        (tr("Wheel"), tr("Looks closer or from farther away")),
    ]
