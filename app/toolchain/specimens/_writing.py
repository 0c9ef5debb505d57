"""Specimens as files: pictures and one ``truth.json`` beside them."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

from app.toolchain.specimens import MODES, Specimen, kinds, make_specimen


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument("out", type=Path, help="folder for the pictures and truth.json")
    parser.add_argument("--kinds", nargs="+", default=kinds(), choices=kinds(), metavar="KIND")
    parser.add_argument("--modes", nargs="+", default=MODES, choices=MODES, metavar="MODE")
    parser.add_argument("--count", type=int, default=4, help="pictures of each kind and mode")
    parser.add_argument("--seed", type=int, default=0, help="the first seed")
    parser.add_argument("--format", choices=("jpg", "png"), default="jpg")


def run(args: argparse.Namespace) -> int:
    """Write the pictures; the exit status is 0."""
    args.out.mkdir(parents=True, exist_ok=True)
    wanted = [
        (kind, mode, args.seed + number)
        for kind in args.kinds
        for mode in args.modes
        for number in range(args.count)
    ]
    truths = []
    for kind, mode, seed in tqdm(wanted, unit="picture", disable=None):
        specimen = make_specimen(kind, mode, seed)
        name = f"{kind}-{mode}-{seed:05d}.{args.format}"
        write_picture(args.out / name, specimen.bgr)
        truths.append(entry(name, specimen))
    text = json.dumps(truths, ensure_ascii=False, indent=1)
    (args.out / "truth.json").write_text(text, encoding="utf-8")
    return 0


def write_picture(path: Path, picture: NDArray[np.uint8], quality: int = 95) -> None:
    """Write one picture in the format of its name; ``quality`` is for JPEG."""
    flags = [cv2.IMWRITE_JPEG_QUALITY, quality] if path.suffix == ".jpg" else []
    _, data = cv2.imencode(path.suffix, picture, flags)
    path.write_bytes(data.tobytes())


def entry(file: str, specimen: Specimen) -> dict[str, object]:
    """Return what ``truth.json`` says about one picture."""
    return {
        "file": file,
        "document": specimen.kind,
        "variant": specimen.variant,
        "mode": specimen.mode,
        "seed": specimen.seed,
        "fields": dict(specimen.truth),
        "outline": [list(point) for point in specimen.outline],
    }
