"""Sentences for people: English templates in the code, other languages from one catalogue."""

from __future__ import annotations

import locale
import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from app.paths import resources

Catalogue = Mapping[str, str]
"""English template → translated template, with the same placeholders."""

ENGLISH: Catalogue = {}


@dataclass(frozen=True, slots=True)
class Message:
    """One sentence: an English template and its values, translated where it is shown."""

    template: str
    values: tuple[tuple[str, object], ...] = ()

    def text(self, catalogue: Catalogue = ENGLISH) -> str:
        """Return the sentence in the catalogue's language; a value may itself be a Message."""
        template = catalogue.get(self.template, self.template)
        if not self.values:
            return template
        shown = {
            name: value.text(catalogue) if isinstance(value, Message) else value
            for name, value in self.values
        }
        return template.format(**shown)

    def __str__(self) -> str:
        return self.text()


def message(template: str, **values: object) -> Message:
    """Make a Message; the template must be a literal, so that the catalogue can be checked."""
    return Message(template, tuple(values.items()))


@cache
def catalogue(language: str) -> Catalogue:
    """Load every table of one language, e.g. ``zh_CN``; an unknown language reads as English."""
    entries: dict[str, str] = {}
    for table in sorted((resources() / "translations" / language).glob("*.toml")):
        entries.update(tomllib.loads(table.read_text(encoding="utf-8")))
    return entries


def system_language() -> str:
    """``zh_CN`` on a Chinese system, ``en`` elsewhere."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANGUAGE", "LANG"):
        if value := os.environ.get(name):
            return "zh_CN" if value.startswith("zh") else "en"
    return "zh_CN" if (locale.getlocale()[0] or "").startswith(("zh", "Chinese")) else "en"
