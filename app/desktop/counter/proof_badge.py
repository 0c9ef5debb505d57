"""Why a value may be believed: an icon, a word and a colour, in this order of importance."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from app.desktop.look import Look
from app.desktop.translation import tr
from app.vocabulary import Field, Proof

BY_HAND = "hand"
ICONS = {
    Proof.PROVEN: "shield",
    Proof.CONFIRMED: "agree",
    Proof.READ: "glance",
    Proof.CONFLICT: "clash",
    Proof.MISSING: "absent",
    BY_HAND: "hand",
}


def proof_words(sign: str) -> str:
    """Name a proof, or the confirmation by hand, in the language of the window."""
    return {
        Proof.PROVEN: tr("Proven"),
        Proof.CONFIRMED: tr("Confirmed"),
        Proof.READ: tr("Only read"),
        Proof.CONFLICT: tr("Conflict"),
        Proof.MISSING: tr("Missing"),
        BY_HAND: tr("By hand"),
    }[sign]


def sign_of(field: Field, *, is_by_hand: bool) -> str:
    """Return what is shown for a field: a hand's word stands where the machine only read."""
    return BY_HAND if is_by_hand and field.proof is Proof.READ else field.proof


class ProofBadge(QWidget):
    """A pill with the icon and the word of one proof."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self._sign: str = Proof.READ

    @property
    def sign(self) -> str:
        """What is shown: a Proof, or BY_HAND."""
        return self._sign

    def show_sign(self, sign: str) -> None:
        """Show a proof, or that a hand confirmed the value."""
        if sign != self._sign:
            self._sign = sign
            self.updateGeometry()
            self.update()
        self.setAccessibleName(proof_words(sign))

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        theme = self._look.theme
        words = QFontMetricsF(self._font()).horizontalAdvance(proof_words(self._sign))
        width = words + theme.px("icon_small") + 2 * theme.px("small") + theme.px("tight")
        return QSize(round(width) + 1, theme.px("control_small") - theme.px("tight"))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802 - Qt's name
        theme, role = self._look.theme, str(self._sign)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(f"{role}_ground"))
        size = self.sizeHint()
        pill = QRectF(0, (self.height() - size.height()) / 2, size.width(), size.height())
        painter.drawRoundedRect(pill, pill.height() / 2, pill.height() / 2)
        side = theme.px("icon_small")
        x = theme.px("small")
        icon = self._look.pixmap(ICONS[self._sign], role, "icon_small")
        painter.drawPixmap(QPointF(x, pill.center().y() - side / 2), icon)
        painter.setPen(theme.colour(role))
        painter.setFont(self._font())
        words = pill.adjusted(x + side + theme.px("tight"), 0, 0, 0)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, proof_words(self._sign))
        painter.end()

    def _font(self) -> QFont:
        font = QFont(self.font())
        font.setPixelSize(self._look.theme.px("type_small"))
        font.setWeight(QFont.Weight.Medium)
        return font
