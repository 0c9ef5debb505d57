"""``mingjian read PATHS…``: read pictures and documents and say what stands on them."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from app.language import catalogue, system_language

if TYPE_CHECKING:
    from app.vocabulary import Inspection

SOME_UNREAD = 1


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the words of the command line."""
    parser.add_argument(
        "paths",
        nargs="+",
        type=Path,
        metavar="PATHS",
        help="pictures, PDF files, folders with all in them, or quoted patterns such as 'in/*.jpg'",
    )
    parser.add_argument(
        "--json", action="store_true", help="print one JSON object a document, one a line"
    )
    parser.add_argument(
        "--kind", metavar="KIND", help="take every document for this kind; else it is recognised"
    )
    parser.add_argument(
        "--out",
        type=Path,
        metavar="DIR",
        help="leave annotated pictures, a spreadsheet, a CSV file and a summary there",
    )
    parser.add_argument(
        "--engine", metavar="ENGINE", help="what to run the models on: auto or cpu; else as set"
    )


def run(arguments: argparse.Namespace) -> int:
    """Read everything; 0 if every file could be read, 1 if some could not."""
    from app.commands._progress import Progress
    from app.commands._reading import read_files
    from app.settings import load_settings

    engine = {"reader.engine": arguments.engine} if arguments.engine else None
    settings = load_settings(arguments=engine)
    printer = _Printer(arguments.json)
    with ExitStack() as until_done:
        report = None
        if arguments.out is not None:
            from app.commands._report import Report

            report = until_done.enter_context(Report(arguments.out))
        progress = until_done.enter_context(Progress())

        def show(inspections: tuple[Inspection, ...], done: float) -> None:
            with progress.aside():
                printer.show(inspections)
            if report is not None:
                report.add(inspections)
            progress.reach(done)

        read_files(settings, arguments.paths, arguments.kind, show)
    return SOME_UNREAD if printer.unread else 0


class _Printer:
    """Writes inspections on standard output and counts the frames that could not be read."""

    def __init__(self, as_json: bool) -> None:
        self._as_json = as_json
        self._words = catalogue(system_language())
        self.unread = 0

    def show(self, inspections: tuple[Inspection, ...]) -> None:
        from app.inspector import was_read

        for inspection in inspections:
            self.unread += not was_read(inspection)
            for line in self._lines(inspection):
                print(line)
        sys.stdout.flush()

    def _lines(self, inspection: Inspection) -> Iterable[str]:
        if self._as_json:
            from app.commands._json import json_line

            return (json_line(inspection, self._words),)
        from app.commands._text import text_lines

        return text_lines(inspection, self._words)
