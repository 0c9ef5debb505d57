"""Problems as one strip at the top: one sentence, one button; the same problem never stacks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout

from app.desktop.controls.keyed import KeyedAction, KeyedButton
from app.desktop.look import Look, restyle
from app.desktop.translation import told
from app.language import Message, message

GOT_IT = message("Got it")


@dataclass(frozen=True, slots=True)
class Notice:
    """One problem and the one thing to do about it."""

    what: Message
    hint: Message
    code: str
    button: Message = GOT_IT
    """Without words of its own the button only puts the notice away."""
    do: Callable[[], object] | None = None
    tone: str = "conflict"


class Notices(QFrame):
    """Shows the newest problem; when it is solved, the one before it comes back."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._notices: dict[str, Notice] = {}
        self._icon = QLabel()
        self._what = QLabel()
        self._hint = QLabel()
        self._hint.setProperty("role", "soft")
        for label in (self._what, self._hint):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.action = KeyedAction(self, GOT_IT, ["F10"], self._on_done)
        self.action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._what)
        words.addWidget(self._hint)
        self._row = QHBoxLayout(self)
        self._row.addWidget(self._icon)
        self._row.addLayout(words, 1)
        self._row.addWidget(KeyedButton(look, self.action, ""))
        self.setProperty("tone", "conflict")
        look.changed.connect(self._follow)
        self._follow()

    @property
    def codes(self) -> tuple[str, ...]:
        """Codes of the problems that stand, oldest first."""
        return tuple(self._notices)

    @property
    def sentence(self) -> str:
        """What is shown now."""
        return self._what.text()

    def tell(self, notice: Notice) -> None:
        """Show a problem; one of the same code gives way."""
        self._notices.pop(notice.code, None)
        self._notices[notice.code] = notice
        self._follow()

    def solve(self, code: str) -> None:
        """Take the problem of one code away."""
        if self._notices.pop(code, None):
            self._follow()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._follow()

    def _newest(self) -> Notice | None:
        return next(reversed(self._notices.values()), None)

    def _on_done(self) -> None:
        notice = self._newest()
        if notice is None:
            return
        self.solve(notice.code)
        if notice.do is not None:
            notice.do()

    def _follow(self) -> None:
        theme, notice = self._look.theme, self._newest()
        self._row.setContentsMargins(
            theme.px("wide"), theme.px("small"), theme.px("small"), theme.px("small")
        )
        self._row.setSpacing(theme.px("gap"))
        self.setVisible(notice is not None)
        self.action.setEnabled(notice is not None)
        if notice is None:
            return
        if notice.tone != self.property("tone"):
            self.setProperty("tone", notice.tone)
            restyle(self)
        self._icon.setPixmap(self._look.pixmap("review", notice.tone, "icon_large"))
        self._what.setText(told(notice.what))
        self._hint.setText(told(notice.hint))
        self._hint.setVisible(bool(self._hint.text()))
        self.action.say(notice.button)
