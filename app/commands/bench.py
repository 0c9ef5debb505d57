"""``mingjian bench``: measure reading against RapidOCR, inspection, line, memory, window gaps."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from functools import partial
from pathlib import Path

from tqdm import tqdm

from app import paths


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the words of the command line."""
    parser.add_argument("what", choices=sorted(MEASURES), help="what to measure")
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
        "--frames",
        type=int,
        default=100_000,
        metavar="N",
        help="frames that go through the line",
    )
    parser.add_argument(
        "--idle", action="store_true", help="line: do without the model, to be done sooner"
    )
    parser.add_argument(
        "--threads", type=int, default=0, metavar="N", help="threads for both; 0 takes every core"
    )
    parser.add_argument(
        "--recipe", metavar="R", help="the recipe to judge by; else as set, or the first there is"
    )
    parser.add_argument(
        "--seconds", type=float, default=20, metavar="S", help="how long each live run is watched"
    )
    parser.add_argument(
        "--page", choices=("counter", "line"), default="counter", help="the page that is watched"
    )
    parser.add_argument("--json", action="store_true", help="inspection: print one JSON object")


def run(arguments: argparse.Namespace) -> int:
    """Print a Markdown table of what was measured."""
    print(MEASURES[arguments.what](arguments))
    return 0


def _read(arguments: argparse.Namespace) -> str:
    from app.toolchain import peer

    pictures = arguments.paths or _samples()
    return peer.table(peer.compare(pictures, arguments.rounds, arguments.threads))


def _memory(arguments: argparse.Namespace) -> str:
    from app.toolchain import memory

    pictures = arguments.paths or _samples()
    with tqdm(total=arguments.cards, unit="card", disable=None, leave=False) as bar:
        tell = partial(bar.update, 1)
        return memory.measure(pictures, arguments.cards, arguments.threads, tell)


def _window(arguments: argparse.Namespace) -> str:
    from app.desktop import gaps

    if arguments.page == "line":
        return gaps.measure_line(arguments.seconds, arguments.recipe or "")
    return gaps.measure(arguments.paths or _samples(), arguments.rounds)


def _inspect(arguments: argparse.Namespace) -> str:
    from app.commands import _bench_inspect

    return _bench_inspect.measure(arguments)


def _line(arguments: argparse.Namespace) -> str:
    from app.commands import _endurance

    with tqdm(total=arguments.frames, unit="part", disable=None, leave=False) as bar:
        tell = partial(bar.update, 1)
        return _endurance.measure(arguments.frames, is_idle=arguments.idle, tell=tell)


MEASURES: dict[str, Callable[[argparse.Namespace], str]] = {
    "inspect": _inspect,
    "line": _line,
    "memory": _memory,
    "read": _read,
    "window": _window,
}


def _samples() -> list[Path]:
    beside = (".json", ".md")
    files = sorted((paths.resources() / "samples").iterdir())
    return [path for path in files if path.is_file() and path.suffix not in beside]
