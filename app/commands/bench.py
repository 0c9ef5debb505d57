"""``mingjian bench``: measure speed against RapidOCR, memory, or the gaps of the window."""

from __future__ import annotations

import argparse
from functools import partial
from pathlib import Path

from tqdm import tqdm

from app import paths


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the words of the command line."""
    parser.add_argument("what", choices=("read", "memory", "window"), help="what to measure")
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
        "--cards", type=int, default=1000, metavar="N", help="cards that the memory is watched over"
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
    if arguments.what == "memory":
        from app.toolchain import memory

        with tqdm(total=arguments.cards, unit="card", disable=None, leave=False) as bar:
            print(
                memory.measure(pictures, arguments.cards, arguments.threads, partial(bar.update, 1))
            )
        return 0
    from app.toolchain import peer

    print(peer.table(peer.compare(pictures, arguments.rounds, arguments.threads)))
    return 0


def _samples() -> list[Path]:
    beside = (".json", ".md")
    files = sorted((paths.resources() / "samples").iterdir())
    return [path for path in files if path.suffix not in beside]
