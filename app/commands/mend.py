"""``mingjian mend [FOLDER]``: give the records a sound database; a damaged one stays beside it."""

from __future__ import annotations

import argparse
from pathlib import Path

from app.language import catalogue, message, system_language

SOME_LOST = 1


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the words of the command line."""
    parser.add_argument(
        "folder", nargs="?", type=Path, metavar="FOLDER", help="folder of the records; else as set"
    )


def run(arguments: argparse.Namespace) -> int:
    """Mend the records; 0 if all are there, 1 if some could not be read."""
    from app import assembly
    from app.records import mend
    from app.settings import load_settings

    mended = mend(arguments.folder or assembly.records_folder(load_settings()))
    if mended.set_aside is None and not mended.lost:
        said = message("Nothing is damaged: {kept} records.", kept=mended.kept)
    elif mended.set_aside is None:
        said = message(
            "The database was gone; the pictures of {lost} records are still there.",
            lost=mended.lost,
        )
    else:
        said = message(
            "{kept} records were taken over, {lost} could not be read. The damaged database is "
            "kept as {path}.",
            kept=mended.kept,
            lost=mended.lost,
            path=mended.set_aside,
        )
    print(said.text(catalogue(system_language())))
    return SOME_LOST if mended.lost else 0
