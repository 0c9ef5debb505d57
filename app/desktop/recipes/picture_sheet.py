"""The sheet of the picture: what of it is judged, when it is too poor, how large ones are shown."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QLabel, QVBoxLayout, QWidget

from app.desktop.controls.described import Wording
from app.desktop.controls.field_lines import ROOM_FOR_TWO, FieldLines
from app.desktop.controls.keyed import KeyedAction, KeyedButton
from app.desktop.look import Look
from app.desktop.translation import tr
from app.recipes import Area, PictureLimits, Recipe, Tiling
from app.vocabulary import Light

MEASURED = {
    "darkest": "brightness",
    "brightest": "brightness",
    "contrast": "contrast",
    "sharpness": "sharpness",
}
"""Limit of a picture → what of the shown one it is held against."""


class PictureSheet(QWidget):
    """Shows region, masks and sections; tells what a hand wants changed."""

    changed = Signal(str, object)
    """Key of a field, as in ``picture.darkest``, and its new value."""

    def __init__(self, look: Look, actions: Mapping[str, KeyedAction]) -> None:
        """``actions`` draw the region and the masks."""
        super().__init__()
        self._look = look
        self._recipe: Recipe | None = None
        self._areas = {name: AreaLine(look, name, action) for name, action in actions.items()}
        self.sections = {
            "picture": FieldLines(look, PictureLimits, ()),
            "tiling": FieldLines(look, Tiling, (), "tiling."),
        }
        self._titles = {name: _title() for name in self.sections}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        for line in self._areas.values():
            self._column.addWidget(line)
        for name, section in self.sections.items():
            self._column.addWidget(self._titles[name])
            self._column.addWidget(section)
            section.changed.connect(
                lambda field, value, name=name: self.changed.emit(f"{name}.{field}", value)
            )
        self._column.addStretch()
        look.changed.connect(self._follow)
        self._follow()

    def take_words(self, wording: Wording) -> None:
        """Call the values otherwise."""
        for section in self.sections.values():
            section.take_words(wording)

    def show_recipe(self, recipe: Recipe, saved: Recipe) -> None:
        """Show what is in work, and what is saved where it differs."""
        self._recipe = recipe
        for name, section in self.sections.items():
            section.show_values(getattr(recipe, name), getattr(saved, name))
        self._follow()

    def show_light(self, light: Light | None) -> None:
        """Tell how the shown part is lit, beside each limit."""
        for name, measured in MEASURED.items():
            words = ""
            if light is not None:
                value = f"{getattr(light, measured):.3g}"
                words = tr("This part: {value}.").format(value=value)
            self.sections["picture"].lines[name].show_measured(words)

    def show_faults(self, faults: Mapping[str, str]) -> None:
        """Tell what is wrong with region and masks."""
        for name, line in self._areas.items():
            line.show_fault(faults.get(name, ""))

    def area_words(self, name: str) -> str:
        """Return what is said of the region or the masks."""
        return self._areas[name].words

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._follow()

    def _follow(self) -> None:
        self._column.setSpacing(self._look.theme.px("gap"))
        for name, title in self._titles.items():
            title.setText(tr(Recipe.model_fields[name].title or name))
        if self._recipe is None:
            return
        region, masks = self._recipe.region, self._recipe.masks
        self._areas["region"].show_words(_area_words(region) if region else tr("All of it."))
        self._areas["masks"].show_words(
            tr("{n} areas are left out.").format(n=len(masks)) if masks else tr("None.")
        )


class AreaLine(QWidget):
    """A field that is drawn on the picture: what is drawn, and the button to draw it."""

    def __init__(self, look: Look, name: str, action: KeyedAction) -> None:
        super().__init__()
        self._name = name
        self._title, self._words, self._fault = QLabel(), QLabel(), QLabel()
        self._words.setProperty("role", "small")
        self._fault.setProperty("role", "fault")
        self._fault.hide()
        words = QVBoxLayout()
        words.setSpacing(0)
        for label in (self._title, self._words, self._fault):
            label.setWordWrap(True)
            words.addWidget(label)
        self._look = look
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addLayout(words, 1)
        self._row.addWidget(KeyedButton(look, action, ""), 0, Qt.AlignmentFlag.AlignLeft)

    @property
    def words(self) -> str:
        """Everything that is said."""
        return f"{self._words.text()} {self._fault.text()}".strip()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        is_narrow = self.width() < ROOM_FOR_TWO * self._look.theme.px("title_column")
        way = QBoxLayout.Direction
        self._row.setDirection(way.TopToBottom if is_narrow else way.LeftToRight)

    def show_words(self, words: str) -> None:
        """Say what is drawn."""
        field = Recipe.model_fields[self._name]
        self._title.setText(tr(field.title or self._name))
        self._words.setText(f"{tr(field.description or '')} {words}")

    def show_fault(self, words: str) -> None:
        """Say what is wrong."""
        self._fault.setText(words)
        self._fault.setVisible(bool(words))


def _area_words(area: Area) -> str:
    return tr("{width} × {height} pixels from {left}, {top}.").format(
        width=area[2] - area[0], height=area[3] - area[1], left=area[0], top=area[1]
    )


def _title() -> QLabel:
    label = QLabel()
    label.setProperty("role", "large")
    return label
