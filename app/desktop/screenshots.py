"""Pictures of every page: ``python -m app.desktop.screenshots OUT [--pages FOLDER] …``.

Opens the real window on the bundled samples, in a home of its own, and works like a clerk.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.desktop.main_window import FIRST
from app.desktop.walk import AT_COUNTER, Walk
from app.language import Message
from app.settings import DesktopSettings
from app.station import Problem

MOST_PAGES = 12
"""So many pages are looked at for one with a doubtful character."""

_LOST = Problem(
    Message("The camera {device} was unplugged.", (("device", "/dev/video0"),)),
    Message("Plug it in again; the picture then comes back by itself."),
    "camera-lost",
)


def main(words: list[str] | None = None) -> int:
    """Write the pictures and return 0."""
    parser = argparse.ArgumentParser(prog="screenshots")
    parser.add_argument("out", type=Path)
    parser.add_argument("--pages", default="", help="address that pages come from")
    parser.add_argument("--languages", nargs="+", default=["zh_CN", "en"])
    parser.add_argument("--themes", nargs="+", default=["light", "dark"])
    parser.add_argument("--text-size", type=float, default=1.0)
    parser.add_argument("--size", type=int, nargs=2, default=FIRST)
    asked = parser.parse_args(words)
    asked.out.mkdir(parents=True, exist_ok=True)
    for language in asked.languages:
        for theme in asked.themes:
            desktop = DesktopSettings(language=language, theme=theme, font_scale=asked.text_size)
            with Walk(AT_COUNTER.model_copy(update={"desktop": desktop}), asked.pages) as walk:
                walk.window.resize(*asked.size)
                take_all(walk, asked.out / f"{language}-{theme}")
    return 0


def take_all(walk: Walk, prefix: Path) -> None:
    """Go round every page and write a picture of each."""
    application, window = walk.application, walk.window

    def take(name: str) -> None:
        walk.rest()
        widgets: Iterable[QWidget] = window.findChildren(QWidget)
        for widget in widgets:
            widget.setAttribute(Qt.WidgetAttribute.WA_UnderMouse, False)
        window.grab().save(f"{prefix}-{name}.png")

    take("counter-empty")
    _find_doubt(walk)
    take("counter")
    walk.finish()
    take("counter-saved")
    window.show_page("records")
    walk.until(lambda: window.records.picture.has_sheet)
    take("records")
    window.records.keys.why.trigger()
    window.records.keys.reveal.trigger()
    take("records-why")
    window.show_page("settings")
    take("settings")
    window.show_page("counter")
    window.show_keys()
    take("keys")
    window.keys_sheet.close_sheet()
    application.bridge.troubled.emit(_LOST)
    take("notice")


def _find_doubt(walk: Walk) -> None:
    """Read on until a page has a doubtful character."""
    for number in range(MOST_PAGES):
        if number:
            walk.finish()
        walk.read_one()
        walk.rest()
        if walk.window.counter.has_choices:
            return


if __name__ == "__main__":
    sys.exit(main())
