"""``mingjian line``: run the line without a window, as an edge box does."""

from __future__ import annotations

import argparse
import queue
import sys
import threading
import time
from typing import TYPE_CHECKING

from app.commands._reading import ended_in_order
from app.language import catalogue, system_language

if TYPE_CHECKING:
    from app.commands._line_news import Telling

ENDED_IN_TROUBLE = 1
POLL_S = 0.2
"""How long the end may go unnoticed."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the words of the command line."""
    parser.add_argument(
        "--recipe", default="", metavar="R", help="the recipe to judge by; else as set"
    )
    parser.add_argument(
        "--source", default="", metavar="ADDRESS", help="where the pictures come from; else as set"
    )
    parser.add_argument("--parts", type=int, metavar="N", help="end after so many parts")
    parser.add_argument("--seconds", type=float, metavar="S", help="end after so many seconds")
    parser.add_argument(
        "--json", action="store_true", help="print one JSON object a part and a change, one a line"
    )


def run(arguments: argparse.Namespace) -> int:
    """Run until the end of the source, a limit or an interruption; 1 if it ends in trouble."""
    from app import assembly
    from app.commands._line_news import Telling
    from app.line.hosting import hosted
    from app.settings import load_settings

    settings = load_settings()
    telling = Telling(catalogue(system_language()), is_json=arguments.json)
    with assembly.open_store(settings) as records:
        line, station = assembly.open_line(
            settings, arguments.recipe, telling.hear, records=records, source=arguments.source
        )
        try:
            with ended_in_order(), hosted(line, station) as ended:
                _print(telling, ended, arguments)
        finally:
            _print_left(telling)
    return ENDED_IN_TROUBLE if telling.is_in_trouble else 0


def _print(telling: Telling, ended: threading.Event, arguments: argparse.Namespace) -> None:
    """Print what is told until the end; who reads too slowly holds nothing up."""
    until = time.monotonic() + arguments.seconds if arguments.seconds else float("inf")
    while time.monotonic() < until:
        try:
            print(telling.lines.get(timeout=POLL_S), flush=True)
        except queue.Empty:
            if ended.is_set():
                return
        if arguments.parts and telling.parts >= arguments.parts:
            return


def _print_left(telling: Telling) -> None:
    while not telling.lines.empty():
        print(telling.lines.get())
    sys.stdout.flush()
