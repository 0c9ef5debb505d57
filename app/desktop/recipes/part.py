"""The part that a recipe is tried on in sight: a recorded one, a bundled one, or a file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath

from app import paths
from app.capture import open_files
from app.desktop.recipes.levels import Levels, levels
from app.errors import BadPicture
from app.records import Records
from app.vocabulary import Frame, Reading, Record

WAIT_S = 5.0


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """One part in sight."""

    frame: Frame
    levels: Levels
    record: Record | None = None
    reading: Reading | None = None
    """Everything seen on it from the lowest score on; None until the model has looked."""

    @property
    def name(self) -> str:
        """Name of its file or source."""
        return PurePath(self.frame.source.partition(":")[2] or self.frame.source).name


def recorded(store: Records, recipe: str, place: int) -> Part | None:
    """Return a part of a recipe from the records, 0 being the newest; None where there is none.

    Raises RecordError if its picture was not kept.
    """
    found = store.find(limit=1, offset=place, recipe=recipe)
    return of_record(store, found[0]) if found else None


def of_record(store: Records, record: Record) -> Part:
    """Return the part of a record. Raises RecordError if its picture was not kept."""
    bgr = store.picture(record.id)
    frame = Frame(bgr, 0, record.saved_at.timestamp(), record.source, record.page)
    return Part(frame, levels(bgr), record)


def boards() -> Sequence[Path]:
    """Return the bundled boards."""
    return sorted((paths.resources() / "samples" / "boards").glob("*.png"))


def of_file(path: Path) -> Part:
    """Return what a file shows. Raises BadPicture."""
    with open_files([path]) as source:
        frame = source.next_frame(WAIT_S)
    if frame is None:
        raise BadPicture(
            "{source} shows no picture.",
            "Choose another file.",
            "picture-none",
            source=str(path),
        )
    return Part(frame, levels(frame.bgr))
