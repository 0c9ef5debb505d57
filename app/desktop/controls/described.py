"""Controls for described fields: what a field is decides what a hand gets to change it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, get_args, get_origin

from annotated_types import Ge, Le
from pydantic.fields import FieldInfo
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QPushButton, QSizePolicy, QWidget

from app.desktop.controls.chooser import Choice, Chooser
from app.desktop.controls.segmented import Segmented
from app.desktop.controls.stepper import Stepper
from app.desktop.look import Look
from app.desktop.translation import told, tr
from app.language import Message

Changed = Callable[[object], None]
Choices = Mapping[str, Mapping[object, Message]]
"""The key of a field → each of its values → what it is called."""
SHARE = 2.0
"""A number within so much is a share or a factor and steps by hundredths."""
FINE_STEP, COARSE_STEP = 0.05, 1.0


@dataclass(frozen=True, slots=True)
class Wording:
    """What the values of fields are called, and which fields want another control than usual."""

    choices: Choices = field(default_factory=dict)
    folders: frozenset[str] = frozenset()
    """Texts that are folders and get a button to look for one."""
    listed: frozenset[str] = frozenset()
    """Choices that open as a list, because they are many or long."""

    def leaves_a_choice(self, key: str) -> bool:
        """Say whether there is more than one possible value."""
        return key not in self.choices or len(self.choices[key]) > 1


def control_for(
    look: Look, key: str, described: FieldInfo, changed: Changed, wording: Wording
) -> QWidget:
    """Make the control of one field; ``show_value`` fills it."""
    kind = described.annotation
    if key in wording.listed:
        return _list(look, wording.choices.get(key, {}), changed)
    if key in wording.choices:
        return _segments([(v, told(words)) for v, words in wording.choices[key].items()], changed)
    if get_origin(kind) is Literal:
        return _segments([(v, str(v)) for v in get_args(kind)], changed)
    if kind is bool:
        return _segments([(True, tr("On")), (False, tr("Off"))], changed)
    if kind in (int, float):
        return _number(look, described, changed)
    return _Text(changed, is_folder=key in wording.folders)


def show_value(control: QWidget, value: Any) -> None:
    """Show a value in a control made here, without telling it as changed."""
    if isinstance(control, Segmented | Stepper):
        control.show_value(value)
    elif isinstance(control, Chooser):
        control.show_value(value, "" if control.offers(value) else str(value))
    elif isinstance(control, _Text):
        control.show_value(str(value))


def limits_of(described: FieldInfo) -> tuple[float, float]:
    """Return the lowest and the highest number that a field may hold."""
    low = next((float(str(m.ge)) for m in described.metadata if isinstance(m, Ge)), 0.0)
    high = next((float(str(m.le)) for m in described.metadata if isinstance(m, Le)), 9999.0)
    return low, high


def _segments(choices: list[tuple[Any, str]], changed: Changed) -> Segmented:
    segments = Segmented()
    segments.offer(choices)
    segments.chosen.connect(changed)
    return segments


def _list(look: Look, choices: Mapping[object, Message], changed: Changed) -> Chooser:
    chooser = Chooser(look)
    chooser.offer([Choice(value, told(words)) for value, words in choices.items()])
    chooser.chosen.connect(changed)
    return chooser


def _number(look: Look, described: FieldInfo, changed: Changed) -> Stepper:
    low, high = limits_of(described)
    is_whole = described.annotation is int
    is_fine = not is_whole and high - low <= SHARE
    stepper = Stepper(look, low, high, FINE_STEP if is_fine else COARSE_STEP, is_whole=is_whole)
    stepper.chosen.connect(lambda number: changed(int(number) if is_whole else number))
    return stepper


class _Text(QWidget):
    """A line of text, with a button to look for it where it is a folder."""

    def __init__(self, changed: Changed, *, is_folder: bool) -> None:
        super().__init__()
        self._changed = changed
        self._edit = QLineEdit()
        self._edit.editingFinished.connect(lambda: changed(self._edit.text().strip()))
        self.setFocusProxy(self._edit)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._edit, 1)
        if is_folder:
            browse = QPushButton(tr("Choose …"))
            browse.clicked.connect(lambda: self._choose(browse.text()))
            row.addWidget(browse)

    def show_value(self, value: str) -> None:
        """Show a text; one that a hand is just typing is left alone."""
        if value != self._edit.text().strip():
            self._edit.setText(value)

    def _choose(self, title: str) -> None:
        if name := QFileDialog.getExistingDirectory(self, title, self._edit.text()):
            self._edit.setText(name)
            self._changed(name)
