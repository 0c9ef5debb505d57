"""``mingjian model``: make a detector of your own: train, prune, export, evaluate and pack it."""

from __future__ import annotations

import argparse
import importlib.util
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from app.commands import _model_convert
from app.commands import _model_parts as parts
from app.commands._progress import Progress
from app.errors import AppError

HEAVY = ("train", "prune", "export")
"""Steps that need paddle, which lives in the environment of the toolchain."""
CHOSEN = "only these groups of pictures, or the last share of one, as group1:0.5"
HELD_OUT = (
    "groups of pictures (folders) that are kept out of training, or the last share of one, as"
    " group1:0.5"
)
DATA = "folder of labelled pictures, DeepPCB-style or COCO"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the words of the command line."""
    steps = parser.add_subparsers(dest="step", required=True, metavar="STEP")
    _add_train(steps.add_parser("train", help="learn from labelled pictures; goes on if stopped"))
    _add_prune(
        steps.add_parser(
            "prune", help="remove the channels that matter least, then learn from the unpruned"
        )
    )
    _add_export(steps.add_parser("export", help="write a Paddle inference model and ONNX"))
    _add_evaluate(steps.add_parser("evaluate", help="measure a pack on labelled pictures"))
    _add_speed(steps.add_parser("speed", help="measure packs against each other, turn about"))
    _add_pack(steps.add_parser("pack", help="make a model pack with hashes and card"))
    _model_convert.add_arguments(
        steps.add_parser("convert", help="compile a model pack for the chip of an NPU")
    )


def run(arguments: argparse.Namespace) -> int:
    """Do one step; the heavy ones go to the environment of the toolchain by themselves."""
    if arguments.step in HEAVY and importlib.util.find_spec("paddle") is None:
        return _in_toolchain()
    steps: dict[str, Callable[[argparse.Namespace, Progress], None]] = {
        "train": parts.train,
        "prune": parts.prune,
        "export": parts.export,
        "evaluate": parts.evaluate,
        "speed": parts.speed,
        "pack": parts.pack,
        "convert": _model_convert.convert_pack,
    }
    with Progress() as progress:
        steps[arguments.step](arguments, progress)
    return 0


def _in_toolchain() -> int:
    root = Path(__file__).resolve().parents[2]
    python = root / ".venv-toolchain" / "bin" / "python"
    if not python.exists():
        raise AppError(
            "The toolchain, which this step needs, is not installed.",
            "Run “make toolchain” once, in the folder of the source.",
            "toolchain-missing",
        )
    return subprocess.call([str(python), "-m", "app", *sys.argv[1:]])


def _add_learning(parser: argparse.ArgumentParser, steps: int, rate: float) -> None:
    parser.add_argument("--data", type=Path, required=True, metavar="FOLDER", help=DATA)
    parser.add_argument(
        "--out", type=Path, required=True, metavar="FOLDER", help="where checkpoints and weights go"
    )
    parser.add_argument("--held-out", nargs="*", default=[], metavar="GROUP", help=HELD_OUT)
    parser.add_argument(
        "--more",
        nargs="*",
        type=Path,
        default=[],
        metavar="FOLDER",
        help="more labelled pictures to learn from, wholly, as those that mingjian boards draws",
    )
    parser.add_argument(
        "--opposites",
        nargs="*",
        default=[],
        metavar="LABEL=LABEL",
        help="labels that change places in the negative of a picture, as open=short; all or none",
    )
    parser.add_argument("--device", default="cpu", help="as for paddle.set_device: cpu, gpu, npu:0")
    parser.add_argument(
        "--processes", type=int, default=1, metavar="N", help="how many processes learn together"
    )
    parser.add_argument("--steps", type=int, default=steps, metavar="N", help="how many steps")
    parser.add_argument(
        "--batch", type=int, default=12, metavar="N", help="crops a step and process"
    )
    parser.add_argument(
        "--crop", type=int, default=256, metavar="PX", help="side of a crop, a multiple of 32"
    )
    parser.add_argument("--rate", type=float, default=rate, help="learning rate at its highest")
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="seed of all chance")
    parser.add_argument(
        "--keep-every", type=int, default=100, metavar="N", help="steps between two checkpoints"
    )
    parser.add_argument(
        "--score-every", type=int, default=1000, metavar="N", help="steps between two measurements"
    )


def _add_train(parser: argparse.ArgumentParser) -> None:
    _add_learning(parser, steps=4000, rate=1e-3)
    parser.add_argument("--start", type=Path, metavar="FILE", help="weights to begin with")
    parser.add_argument(
        "--channels", choices=("grey", "bgr"), default="grey", help="what the network sees"
    )


def _add_prune(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--weights", type=Path, required=True, metavar="FILE", help="the trained weights"
    )
    parser.add_argument(
        "--teacher", type=Path, metavar="FILE", help="weights to learn from; else those pruned"
    )
    _add_learning(parser, steps=3000, rate=1e-3)
    parser.add_argument(
        "--keep", type=float, default=0.15, metavar="SHARE", help="share of the work that stays"
    )
    parser.add_argument(
        "--criterion", choices=("fpgm", "l1"), default="fpgm", help="how filters are ranked"
    )
    parser.add_argument(
        "--trial", type=int, default=32, metavar="N", help="crops on which harm is measured"
    )
    parser.add_argument(
        "--multiple", type=int, default=16, metavar="N", help="channels left are a multiple of it"
    )


def _add_export(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--weights", type=Path, required=True, metavar="FILE", help="the trained weights"
    )
    parser.add_argument("--out", type=Path, required=True, metavar="FOLDER")
    parser.add_argument(
        "--size", type=int, nargs=2, default=(640, 640), metavar="PX", help="width and height"
    )


def _add_evaluate(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("pack", type=Path, metavar="PACK", help="folder of a model pack")
    parser.add_argument("--data", type=Path, required=True, metavar="FOLDER", help=DATA)
    parser.add_argument("--groups", nargs="*", default=[], metavar="GROUP", help=CHOSEN)
    parser.add_argument("--threads", type=int, default=0, metavar="N", help="0 is every core")
    parser.add_argument(
        "--out",
        type=Path,
        metavar="FOLDER",
        help="write evaluation.json, curves.csv and curves.svg there",
    )


def _add_speed(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("packs", type=Path, nargs="+", metavar="PACK", help="the first is the norm")
    parser.add_argument("--data", type=Path, required=True, metavar="FOLDER", help=DATA)
    parser.add_argument(
        "--pictures", type=int, default=20, metavar="N", help="how many pictures to take"
    )
    parser.add_argument("--threads", type=int, default=1, metavar="N", help="0 is every core")
    parser.add_argument("--rounds", type=int, default=10, metavar="N", help="times over them")


def _add_pack(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--name", required=True, help="the pack's name, for example pcb-defects")
    parser.add_argument("--version", default="1.0.0")
    parser.add_argument(
        "--exported", type=Path, required=True, metavar="FOLDER", help="what “export” wrote"
    )
    parser.add_argument("--licence", required=True, help="of the weights, an SPDX name")
    parser.add_argument(
        "--about", type=Path, metavar="FILE", help="a text for the card: what it finds, and where"
    )
    parser.add_argument(
        "--evaluation", type=Path, metavar="FILE", help="what “evaluate” wrote, for the card"
    )
    parser.add_argument(
        "--score", type=float, metavar="SCORE", help="report boxes from this score on"
    )
    parser.add_argument(
        "--out", type=Path, required=True, metavar="FOLDER", help="the pack becomes a folder in it"
    )
