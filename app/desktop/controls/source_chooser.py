"""Chooses where pictures come from: what was found, files, a folder."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath

from PySide6.QtCore import QEvent, Signal

from app.capture import Found
from app.desktop.controls.chooser import Choice, Chooser
from app.desktop.look import Look
from app.desktop.translation import told, tr

OPEN_FILES, WATCH_FOLDER = object(), object()
ICONS = {"v4l2": "camera", "scanner": "scanner", "stream": "stream", "folder": "folder"}


class SourceChooser(Chooser):
    """A chooser that knows how sources are called."""

    source_chosen = Signal(str)
    files_wanted = Signal()
    folder_wanted = Signal()

    def __init__(self, look: Look, *, takes_files: bool = True) -> None:
        super().__init__(look)
        self._takes_files = takes_files
        self._address, self._own_words = "", ""
        self._found: tuple[Found, ...] | None = None
        self.chosen.connect(self._on_chosen)

    def show_source(self, address: str, words: str = "") -> None:
        """Show the source at work; its own words where it has a name."""
        self._address, self._own_words = address, words
        self._follow()

    def offer_sources(self, found: Sequence[Found] | None) -> None:
        """Offer what was found; None while it is looked for."""
        self._found = None if found is None else tuple(found)
        self._follow()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._follow()

    def _follow(self) -> None:
        choices = [Choice(f.address, told(f.title), _icon(f.address)) for f in self._found or ()]
        if self._address and all(choice.value != self._address for choice in choices):
            words = self._own_words or _short(self._address)
            choices.insert(0, Choice(self._address, words, _icon(self._address)))
        if self._found is None:
            choices.append(Choice("", tr("Looking for devices …"), is_enabled=False))
        if self._takes_files:
            choices.append(Choice(OPEN_FILES, tr("Open files …"), "file", starts_group=True))
        words = tr("Watch a folder …") if self._takes_files else tr("Pictures of a folder …")
        starts_group = not self._takes_files
        choices.append(Choice(WATCH_FOLDER, words, "folder", starts_group=starts_group))
        self.offer(choices)
        shown = self._own_words if self._address else tr("Choose a source")
        self.show_value(self._address, shown)

    def _on_chosen(self, value: object) -> None:
        if value is OPEN_FILES:
            self.files_wanted.emit()
        elif value is WATCH_FOLDER:
            self.folder_wanted.emit()
        else:
            self.source_chosen.emit(str(value))


def _icon(address: str) -> str:
    return ICONS.get(address.partition(":")[0], "sample")


def _short(address: str) -> str:
    """Name a source that nobody named: the last part of its path."""
    target = address.partition(":")[2].partition("?")[0]
    return PurePath(target).name or target or address
