"""What the window is made with; tests put small real parts of their own in these places."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from app import assembly
from app.desktop.bridge import MakeInspector, Tell
from app.desktop.line import host
from app.desktop.line.opened import Opened
from app.errors import RecipeError
from app.inspector import Inspector
from app.reader import Reader
from app.recipes import Recipe, RecipeVersion, Shelf
from app.records import Records
from app.settings import Settings, save_settings
from app.station import Station, Trigger

BY_THEMSELVES = ("hotfolder:",)
"""Sources whose pages are read as they come, without a key."""


def join(settings: Settings, address: str, make_inspector: MakeInspector, tell: Tell) -> Station:
    """Join the station of an address with an inspector whose models are loaded already."""
    trigger = Trigger.EVERY if address.startswith(BY_THEMSELVES) else None
    return assembly.open_station(
        settings, tell, source=address, trigger=trigger, make_inspector=make_inspector
    )


def open_line(settings: Settings, recipe: str, address: str, tell: host.Tell) -> Opened:
    """Open the records and join a line on them; not in the thread of the window.

    Raises RecordError, RecipeError, KindError.
    """
    if not Shelf().names():
        raise RecipeError(
            "There is no recipe yet.", "Make one on the page Recipes.", "recipe-unknown"
        )
    records = assembly.open_store(settings)
    try:
        line, station = assembly.open_line(settings, recipe, tell, records=records, source=address)
    except BaseException:
        records.close()
        raise
    return Opened(line, station, records)


def recipes() -> list[tuple[str, str]]:
    """Return every recipe by name and in words; one whose file is broken goes by its name."""
    shelf, found = Shelf(), []
    for name in shelf.names():
        try:
            title = shelf.load(name).recipe.title
        except RecipeError:
            title = ""
        found.append((name, title or name))
    return found


def open_part_reader(settings: Settings, recipe: Recipe, floor: float) -> Reader:
    """Open the reader of a recipe in work, on one core: the line may be running meanwhile.

    Raises EngineError, KindError.
    """
    from app.reader.part import open_part_reader as opened

    return opened(recipe, settings.reader.engine, 1, floor)


def _save(settings: Settings) -> None:
    save_settings(settings)


@dataclass(frozen=True, slots=True)
class Parts:
    """The product's own parts."""

    open_store: Callable[[Settings], Records] = assembly.open_store
    open_inspector: Callable[[Settings], Inspector] = assembly.open_inspector
    join: Callable[[Settings, str, MakeInspector, Tell], Station] = join
    save: Callable[[Settings], None] = _save
    samples: Callable[[], str] = assembly.samples
    open_line: Callable[[Settings, str, str, host.Tell], Opened] = open_line
    open_part_inspector: Callable[[Settings, RecipeVersion], Inspector] = (
        assembly.open_part_inspector
    )
    open_part_reader: Callable[[Settings, Recipe, float], Reader] = open_part_reader
    shelf: Callable[[], Shelf] = Shelf
    recipes: Callable[[], list[tuple[str, str]]] = recipes
    boards: Callable[[], str] = assembly.belt_samples
    today: Callable[[], dt.date] = dt.date.today
