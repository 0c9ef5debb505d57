"""``mingjian desktop``: open the window."""

from __future__ import annotations

import argparse

from app.commands._window import open_window


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the words of the command line."""
    parser.add_argument(
        "--source",
        default="",
        metavar="ADDRESS",
        help="where frames come from, as “mingjian sources” lists it; else as set",
    )


def run(arguments: argparse.Namespace) -> int:
    """Open the window and return when it is closed."""
    return open_window(arguments.source)
