"""Pictures of every page come out of one command; here with prepared pages."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from app.desktop.line.post import Post
from app.desktop.screenshots import at_line, take_all, take_line
from app.desktop.walk import AT_COUNTER, Walk
from app.recipes import Recipe, Shelf
from app.vocabulary import Detection
from desktop.line_parts import OPEN, Worker
from desktop.window_parts import Clerk, card

STATES = ("starting", "ok", "ng", "compare", "overrule", "paused", "locked", "golden", "faulted")
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


def test_every_state_of_the_line_is_pictured(qapp: QApplication, tmp_path: Path) -> None:
    worker = Worker(qapp, tmp_path, recipe={"trigger": "every"})
    parts = worker.application.parts
    worker.close()
    walk = Walk(at_line(), "", parts)
    Shelf().save("board", Recipe(pack="pcb-defects", trigger="every"))
    post = walk.application.line.post
    post.judged.connect(lambda _seen: setattr(worker.reader, "found", _next(post)))
    with walk:
        walk.application.line.use_source(worker.boards)
        walk.window.resize(1366, 768)
        take_line(walk, tmp_path / "zh")
    pictures = {path.stem.removeprefix("zh-line-") for path in tmp_path.glob("zh-line-*.png")}
    assert set(STATES) <= pictures
    assert (tmp_path / "zh-welcome.png").exists()


def _next(post: Post) -> tuple[Detection, ...]:
    """Turn to a bad board once some good ones were judged."""
    return (OPEN,) if post.tally is not None and post.tally.parts > 20 else ()
