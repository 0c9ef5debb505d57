"""``mingjian demo``: open the station on bundled samples; without a display, read them headless."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from app import paths
from app.commands._display import has_display
from app.commands._window import open_window
from app.language import catalogue, message, system_language

IN_SIGHT = Path("out")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the words of the command line."""
    parser.add_argument(
        "--out",
        type=Path,
        metavar="DIR",
        help="where the results go if there is no display; else “out” here",
    )


def run(arguments: argparse.Namespace) -> int:
    """Open the window on the samples, or read them into a folder."""
    samples = paths.resources() / "samples"
    if has_display():
        return open_window(f"folder:{samples}")
    words = catalogue(system_language())
    out = arguments.out or _default_folder()
    print(message("There is no display here: the samples are read headless.").text(words))

    from app.commands import read

    status = read.run(
        argparse.Namespace(paths=[samples], json=False, kind=None, out=out, engine=None)
    )
    print(message("The results are in {folder}.", folder=out.resolve()).text(words))
    return status


def _default_folder() -> Path:
    return IN_SIGHT if os.access(".", os.W_OK) else paths.home() / "demo"
