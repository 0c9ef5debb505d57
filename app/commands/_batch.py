"""What ``read`` and ``inspect`` share: a batch of files, printed, reported, with its progress."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from app.language import Catalogue, Message, catalogue, system_language

if TYPE_CHECKING:
    from app.inspector import Inspector
    from app.vocabulary import EngineMark, Inspection

SOME_UNREAD = 1


@dataclass(frozen=True, slots=True)
class Batch:
    """What is done to a batch of files."""

    paths: list[Path]
    open_one: Callable[[], Inspector]
    lines: Callable[[Inspection, Catalogue], Iterable[str]]
    """What is printed of an inspection."""
    out: Path | None = None
    kind: str | None = None
    reported: Callable[[Inspection], Inspection] = lambda inspection: inspection
    """What the folder ``out`` shows of an inspection."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the words that every batch takes."""
    parser.add_argument(
        "paths",
        nargs="+",
        type=Path,
        metavar="PATHS",
        help="pictures, PDF files, folders with all in them, or quoted patterns such as 'in/*.jpg'",
    )
    parser.add_argument(
        "--out",
        type=Path,
        metavar="DIR",
        help="leave annotated pictures, a spreadsheet, a CSV file and a summary there",
    )
    parser.add_argument(
        "--engine",
        metavar="ENGINE",
        help="what to run the models on: auto, cpu or npu:0; else as set",
    )


def work_through(batch: Batch) -> int:
    """Read everything; 0 if every file could be read, 1 if some could not."""
    from app.commands._progress import Progress
    from app.commands._reading import read_files

    printer = _Printer(batch.lines)
    with ExitStack() as until_done:
        report = None
        if batch.out is not None:
            from app.commands._report import Report

            report = until_done.enter_context(Report(batch.out))
        progress = until_done.enter_context(Progress())

        def show(inspections: tuple[Inspection, ...], done: float) -> None:
            with progress.aside():
                printer.show(inspections)
            if report is not None:
                report.add(tuple(map(batch.reported, inspections)))
            progress.reach(done)

        read_files(batch.open_one, batch.paths, batch.kind, show)
    return SOME_UNREAD if printer.unread else 0


class _Printer:
    """Writes inspections on standard output and counts the frames that could not be read."""

    def __init__(self, lines: Callable[[Inspection, Catalogue], Iterable[str]]) -> None:
        self._lines = lines
        self._words = catalogue(system_language())
        self.unread = 0
        self._warned: Message | None = None

    def show(self, inspections: tuple[Inspection, ...]) -> None:
        from app.inspector import was_read

        for inspection in inspections:
            self._warn(inspection.engine)
            self.unread += not was_read(inspection)
            for line in self._lines(inspection, self._words):
                print(line)
        sys.stdout.flush()

    def _warn(self, mark: EngineMark) -> None:
        """Say once that an NPU is here and was not taken."""
        if mark.is_fallback and mark.note and mark.note != self._warned:
            print(f"mingjian: {mark.note.text(self._words)}", file=sys.stderr)
            self._warned = mark.note
