"""The one place where parts are chosen and joined. Each part is imported when it is asked for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from app import paths
from app.errors import RecipeError
from app.inspector import Inspector
from app.settings import Settings

if TYPE_CHECKING:
    from app.line import Line, LineNews
    from app.recipes.shelf import RecipeVersion
    from app.records import Records
    from app.station import News, Station, Trigger


def open_inspector(settings: Settings) -> Inspector:
    """Open the models that read documents, on the engine that the settings name.

    Raises EngineError, KindError.
    """
    from app.judgement import judge_document
    from app.reader.document import open_document_reader

    return Inspector(
        open_document_reader(settings.reader.engine, settings.reader.threads),
        lambda reading: judge_document(reading, date.today()),
    )


def open_part_inspector(
    settings: Settings, version: RecipeVersion, floor: float | None = None
) -> Inspector:
    """Open the recipe's model on the engine that the settings name.

    With ``floor`` the readings hold everything from that score on, judged or not.
    Raises EngineError, KindError, and RecipeError if the recipe does not fit its model.
    """
    from app.judgement.parts import judge_part
    from app.reader.part import open_part_reader
    from app.recipes.check import check

    recipe = version.recipe
    reader = open_part_reader(recipe, settings.reader.engine, settings.reader.threads, floor)
    if faults := check(recipe, reader.labels):
        reader.close()
        raise RecipeError(
            "The recipe “{name}” cannot be used: {fault}",
            "Correct the recipe, or take another version of it.",
            "recipe-unfit",
            name=version.name,
            fault=faults[0],
        )
    return Inspector(reader, lambda reading: judge_part(reading, recipe), version.mark)


def open_store(settings: Settings) -> Records:
    """Open the records. Raises RecordError."""
    from app.records import open_records

    return open_records(records_folder(settings))


def records_folder(settings: Settings) -> Path:
    """Return where the records are, as set or in the data folder of the user."""
    folder = settings.records.folder
    return Path(folder) if folder else paths.home() / "records"


def open_station(
    settings: Settings,
    tell: Callable[[News], None],
    *,
    source: str = "",
    trigger: Trigger | None = None,
    make_inspector: Callable[[], Inspector] | None = None,
) -> Station:
    """Join a station on ``source``, or on the settings' one, or on the bundled samples.

    ``make_inspector`` lends one whose models are loaded already.
    Without ``trigger`` a camera is inspected when the page changes and anything else page by page
    at a key. Nothing is opened yet. Raises KindError if the address names no kind of source.
    """
    from app.capture import open_source
    from app.station import Station, Trigger

    address = source or settings.station.source or samples()
    is_live = open_source(address).is_live
    by_itself = Trigger.CHANGE if is_live else Trigger.HAND
    return Station(
        lambda: open_source(address),
        make_inspector or (lambda: open_inspector(settings)),
        tell,
        trigger=trigger or by_itself,
    )


def open_line(
    settings: Settings,
    recipe: str,
    tell: Callable[[LineNews], None],
    *,
    records: Records,
    source: str = "",
    make_inspector: Callable[[RecipeVersion], Inspector] | None = None,
) -> tuple[Line, Station]:
    """Join a line on the newest version of a recipe; empty takes the settings' one, or the first.

    Pictures come from ``source``, or the settings' one, or the belt of samples.
    ``make_inspector`` lends one whose model is loaded already. Nothing is opened yet; the records
    stay the caller's to close. Raises RecipeError, KindError if the address names no kind.
    """
    from app.capture import open_source
    from app.line import Line
    from app.recipes import Shelf
    from app.records import KeepPicture
    from app.station import Station, Trigger

    shelf = Shelf()
    version = shelf.load(recipe or settings.line.recipe or shelf.names()[0])
    address = source or settings.line.source or belt_samples()
    open_source(address)
    make = make_inspector or (lambda version: open_part_inspector(settings, version))
    ok_pictures = KeepPicture(settings.records.ok_pictures)
    line = Line(records, version, tell, ok_pictures=ok_pictures)
    station = Station(
        lambda: open_source(address),
        lambda: make(version),
        line.hear,
        trigger=Trigger(version.recipe.trigger),
        region=version.recipe.region,
    )
    line.bind(station)
    return line, station


def samples() -> str:
    """Return the address of the bundled samples."""
    return f"folder:{paths.resources() / 'samples'}"


def belt_samples() -> str:
    """Return the address of the bundled boards, riding under a camera."""
    return "belt:"
