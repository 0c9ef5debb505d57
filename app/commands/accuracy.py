"""``mingjian accuracy``: read invented documents and say how many fields are exactly right."""

from __future__ import annotations

import argparse
import json
import os
import sys
from pathlib import Path

from tqdm import tqdm

from app.toolchain import accuracy, accuracy_table
from app.toolchain.specimens import MODES, kinds


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the words of the command line."""
    parser.add_argument(
        "--specimens", type=int, default=300, metavar="N", help="how many pictures to read in all"
    )
    parser.add_argument("--kinds", nargs="+", default=kinds(), choices=kinds(), metavar="KIND")
    parser.add_argument("--modes", nargs="+", default=MODES, choices=MODES, metavar="MODE")
    parser.add_argument("--seed", type=int, default=0, metavar="N", help="the first seed")
    parser.add_argument(
        "--processes",
        type=int,
        default=os.cpu_count() or 1,
        metavar="N",
        help="how many processes to read in, each with one thread",
    )
    parser.add_argument(
        "--failures", type=Path, metavar="FILE", help="write every wrong field there, as JSON"
    )


def run(arguments: argparse.Namespace) -> int:
    """Read everything and print the tables; the exit status is 0 however many are wrong."""
    wanted = accuracy.cases(arguments.kinds, arguments.modes, arguments.seed, arguments.specimens)
    measured = accuracy.measure(wanted, arguments.processes)
    outcomes = list(tqdm(measured, total=len(wanted), unit="picture", file=sys.stderr))
    sys.stdout.write(accuracy_table.table(outcomes) + "\n\n")
    sys.stdout.write(accuracy_table.worst_fields(outcomes) + "\n")
    if arguments.failures:
        listed = accuracy_table.failures(outcomes)
        text = json.dumps(listed, ensure_ascii=False, indent=1)
        arguments.failures.write_text(text, encoding="utf-8")
    return 0
