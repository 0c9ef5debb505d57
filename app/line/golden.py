"""Golden parts: known good and known bad ones that must be judged as they must be, before a shift.

A set is a folder with pictures in ``good/`` and ``bad/``. A bad part that comes out as REVIEW is
not caught: on a line in a hurry a REVIEW is waved through.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Self

from app import paths
from app.capture import open_files
from app.errors import AppError, BadPicture
from app.inspector import Inspector
from app.records import disk
from app.records.faults import told
from app.vocabulary import Decision, EngineMark, Frame, GoldenPart, GoldenRun

GOOD, BAD = "good", "bad"
_LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class GoldenSet:
    """A named set of known parts."""

    name: str
    folder: Path
    good: tuple[Path, ...]
    bad: tuple[Path, ...]

    @classmethod
    def load(cls, name: str, root: Path | None = None) -> Self:
        """Find a set; every file counts, also one that turns out to be no picture.

        Raises AppError if there is no such set, or it lacks good or bad parts.
        """
        folder = _folder(name, root)
        found = cls(name, folder, _files(folder / GOOD), _files(folder / BAD))
        if not folder.is_dir():
            raise AppError(
                "There is no set of golden parts “{name}”; there are: {known}.",
                "Add known good and known bad parts: mingjian golden add {name} good PICTURES…",
                "golden-unknown",
                name=name,
                known=", ".join(golden_sets(root)) or "–",
            )
        if not (found.good and found.bad):
            raise AppError(
                "The golden parts “{name}” have {good} good and {bad} bad ones.",
                "Both must be there, to show that bad parts are caught and good ones pass.",
                "golden-one-sided",
                name=name,
                good=len(found.good),
                bad=len(found.bad),
            )
        return found

    @property
    def expected(self) -> tuple[tuple[Path, Decision], ...]:
        """Return every file and what it must be judged as, good parts first."""
        kinds = ((self.good, Decision.OK), (self.bad, Decision.NG))
        return tuple((path, decision) for files, decision in kinds for path in files)


def golden_sets(root: Path | None = None) -> tuple[str, ...]:
    """Return the names of the sets there are, whole or not."""
    folder = root or paths.home() / "golden"
    names = (each.name for each in folder.glob("[!.]*") if each.is_dir())
    return tuple(sorted(names))


def count_parts(name: str, root: Path | None = None) -> tuple[int, int]:
    """Return how many good and bad parts a set has, however few."""
    folder = _folder(name, root)
    return len(_files(folder / GOOD)), len(_files(folder / BAD))


def add_golden(
    name: str, kind: str, pictures: Sequence[Path], root: Path | None = None
) -> tuple[Path, ...]:
    """Copy pictures, or those in folders, into a set; return those that are new to it.

    ``kind`` is ``good`` or ``bad``. Raises BadPicture, before anything is copied, if one of them
    cannot be read, and RecordError where the set cannot be written.
    """
    target = _folder(name, root) / kind
    found = dict.fromkeys(Path(frame.source) for frame in _frames(pictures))
    with told(target):
        disk.make_folder(target)
        added = [place for path in found if (place := _copied(path, target))]
        disk.sync_folder(target)
    return tuple(added)


def run_golden(
    inspector: Inspector,
    parts: GoldenSet,
    *,
    tell: Callable[[GoldenPart, float], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> GoldenRun | None:
    """Judge every part of a set with an inspector of the running recipe; None if cancelled.

    ``tell`` gets each part as it is judged and the share that is done. A picture that cannot be
    seen is REVIEW, which no part of a set may be, so the run fails.
    """
    if inspector.recipe is None:
        raise ValueError("golden parts are judged by a recipe")
    at = datetime.now(UTC)
    results: list[GoldenPart] = []
    engine = EngineMark("", "")
    for number, (path, expected) in enumerate(parts.expected, 1):
        if cancelled and cancelled():
            return None
        for part, mark in _judged(inspector, path, expected):
            results.append(part)
            engine = mark or engine
            if tell:
                tell(part, number / len(parts.expected))
    return GoldenRun(at, parts.name, inspector.recipe, engine, tuple(results))


def _judged(
    inspector: Inspector, path: Path, expected: Decision
) -> Iterator[tuple[GoldenPart, EngineMark | None]]:
    file = f"{path.parent.name}/{path.name}"
    try:
        for frame in _frames([path]):
            for inspection in inspector.inspect(frame):
                verdict = inspection.verdict
                reasons = tuple(reason.message for reason in verdict.reasons)
                yield GoldenPart(file, expected, verdict.decision, reasons), inspection.engine
    except BadPicture as error:
        yield GoldenPart(file, expected, Decision.REVIEW, (error.what,)), None


def _frames(pictures: Sequence[Path]) -> Iterator[Frame]:
    with open_files(pictures) as source:
        while not source.is_finished:
            if frame := source.next_frame():
                yield frame


def _folder(name: str, root: Path | None) -> Path:
    if not name or name.startswith(".") or set(name) & set("/\\\0") or len(name) > _LONGEST_NAME:
        raise AppError(
            "“{name}” cannot name a set of golden parts.",
            "Take a short name without a slash, and with no dot in front.",
            "golden-name",
            name=name,
        )
    return (root or paths.home() / "golden") / name


def _files(folder: Path) -> tuple[Path, ...]:
    shown = (path for path in folder.glob("[!.]*") if not path.is_dir())
    return tuple(sorted(shown))


def _copied(path: Path, folder: Path) -> Path | None:
    content = path.read_bytes()
    target = folder / path.name
    for number in itertools.count(2):
        if not target.exists():
            break
        if target.read_bytes() == content:
            return None
        target = folder / f"{path.stem}-{number}{path.suffix}"
    part = folder / f".{target.name}.part"
    part.unlink(missing_ok=True)
    disk.write_file(part, content)
    return part.replace(target)
