"""The one question of the first start: what is this machine used for?"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from app.desktop.controls.keyed import KeyedAction
from app.desktop.look import Look
from app.desktop.translation import told, tr
from app.language import Message, message


@dataclass(frozen=True, slots=True)
class _Answer:
    name: str
    icon: str
    title: Message
    hint: Message
    key: str


ANSWERS = (
    _Answer(
        "counter",
        "counter",
        message("Counter"),
        message("Identity documents, licences and invoices are read, checked and kept."),
        "1",
    ),
    _Answer(
        "line",
        "line",
        message("Line"),
        message("Parts under a camera are judged OK, NG or REVIEW as they come."),
        "2",
    ),
)


class WelcomePage(QWidget):
    """Two large buttons with a key each."""

    chosen = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setObjectName("page")
        self._look = look
        self._title, self._hint = QLabel(), QLabel()
        self._title.setProperty("role", "question")
        self._hint.setProperty("role", "soft")
        self.cards = [_Card(look, answer) for answer in ANSWERS]
        self._row = QHBoxLayout()
        for answer, card in zip(ANSWERS, self.cards, strict=True):
            card.clicked.connect(lambda _checked=False, name=answer.name: self.chosen.emit(name))
            action = KeyedAction(self, answer.title, [answer.key], card.click)
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            self._row.addWidget(card, 1)
        # In the stack of pages it asks for no room: it is only seen while nothing else is.
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self._column = QVBoxLayout(self)
        self._column.addStretch(1)
        centre = Qt.AlignmentFlag.AlignHCenter
        self._column.addWidget(self._title, 0, centre)
        self._column.addLayout(self._row)
        self._column.addWidget(self._hint, 0, centre)
        self._column.addStretch(2)
        look.changed.connect(self._follow)
        self._follow()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        super().showEvent(event)
        self.cards[0].setFocus()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._follow()

    def _follow(self) -> None:
        theme = self._look.theme
        page = theme.px("page")
        side = 3 * page
        self._column.setContentsMargins(side, page, side, page)
        self._column.setSpacing(page)
        self._row.setSpacing(2 * page)
        self._title.setText(tr("What is this machine used for?"))
        self._hint.setText(tr("Both stay at hand in the rail; this only decides what it opens on."))


class _Card(QPushButton):
    """Icon, title, sentence and key, one below the other."""

    def __init__(self, look: Look, answer: _Answer) -> None:
        super().__init__()
        self.setProperty("role", "answer")
        self._look, self._answer = look, answer
        self._icon, self._title, self._hint, self._key = QLabel(), QLabel(), QLabel(), QLabel()
        self._title.setProperty("role", "title")
        self._hint.setProperty("role", "soft")
        self._key.setProperty("role", "key")
        self._hint.setWordWrap(True)
        self._hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._column = QVBoxLayout(self)
        for label in (self._icon, self._title, self._hint, self._key):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        centre = Qt.AlignmentFlag.AlignHCenter
        self._column.addStretch(1)
        self._column.addWidget(self._icon, 0, centre)
        self._column.addWidget(self._title, 0, centre)
        self._column.addWidget(self._hint)
        self._column.addWidget(self._key, 0, centre)
        self._column.addStretch(1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        look.changed.connect(self._follow)
        self._follow()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._follow()

    def _follow(self) -> None:
        theme = self._look.theme
        pad = theme.px("page")
        self._column.setContentsMargins(pad, pad, pad, pad)
        self._column.setSpacing(theme.px("small"))
        self.setFixedHeight(theme.px("answer"))
        self._icon.setPixmap(self._look.pixmap(self._answer.icon, "accent", "verdict_icon"))
        self._title.setText(told(self._answer.title))
        self._hint.setText(told(self._answer.hint))
        self._key.setText(self._answer.key)
        self.setAccessibleName(told(self._answer.title))
