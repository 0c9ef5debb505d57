"""Pictures of every page come out of one command; here with prepared pages."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from app.desktop.screenshots import take_all
from app.desktop.walk import AT_COUNTER, Walk
from desktop.window_parts import Clerk, card

PAGES = ("counter-empty", "counter", "counter-saved", "records", "records-why", "settings", "keys")


@pytest.fixture
def walk(qapp: QApplication) -> Walk:
    clerk = Clerk(qapp, [(card("王伟", ()),), (card(),)])
    parts = clerk.application.parts
    clerk.close()
    return Walk(AT_COUNTER, "tray:", parts)


def test_every_page_is_pictured_once_a_doubtful_character_was_found(
    walk: Walk, tmp_path: Path
) -> None:
    with walk:
        walk.window.resize(1366, 768)
        take_all(walk, tmp_path / "zh")
    pictures = {path.stem.removeprefix("zh-"): QImage(str(path)) for path in tmp_path.glob("*.png")}
    assert set(PAGES) <= set(pictures)
    assert {picture.width() for picture in pictures.values()} == {1366}
    assert pictures["counter"] != pictures["counter-empty"]
