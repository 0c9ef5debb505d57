"""The look in force: one theme and its icons, changed while the window runs."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QGuiApplication, QIcon, QImage, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication, QWidget

from app.desktop import fonts
from app.desktop.theme import load_theme
from app.paths import resources


class Look(QObject):
    """Holds the theme; widgets that paint themselves ask it and follow ``changed``."""

    changed = Signal()

    def __init__(self, application: QApplication, parent: QObject) -> None:
        super().__init__(parent)
        self._application = application
        self._choice = "light"
        self._icons: dict[tuple[str, str, int, float], QPixmap] = {}
        self.theme = load_theme("light")
        application.styleHints().colorSchemeChanged.connect(self._on_system_changed)

    def wear(self, choice: str, scale: float) -> None:
        """Put on ``light``, ``dark`` or the ``system``'s theme at one font scale."""
        self._choice = choice
        name = self._system_theme() if choice == "system" else choice
        self.theme = load_theme(name, scale)
        self._icons.clear()
        text, mono = fonts.text_families(), fonts.mono_families()
        font = self._application.font()
        font.setFamilies(text)
        font.setPixelSize(self.theme.px("type_text"))
        self._application.setFont(font)
        self._application.setPalette(self.theme.palette())
        self._application.setStyleSheet(
            self.theme.style_sheet({"family": _quoted(text), "mono": _quoted(mono)})
        )
        self.changed.emit()

    def icon(self, name: str, role: str = "ink", size: str = "icon") -> QIcon:
        """Return one of our icons in the colour of a role."""
        return QIcon(self.pixmap(name, role, size))

    def pixmap(self, name: str, role: str = "ink", size: str = "icon") -> QPixmap:
        """Return one of our icons, sharp on this screen."""
        px = self.theme.px(size)
        ratio = self._application.devicePixelRatio()
        key = (name, role, px, ratio)
        if key not in self._icons:
            self._icons[key] = self._drawn(name, role, px, ratio)
        return self._icons[key]

    def _drawn(self, name: str, role: str, px: int, ratio: float) -> QPixmap:
        svg = (resources() / "icons" / f"{name}.svg").read_bytes()
        colour = self.theme.colour(role).name().encode()
        image = QImage(
            round(px * ratio), round(px * ratio), QImage.Format.Format_ARGB32_Premultiplied
        )
        image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        renderer = QSvgRenderer(QByteArray(svg.replace(b"currentColor", colour)))
        renderer.render(painter, QRectF(image.rect()))
        painter.end()
        image.setDevicePixelRatio(ratio)
        return QPixmap.fromImage(image)

    def _system_theme(self) -> str:
        dark = QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
        return "dark" if dark else "light"

    def _on_system_changed(self) -> None:
        if self._choice == "system" and self.theme.name != self._system_theme():
            self.wear("system", self.theme.scale)


def restyle(widget: QWidget) -> None:
    """Let the style sheet see a changed property."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)


def _quoted(names: list[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)
