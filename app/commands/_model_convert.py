"""``mingjian model convert``: a pack for the chip of an NPU."""

from __future__ import annotations

import argparse
import re
import shlex
import sys
from pathlib import Path

from app.commands._progress import Progress
from app.engine._pack import ModelPack, load_pack
from app.errors import AppError
from app.language import catalogue, message, system_language
from app.toolchain.conversion.convert import convert, has_atc, keep, script
from app.toolchain.conversion.plan import Size, Wish, plan_for


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the words of the step."""
    parser.add_argument("pack", metavar="PACK", help="name or folder of a model pack")
    parser.add_argument(
        "--chip", metavar="CHIP", help="for example Ascend310P3; else the chip that is here"
    )
    parser.add_argument(
        "--sizes",
        nargs="+",
        type=_size,
        default=[],
        metavar="HxW",
        help="heights and widths to compile for; else the pack's own",
    )
    parser.add_argument(
        "--precision",
        choices=("fp16", "origin", "mixed_float16"),
        default="fp16",
        help="what the chip computes in",
    )
    parser.add_argument(
        "--aipp", action="store_true", help="the chip normalises the pixels, and takes bytes"
    )
    parser.add_argument(
        "--sparse", action="store_true", help="use 4:2 sparsity; for weights trained for it"
    )
    parser.add_argument(
        "--option",
        action="append",
        default=[],
        metavar="OPTION",
        help="one more option for ATC, for example --option=--buffer_optimize=off_optimize",
    )
    does = parser.add_mutually_exclusive_group()
    does.add_argument(
        "--script", action="store_true", help="only print the script to run on another machine"
    )
    does.add_argument(
        "--take", type=Path, metavar="FILE", help="take a file that such a script has made"
    )


def convert_pack(arguments: argparse.Namespace, _progress: Progress) -> None:
    """Convert, or print the script for a machine that can. Raises AppError."""
    pack = _pack(arguments.pack)
    chip = arguments.chip or _chip_here()
    plan = plan_for(
        pack,
        Wish(
            chip=chip,
            sizes=tuple(arguments.sizes),
            precision=arguments.precision,
            on_chip=arguments.aipp,
            is_sparse=arguments.sparse,
            options=tuple(arguments.option),
        ),
    )
    if arguments.script or (not arguments.take and not has_atc()):
        if not arguments.script:
            told = message("CANN is not installed here. Run this script where it is:")
            print(told.text(catalogue(system_language())), file=sys.stderr)
        print(script(pack, plan, _back(arguments, chip)), end="")
        return
    print(plan.command)
    try:
        taken = arguments.take and _read(arguments.take)
        made = keep(pack, plan, taken) if taken else convert(pack, plan)
    except OSError as error:
        raise AppError(
            "The converted model cannot be written: {reason} ({path}).",
            "Check the rights of the folder and the space on its disk.",
            "convert-not-written",
            reason=error.strerror,
            path=error.filename,
        ) from error
    print(f"{made.file}: {made.chip}, ATC {made.atc_version or '?'}, SHA-256 {made.sha256}")


def _back(arguments: argparse.Namespace, chip: str) -> str:
    """Return the command that takes what was made elsewhere in the way that is asked for now."""
    words = ["mingjian", "model", "convert", arguments.pack, "--chip", chip]
    if arguments.sizes:
        words += ["--sizes", *(f"{height}x{width}" for height, width in arguments.sizes)]
    words += ["--precision", arguments.precision]
    words += ["--aipp"] * arguments.aipp + ["--sparse"] * arguments.sparse
    words += [f"--option={option}" for option in arguments.option]
    return shlex.join([*words, "--take", "model.om"])


def _pack(named: str) -> ModelPack:
    folder = Path(named).resolve()
    is_folder = (folder / "manifest.toml").is_file()
    return load_pack(folder.name, folder.parent) if is_folder else load_pack(named)


def _chip_here() -> str:
    from app.engine.ascend import chip_of

    return chip_of(0)


def _size(text: str) -> Size:
    found = re.fullmatch(r"(\d{1,5})[x×](\d{1,5})", text)
    if not found:
        raise argparse.ArgumentTypeError(text)
    return int(found[1]), int(found[2])


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise AppError(
            "The file {path} cannot be read: {reason}.",
            "Name the file that the script has made.",
            "convert-unreadable",
            path=path,
            reason=error.strerror,
        ) from error
