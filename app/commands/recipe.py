"""``mingjian recipe STEP …``: list, show, save, check and calibrate what parts are judged by."""

from __future__ import annotations

import argparse
from pathlib import Path

VERSION = "number of the version; else the newest"
AS_JSON = "print one JSON object"
NOTE = "why, kept with the version"
NAMED = "name of the recipe"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the words of the command line."""
    steps = parser.add_subparsers(dest="step", required=True, metavar="STEP")
    _add_list(steps.add_parser("list", help="name every recipe with its versions"))
    _add_show(steps.add_parser("show", help="print a version as its file says it"))
    _add_new(steps.add_parser("new", help="begin a recipe for a model pack"))
    _add_save(steps.add_parser("save", help="put a file on the shelf as the next version"))
    _add_check(steps.add_parser("check", help="say what is wrong with a file or a recipe"))
    _add_calibrate(
        steps.add_parser("calibrate", help="set thresholds by known parts, with a proven bound")
    )


def run(arguments: argparse.Namespace) -> int:
    """Do one step; 0 if it did what was asked, 1 if a check or a proof failed."""
    if arguments.step == "calibrate":
        from app.commands._recipe_calibrate import calibrate

        return calibrate(arguments)
    from app.commands import _recipe_steps as parts

    steps = {
        "list": parts.name_all,
        "show": parts.show,
        "new": parts.begin,
        "save": parts.save,
        "check": parts.check_one,
    }
    return steps[arguments.step](arguments)


def share(text: str) -> float:
    """Take a share between 0 and 1, neither of them."""
    value = float(text)
    if not 0 < value < 1:
        raise ValueError(text)
    return value


def share_or_none(text: str) -> float:
    """Take a share that may be 0."""
    return share(text) if float(text) else 0.0


def _add_list(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="print one JSON object a recipe")


def _add_show(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", metavar="NAME", help=NAMED)
    parser.add_argument("--version", type=int, metavar="N", help=VERSION)
    parser.add_argument("--json", action="store_true", help=AS_JSON)


def _add_new(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", metavar="NAME", help=NAMED)
    parser.add_argument("--pack", required=True, metavar="PACK", help="name of the model pack")
    parser.add_argument("--title", default="", help="what the line calls it")
    parser.add_argument("--json", action="store_true", help=AS_JSON)


def _add_save(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help="a recipe in TOML")
    parser.add_argument("name", metavar="NAME", help=NAMED)
    parser.add_argument("--note", default="", metavar="TEXT", help=NOTE)
    parser.add_argument("--json", action="store_true", help=AS_JSON)


def _add_check(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("what", metavar="FILE|NAME", help="a recipe in TOML, or one by name")
    parser.add_argument(
        "--picture", type=Path, metavar="FILE", help="a picture of the camera, for the areas"
    )
    parser.add_argument("--json", action="store_true", help=AS_JSON)


def _add_calibrate(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", metavar="NAME", help=NAMED)
    parser.add_argument("--version", type=int, metavar="N", help=VERSION)
    for kind, text in (("ok", "pictures of good parts"), ("ng", "pictures of bad parts")):
        parser.add_argument(
            f"--{kind}", type=Path, nargs="+", required=True, metavar="FOLDER", help=text
        )
    parser.add_argument(
        "--escapes", type=share, default=0.005, metavar="SHARE", help="of NG parts called OK"
    )
    parser.add_argument(
        "--confidence", type=share, default=0.95, metavar="SHARE", help="of the proof"
    )
    parser.add_argument(
        "--false-alarms",
        type=share_or_none,
        default=0.005,
        metavar="SHARE",
        help="of OK parts called NG",
    )
    parser.add_argument(
        "--write", action="store_true", help="save a new version with thresholds and bound"
    )
    parser.add_argument("--note", default="", metavar="TEXT", help=NOTE)
    parser.add_argument("--out", type=Path, metavar="FILE", help="draw the curve as a PNG")
    parser.add_argument("--json", action="store_true", help=AS_JSON)
    parser.add_argument(
        "--engine",
        metavar="ENGINE",
        help="what to run the models on: auto, cpu or npu:0; else as set",
    )
