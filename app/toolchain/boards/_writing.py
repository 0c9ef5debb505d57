"""Boards as a folder of labelled pictures, DeepPCB-style or COCO, for a detector to learn from."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

from app.errors import AppError
from app.toolchain.boards import LABELS, Board, draw_on, make_board
from app.toolchain.boards._layout import FULL
from app.toolchain.detector.samples import Sample, read_folder, read_picture

JPEG_QUALITY = 95
LEAST_SIDE = 192
"""A smaller board has no room for a defect of each kind."""
TRUTH = "truth.json"


@dataclass(frozen=True, slots=True)
class Lot:
    """What is written: so many boards, several of each design."""

    count: int
    seed: int = 0
    parts: int = 5
    """Boards of one design; they make one group and never stand on both sides of a split."""
    good_share: float = 0.25
    side: int = FULL
    on: tuple[Sample, ...] = ()
    """Boards whose good templates are drawn on, over and over, instead of own designs."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    lot = Lot(20)
    parser.add_argument("out", type=Path, metavar="OUT", help="folder for pictures and truth")
    for name, least, meaning in (
        ("count", 1, "boards"),
        ("parts", 1, "boards of one design"),
        ("seed", 0, "of the first design"),
        ("side", LEAST_SIDE, "of the pictures, in pixels"),
    ):
        parser.add_argument(
            f"--{name}",
            type=partial(_at_least, least),
            default=getattr(lot, name),
            metavar="N",
            help=meaning,
        )
    parser.add_argument(
        "--good-share",
        type=_share,
        default=lot.good_share,
        metavar="SHARE",
        help="share of boards without a defect",
    )
    parser.add_argument(
        "--on",
        type=Path,
        metavar="FOLDER",
        help="draw the defects on the good boards of a DeepPCB-style folder",
    )
    parser.add_argument(
        "--held-out",
        nargs="*",
        default=[],
        metavar="GROUP",
        help="groups of that folder that are not drawn on",
    )
    parser.add_argument(
        "--coco", action="store_true", help="write a COCO set; else one like DeepPCB"
    )


def run(args: argparse.Namespace) -> int:
    """Write the boards; the exit status is 0. Raises AppError if there is nothing to draw on."""
    lot = Lot(args.count, args.seed, args.parts, args.good_share, args.side, _drawn_on(args))
    with tqdm(total=lot.count, unit="board", disable=None) as bar:
        write = write_coco if args.coco else write_deeppcb
        write(args.out, lot, bar.update)
    return 0


def write_deeppcb(folder: Path, lot: Lot, tell: Callable[[], object] = lambda: None) -> Path:
    """Write tested board, template and annotation of each, and ``trainval.txt``."""
    listing, truths = [], []
    for design, name, board in _boards(lot):
        pictures, notes = folder / design / "boards", folder / design / "boards_not"
        pictures.mkdir(parents=True, exist_ok=True)
        notes.mkdir(exist_ok=True)
        _write(pictures / f"{name}_test.jpg", board.picture)
        _write(pictures / f"{name}_temp.jpg", board.clean)
        marked = zip(board.boxes, board.labels, strict=True)
        lines = [f"{' '.join(map(str, _whole(b)))} {LABELS.index(lab) + 1}\n" for b, lab in marked]
        (notes / f"{name}.txt").write_text("".join(lines), encoding="utf-8")
        listing.append(f"{design}/boards/{name}.jpg {design}/boards_not/{name}.txt\n")
        truths.append(truth(f"{design}/boards/{name}_test.jpg", board))
        tell()
    (folder / "trainval.txt").write_text("".join(listing), encoding="utf-8")
    _write_truth(folder, truths)
    return folder


