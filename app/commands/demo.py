"""``mingjian demo``: open the station on bundled samples; without a display, work headless."""

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
    """Open the window on the samples, or work through them into a folder."""
    if has_display():
        # Each workplace shows its own samples until a camera is set.
        return open_window("")
    words = catalogue(system_language())
    out = arguments.out or _default_folder()
    print(message("There is no display here: the samples are read headless.").text(words))
    status = _read(out)
    print(message("Now the line: boards ride under a camera.").text(words))

    from app.commands._demo_line import show_line

    locks = show_line(out / "line", words)
    for lock in locks:
        print(f"{lock.message.text(words)} {lock.hint.text(words)}")
    print(message("The results are in {folder}.", folder=out.resolve()).text(words))
    return status or bool(locks)


def _read(out: Path) -> int:
    from app.commands import read

    # Not the whole folder: the boards in it are no documents.
    files = sorted((paths.resources() / "samples").glob("[0-9]*"))
    return read.run(argparse.Namespace(paths=files, json=False, kind=None, out=out, engine=None))


def _default_folder() -> Path:
    return IN_SIGHT if os.access(".", os.W_OK) else paths.home() / "demo"
