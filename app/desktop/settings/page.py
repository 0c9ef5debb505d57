"""The settings page: one card a section, one line a field, in force as soon as it is changed."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel
from pydantic.fields import FieldInfo
from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from app.desktop.controls.described import control_for, show_value
from app.desktop.look import Look
from app.desktop.settings.words import WORDING
from app.desktop.timers import resting
from app.desktop.touch import follow_finger
from app.desktop.translation import tr
from app.settings import Settings

MOST_WIDE = 9
"""Title columns of width; longer lines are hard to follow."""


class SettingsPage(QScrollArea):
    """Generated from the fields; ``changed`` carries new Settings."""

    changed = Signal(object)

    def __init__(self, look: Look, settings: Settings) -> None:
        super().__init__()
        self._look, self._settings = look, settings
        self.controls: dict[str, QWidget] = {}
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        follow_finger(self)
        # Later, because the control that a hand is on must outlive its own signal.
        self._later = resting(self, 0, self._renew)
        look.changed.connect(self._later.start)
        self._renew()

    def show_settings(self, settings: Settings) -> None:
        """Show settings that were changed elsewhere."""
        if settings != self._settings:
            self._settings = settings
            self._later.start()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._later.start()

    def _renew(self) -> None:
        focused = next((k for k, w in self.controls.items() if _has_focus(w)), None)
        place = self.verticalScrollBar().value()
        theme = self._look.theme
        page = theme.px("page")
        inner = QWidget()
        inner.setObjectName("inner")
        column = QVBoxLayout(inner)
        column.setContentsMargins(page, theme.px("gap"), page, page)
        column.setSpacing(theme.px("wide"))
        for name, section in Settings.model_fields.items():
            column.addWidget(self._card(name, section))
        column.addStretch()
        self.setWidget(inner)
        self.verticalScrollBar().setValue(place)
        if focused is not None:
            self.controls[focused].setFocus()

    def _card(self, name: str, section: FieldInfo) -> QFrame:
        theme = self._look.theme
        card = QFrame()
        card.setProperty("role", "card")
        card.setMaximumWidth(MOST_WIDE * theme.px("title_column"))
        column = QVBoxLayout(card)
        wide = theme.px("page")
        column.setContentsMargins(wide, wide, wide, wide)
        column.setSpacing(theme.px("wide"))
        title = QLabel(tr(section.title or name))
        title.setProperty("role", "title")
        column.addWidget(title)
        values: BaseModel = getattr(self._settings, name)
        for field_name, field in type(values).model_fields.items():
            key = f"{name}.{field_name}"
            if WORDING.leaves_a_choice(key):
                column.addLayout(self._line(key, field, getattr(values, field_name)))
        return card

    def _line(self, key: str, field: FieldInfo, value: Any) -> QHBoxLayout:
        theme = self._look.theme
        words = QVBoxLayout()
        words.setSpacing(0)
        title = QLabel(tr(field.title or key))
        hint = QLabel(tr(field.description or ""))
        hint.setProperty("role", "small")
        for label in (title, hint):
            label.setWordWrap(True)
            label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
            words.addWidget(label)
        control = control_for(self._look, key, field, lambda v: self._set(key, v), WORDING)
        show_value(control, value)
        control.setAccessibleName(title.text())
        self.controls[key] = control
        line = QHBoxLayout()
        line.setSpacing(theme.px("page"))
        line.addLayout(words, 1)
        line.addWidget(control, 1, Qt.AlignmentFlag.AlignVCenter)
        return line

    def _set(self, key: str, value: object) -> None:
        section, _, name = key.partition(".")
        old = getattr(self._settings, section)
        if getattr(old, name) == value:
            return
        new = type(old).model_validate({**old.model_dump(), name: value})
        self._settings = self._settings.model_copy(update={section: new})
        self.changed.emit(self._settings)


def _has_focus(widget: QWidget) -> bool:
    focused = widget.window().focusWidget()
    return focused is not None and (focused is widget or widget.isAncestorOf(focused))