def write_coco(folder: Path, lot: Lot, tell: Callable[[], object] = lambda: None) -> Path:
    """Write the tested boards and ``annotations.json``."""
    images: list[dict[str, object]] = []
    annotations: list[dict[str, object]] = []
    truths = []
    for number, (design, name, board) in enumerate(_boards(lot), 1):
        file = f"{design}/{name}.png"
        (folder / "images" / design).mkdir(parents=True, exist_ok=True)
        _write(folder / "images" / file, board.picture)
        height, width = board.picture.shape
        images.append({"id": number, "file_name": file, "width": width, "height": height})
        for box, label in zip(board.boxes, board.labels, strict=True):
            x1, y1, x2, y2 = _whole(box)
            annotations.append({
                "id": len(annotations) + 1, "image_id": number,
                "category_id": LABELS.index(label) + 1, "bbox": [x1, y1, x2 - x1, y2 - y1],
                "area": (x2 - x1) * (y2 - y1), "iscrowd": 0,
            })  # fmt: skip
        truths.append(truth(f"images/{file}", board))
        tell()
    categories = [{"id": place, "name": label} for place, label in enumerate(LABELS, 1)]
    content = {"images": images, "annotations": annotations, "categories": categories}
    (folder / "annotations.json").write_text(json.dumps(content, indent=1), encoding="utf-8")
    _write_truth(folder, truths)
    return folder


def truth(file: str, board: Board) -> dict[str, object]:
    """Return what ``truth.json`` says about one board."""
    marked = zip(board.labels, board.boxes, strict=True)
    return {
        "file": file,
        "verdict": "NG" if board.labels else "OK",
        "defects": [{"label": label, "box": _whole(box)} for label, box in marked],
    }


def _drawn_on(args: argparse.Namespace) -> tuple[Sample, ...]:
    if args.on is None:
        return ()
    samples, _ = read_folder(args.on).split(args.held_out)
    good = tuple(sample for sample in samples if sample.template is not None)
    if not good:
        raise AppError(
            "The folder {folder} holds no good boards to draw on.",
            "Choose a DeepPCB-style folder with a _temp.jpg beside every _test.jpg.",
            "boards-no-template",
            folder=args.on,
        )
    return good


def _boards(lot: Lot) -> Iterator[tuple[str, str, Board]]:
    """Draw them one by one, each with the name of its design and its own."""
    return _on_given(lot) if lot.on else _on_designs(lot)


def _on_given(lot: Lot) -> Iterator[tuple[str, str, Board]]:
    """Go over the good boards evenly, and again where there are too few."""
    given = [(sample.group, sample.template) for sample in lot.on if sample.template is not None]
    for number in range(lot.count):
        group, template = given[number * max(lot.count, len(given)) // lot.count % len(given)]
        board = draw_on(read_picture(template, "grey"), lot.seed + number)
        yield f"drawn-{group}", f"{lot.seed:05}{number:05}", board


def _on_designs(lot: Lot) -> Iterator[tuple[str, str, Board]]:
    for number in range(lot.count):
        seed, part = lot.seed + number // lot.parts, number % lot.parts
        # The good ones are spread evenly over the lot.
        is_good = int((number + 1) * lot.good_share) > int(number * lot.good_share)
        board = make_board(seed, () if is_good else None, part=part, side=lot.side)
        yield f"design{seed:05}", f"{seed:05}{part:03}", board


def _at_least(least: int, text: str) -> int:
    number = int(text)
    if number < least:
        raise argparse.ArgumentTypeError(f"{number} is less than {least}")
    return number


def _share(text: str) -> float:
    number = float(text)
    if not 0 <= number <= 1:
        raise argparse.ArgumentTypeError(f"{text} does not lie between 0 and 1")
    return number


def _whole(box: tuple[float, float, float, float]) -> list[int]:
    return [int(number) for number in box]


def _write(path: Path, picture: NDArray[np.uint8]) -> None:
    flags = [cv2.IMWRITE_JPEG_QUALITY, JPEG_QUALITY] if path.suffix == ".jpg" else []
    _, data = cv2.imencode(path.suffix, picture, flags)
    path.write_bytes(data.tobytes())


def _write_truth(folder: Path, truths: list[dict[str, object]]) -> None:
    (folder / TRUTH).write_text(json.dumps(truths, indent=1) + "\n", encoding="utf-8")
