"""``mingjian bench read|window``: measure reading against RapidOCR, or the gaps of the window."""

from __future__ import annotations

import argparse
from pathlib import Path

from app import paths


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the words of the command line."""
    parser.add_argument("what", choices=("read", "window"), help="what to measure")
    parser.add_argument(
        "paths",
        nargs="*",
        type=Path,
        metavar="PATHS",
        help="pictures to measure with; else the bundled samples",
    )
    parser.add_argument(
        "--rounds", type=int, default=5, metavar="N", help="rounds that are counted"
    )
    parser.add_argument(
        "--threads", type=int, default=0, metavar="N", help="threads for both; 0 takes every core"
    )


def run(arguments: argparse.Namespace) -> int:
    """Print a Markdown table of what was measured."""
    pictures = arguments.paths or _samples()
    if arguments.what == "window":
        from app.desktop import gaps

        print(gaps.measure(pictures, arguments.rounds))
        return 0
    from app.toolchain import peer

    print(peer.table(peer.compare(pictures, arguments.rounds, arguments.threads)))
    return 0


def _samples() -> list[Path]:
    beside = (".json", ".md")
    files = sorted((paths.resources() / "samples").iterdir())
    return [path for path in files if path.suffix not in beside]
