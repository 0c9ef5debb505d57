"""Tokens by role: nothing literal, the same roles in both themes, enough contrast everywhere."""

from __future__ import annotations

import re
from itertools import product

import pytest
from PySide6.QtGui import QColor, QPalette

from app.desktop import fonts
from app.desktop.theme import THEMES, load_theme
from app.paths import resources
from desktop.conftest import MakeClerk
from desktop.window_parts import card

VERDICTS = (
    "verdict_ok",
    "verdict_ng",
    "verdict_review",
    "verdict_held",
    "mark_ng",
    "mark_review",
)
TEXT_PAIRS = [
    *product(("ink", "ink_soft"), ("canvas", "surface", "sunken", "hover", "accent_ground")),
    *product(("ink_faint",), ("canvas", "surface")),
    ("accent_ink", "accent"),
    ("accent_ink", "accent_hover"),
    ("accent_ink", "accent_pressed"),
    ("surface", "ink"),
    ("rail_ink", "rail"),
    ("rail_ink", "rail_hover"),
    ("rail_ink_current", "rail_current"),
    ("picture_ink", "picture"),
    ("ink", "doubt_ground"),
    *((sign, f"{sign}_ground") for sign in ("proven", "confirmed", "read", "conflict", "missing")),
    ("hand", "hand_ground"),
    *product(("ink",), ("proven_ground", "read_ground", "conflict_ground")),
    *((f"{ground}_ink", ground) for ground in VERDICTS),
    ("conflict", "canvas"),
]
SHAPE_PAIRS = [
    *product(("line_strong", "focus"), ("canvas", "surface")),
    ("doubt_line", "surface"),
    ("outline", "picture"),
    ("outline_hand", "picture"),
]


def luminance(colour: str) -> float:
    """Relative luminance, WCAG 2.1."""

    def linear(value: float) -> float:
        return value / 12.92 if value <= 0.03928 else float(((value + 0.055) / 1.055) ** 2.4)

    c = QColor(colour)
    return 0.2126 * linear(c.redF()) + 0.7152 * linear(c.greenF()) + 0.0722 * linear(c.blueF())


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("name", THEMES)
def test_every_text_stands_out_from_its_ground_by_four_and_a_half(name: str) -> None:
    colours = load_theme(name).colours
    weak = {
        (ink, ground): round(contrast(colours[ink], colours[ground]), 2)
        for ink, ground in TEXT_PAIRS
        if contrast(colours[ink], colours[ground]) < 4.5
    }
    assert weak == {}


@pytest.mark.parametrize("name", THEMES)
def test_every_edge_that_means_something_stands_out_by_three(name: str) -> None:
    colours = load_theme(name).colours
    weak = [p for p in SHAPE_PAIRS if contrast(colours[p[0]], colours[p[1]]) < 3]
    assert weak == []


def test_both_themes_name_the_same_roles() -> None:
    light, dark = (load_theme(name).colours for name in THEMES)
    assert list(light) == list(dark)


def test_the_style_sheet_holds_no_literal_colour_or_size() -> None:
    template = (resources() / "theme" / "window.qss").read_text(encoding="utf-8")
    rules = re.sub(r"/\*.*?\*/", "", template)
    assert re.findall(r"#[0-9A-Fa-f]{3,8}\b", rules) == []
    assert re.findall(r"\b[1-9]\d*px", rules) == []


def test_letters_grow_wholly_and_distances_a_little_and_hairlines_not() -> None:
    usual, large = load_theme("light"), load_theme("light", 2.0)
    assert large.px("type_text") == 2 * usual.px("type_text")
    assert usual.px("gap") < large.px("gap") < 2 * usual.px("gap")
    assert large.px("hairline") == usual.px("hairline")


def test_the_theme_changes_while_a_document_is_in_hand(make_clerk: MakeClerk) -> None:
    clerk = make_clerk(card())
    clerk.capture()
    clerk.application.look.wear("dark", 1.5)
    clerk.until(lambda: clerk.window.palette().color(QPalette.ColorRole.Window) == dark_canvas())
    assert clerk.hand() == "name"
    size = load_theme("dark", 1.5).px("type_value")
    assert clerk.row("name").value.fontInfo().pixelSize() == size


def dark_canvas() -> QColor:
    return load_theme("dark").colour("canvas")


def test_the_first_installed_family_is_taken() -> None:
    assert fonts.families(fonts.TEXT, ["WenQuanYi Zen Hei", "Microsoft YaHei"]) == [
        "Microsoft YaHei",
        "WenQuanYi Zen Hei",
    ]
    assert fonts.families(fonts.TEXT, ["Comic Sans MS"]) == []


def test_every_icon_takes_the_colour_it_is_given() -> None:
    drawn = [p for p in (resources() / "icons").glob("*.svg") if p.stem != "mingjian"]
    assert [p.name for p in drawn if "currentColor" not in p.read_text(encoding="utf-8")] == []
