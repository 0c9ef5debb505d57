"""Tokens by role → colours, sizes, palette and style sheet; no widget knows a literal."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from string import Template
from typing import Any

from PySide6.QtGui import QColor, QPalette

from app.paths import resources

THEMES = ("light", "dark")
DISTANCE_GROWTH = 0.34
"""How much of the font scale a distance follows."""


@dataclass(frozen=True, slots=True)
class Theme:
    """One look: every colour and measure by its role, at one font scale."""

    name: str
    scale: float
    colours: Mapping[str, str]
    measures: Mapping[str, int]

    def colour(self, role: str) -> QColor:
        """Return a colour by role; an unknown role is a bug."""
        return QColor(self.colours[role])

    def px(self, role: str) -> int:
        """Return a size or distance by role, in logical pixels."""
        return self.measures[role]

    def style_sheet(self, fonts: Mapping[str, str]) -> str:
        """Fill the one template; a token that is missing is a bug."""
        template = Template((_folder() / "window.qss").read_text(encoding="utf-8"))
        return template.substitute(self.colours, **self.measures, **fonts)

    def palette(self) -> QPalette:
        """Return the palette for what the style sheet does not reach."""
        palette = QPalette()
        roles = {
            QPalette.ColorRole.Window: "canvas",
            QPalette.ColorRole.WindowText: "ink",
            QPalette.ColorRole.Base: "surface",
            QPalette.ColorRole.AlternateBase: "canvas",
            QPalette.ColorRole.Text: "ink",
            QPalette.ColorRole.PlaceholderText: "ink_faint",
            QPalette.ColorRole.Button: "surface",
            QPalette.ColorRole.ButtonText: "ink",
            QPalette.ColorRole.BrightText: "conflict",
            QPalette.ColorRole.Highlight: "accent",
            QPalette.ColorRole.HighlightedText: "accent_ink",
            QPalette.ColorRole.ToolTipBase: "ink",
            QPalette.ColorRole.ToolTipText: "surface",
            QPalette.ColorRole.Link: "accent",
        }
        for role, token in roles.items():
            palette.setColor(role, self.colour(token))
        for role in (QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
            palette.setColor(QPalette.ColorGroup.Disabled, role, self.colour("ink_faint"))
        return palette


def load_theme(name: str, scale: float = 1.0) -> Theme:
    """Read one theme; ``name`` is one of THEMES."""
    measures = {
        role: _scaled(kind, size, scale)
        for kind, sizes in _table("measures").items()
        for role, size in sizes.items()
    }
    return Theme(name, scale, dict(_table(name)), measures)


def _scaled(kind: str, size: int, scale: float) -> int:
    if kind == "fixed":
        return size
    if kind == "distance":
        return round(size * (1 + (scale - 1) * DISTANCE_GROWTH))
    return round(size * scale)


@cache
def _table(name: str) -> dict[str, Any]:
    return tomllib.loads((_folder() / f"{name}.toml").read_text(encoding="utf-8"))


def _folder() -> Path:
    return resources() / "theme"
