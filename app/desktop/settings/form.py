"""Controls for described fields: what a field is decides what a hand gets to change it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal, get_args, get_origin

from annotated_types import Ge, Le
from pydantic.fields import FieldInfo
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QPushButton, QWidget

from app.desktop.controls.segmented import Segmented
from app.desktop.controls.stepper import Stepper
from app.desktop.look import Look
from app.desktop.settings.words import CHOICES, FOLDERS
from app.desktop.translation import told, tr

Changed = Callable[[object], None]


def leaves_a_choice(key: str) -> bool:
    """Say whether there is more than one possible value."""
    return key not in CHOICES or len(CHOICES[key]) > 1


def control_for(look: Look, key: str, field: FieldInfo, value: Any, changed: Changed) -> QWidget:
    """Make the control of one field, showing its value."""
    kind = field.annotation
    if key in CHOICES:
        return _segments([(v, told(words)) for v, words in CHOICES[key].items()], value, changed)
    if get_origin(kind) is Literal:
        return _segments([(v, str(v)) for v in get_args(kind)], value, changed)
    if kind is bool:
        return _segments([(True, tr("On")), (False, tr("Off"))], value, changed)
    if kind in (int, float):
        return _number(look, field, value, changed)
    return _text(key, str(value), changed)


def _segments(choices: list[tuple[Any, str]], value: object, changed: Changed) -> Segmented:
    segments = Segmented()
    segments.offer(choices)
    segments.show_value(value)
    segments.chosen.connect(changed)
    return segments


def _number(look: Look, field: FieldInfo, value: Any, changed: Changed) -> Stepper:
    low = next((float(str(m.ge)) for m in field.metadata if isinstance(m, Ge)), 0.0)
    high = next((float(str(m.le)) for m in field.metadata if isinstance(m, Le)), 9999.0)
    is_whole = field.annotation is int
    stepper = Stepper(look, low, high, 1.0 if is_whole else (high - low) / 20)
    stepper.show_value(value)
    stepper.chosen.connect(lambda number: changed(int(number) if is_whole else number))
    return stepper


def _text(key: str, value: str, changed: Changed) -> QWidget:
    edit = QLineEdit(value)
    edit.editingFinished.connect(lambda: changed(edit.text().strip()))
    if key not in FOLDERS:
        return edit
    both = QWidget()
    row = QHBoxLayout(both)
    row.setContentsMargins(0, 0, 0, 0)
    browse = QPushButton(tr("Choose …"))
    row.addWidget(edit, 1)
    row.addWidget(browse)
    both.setFocusProxy(edit)

    def choose() -> None:
        if name := QFileDialog.getExistingDirectory(both, browse.text(), edit.text()):
            edit.setText(name)
            changed(name)

    browse.clicked.connect(choose)
    return both
