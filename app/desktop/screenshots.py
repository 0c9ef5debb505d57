"""Pictures of every page: ``python -m app.desktop.screenshots OUT [--pages FOLDER] …``.

Opens the real window on the bundled samples, in a home of its own, and works like a clerk, then
like the inspector of a line.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app import paths
from app.desktop.main_window import FIRST
from app.desktop.recipes.edits import with_field, with_limit
from app.desktop.recipes.shapes import Shapes, middle
from app.desktop.recipes.words import PICTURE
from app.desktop.walk import AT_COUNTER, Walk
from app.language import Message
from app.line import LineState
from app.line.golden import add_golden
from app.recipes import Golden, Shelf
from app.settings import DesktopSettings, LineSettings, Settings, StationSettings
from app.station import Problem
from app.vocabulary import Decision

MOST_PAGES = 12
"""So many pages are looked at for one with a doubtful character."""
MOST_GOLDEN = 3
"""Of each kind."""

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
    parser.add_argument("--workplaces", nargs="+", default=["counter", "line"])
    asked = parser.parse_args(words)
    asked.out.mkdir(parents=True, exist_ok=True)
    for language in asked.languages:
        for theme in asked.themes:
            desktop = DesktopSettings(language=language, theme=theme, font_scale=asked.text_size)
            prefix = asked.out / f"{language}-{theme}"
            for at, take in ((AT_COUNTER, take_all), (at_line(), take_line)):
                if at.station.workplace in asked.workplaces:
                    wanted = at.model_copy(update={"desktop": desktop})
                    with Walk(wanted, asked.pages) as walk:
                        walk.window.resize(*asked.size)
                        take(walk, prefix)
    return 0


def take_all(walk: Walk, prefix: Path) -> None:
    """Go round every page and write a picture of each."""
    application, window = walk.application, walk.window

    take = partial(_take, walk, prefix)
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


def at_line() -> Settings:
    """Return the settings of a line on the sample boards that lie long enough to be looked at."""
    line = LineSettings(source="belt:?rest=3", sound=False)
    return Settings(station=StationSettings(workplace="line"), line=line)


def take_line(walk: Walk, prefix: Path) -> None:
    """Go through the states of the line and write a picture of each."""
    post, page = walk.application.line.post, walk.window.line
    take = partial(_take, walk, prefix)

    def await_verdict(decision: Decision) -> None:
        walk.until(lambda: post.seen is not None and post.seen.verdict.decision is decision)
        walk.until(lambda: bool(page.live.marks) or decision is not Decision.NG)

    walk.window.ask_workplace()
    take("welcome")
    walk.window.show_page("line")
    take("line-starting")
    for decision in (Decision.OK, Decision.NG):
        await_verdict(decision)
        take(f"line-{decision.lower()}")
    page.keys.hold.trigger()
    walk.until(lambda: bool(page.compare.sights))
    take("line-compare")
    page.keys.overrule.trigger()
    take("line-overrule")
    page.card.leave()
    page.keys.back.trigger()
    page.keys.chart.trigger()
    page.keys.pause.trigger()
    take("line-paused")
    _check_golden(walk, take)
    _change_recipe(walk, take)
    walk.application.line.use_source("v4l2:/dev/video99")
    walk.until(lambda: post.state is LineState.FAULTED)
    take("line-faulted")


def _check_golden(walk: Walk, take: Callable[[str], None]) -> None:
    """Lay two boards aside as golden parts and have them judged."""
    boards = paths.resources() / "samples" / "boards"
    truth = json.loads((boards / "truth.json").read_text(encoding="utf-8"))
    for kind, verdict in (("good", "OK"), ("bad", "NG")):
        files = [boards / each["file"] for each in truth if each["verdict"] == verdict]
        add_golden("boards", kind, files[:MOST_GOLDEN])
    shelf = Shelf()
    name = shelf.names()[0]
    golden = Golden(parts="boards")
    shelf.save(name, shelf.load(name).recipe.model_copy(update={"golden": golden}))
    line = walk.application.line
    line.use_recipe(name)
    walk.until(lambda: line.post.state is LineState.LOCKED)
    take("line-locked")
    walk.window.line.keys.golden.trigger()
    walk.until(lambda: line.golden.check is not None and line.golden.check.is_over)
    take("line-golden")
    walk.window.line.keys.back.trigger()


def _take(walk: Walk, prefix: Path, name: str) -> None:
    walk.rest()
    widgets: Iterable[QWidget] = walk.window.findChildren(QWidget)
    for widget in widgets:
        widget.setAttribute(Qt.WidgetAttribute.WA_UnderMouse, False)
    walk.window.grab().save(f"{prefix}-{name}.png")


def _change_recipe(walk: Walk, take: Callable[[str], None]) -> None:
    """Look at the recorded parts, make the recipe stricter and try that on them."""
    window, recipes = walk.window, walk.window.recipes
    window.show_page("records")
    walk.until(lambda: window.records.part.has_picture)
    window.records.keys.why.trigger()
    take("records-parts")
    window.show_page("recipes")
    walk.until(lambda: recipes.canvas.has_picture and recipes.sight.is_settled)
    take("recipes")
    draft = recipes.stock.draft
    if draft is not None:
        draft.edit(with_field(with_limit(draft.recipe, "", "score", 0.6), "picture.darkest", 20))
    recipes.keys.start.trigger()
    walk.until(lambda: not recipes.trials.is_running)
    take("recipes-trial")
    recipes.canvas.drawn.emit(Shapes(middle(recipes.canvas.hand.eye.picture, 0.9)), 0)
    walk.until(lambda: recipes.sight.is_settled)
    recipes.form.show_sheet(PICTURE)
    take("recipes-picture")
    recipes.keys.save.trigger()
    take("recipes-save")
    recipes.strip.close_strip()
    window.show_keys()
    take("recipes-keys")
    window.keys_sheet.close_sheet()
    window.show_page("line")


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
