"""Labelled pictures: a DeepPCB-style folder or a COCO one, split by group of boards."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from app.errors import AppError

DEEPPCB_LABELS = ("open", "short", "mousebite", "spur", "copper", "pin-hole")
"""Types 1 to 6 of DeepPCB's annotations, in order."""

Boxes = NDArray[np.float32]
Labels = NDArray[np.int64]
Picture = NDArray[np.uint8]


@dataclass(frozen=True, slots=True, eq=False)
class Sample:
    """One labelled picture."""

    path: Path
    boxes: Boxes
    """N×4: x1 y1 x2 y2 in pixels of the picture."""
    labels: Labels
    group: str
    """Pictures of one group show boards of one design and never stand on both sides of a split."""
    template: Path | None = None
    """A picture of the same board without defects, aligned, where there is one."""

    def picture(self, channels: str) -> Picture:
        """Read the picture, H×W for ``grey`` and H×W×3 for ``bgr``."""
        return read_picture(self.path, channels)


@dataclass(frozen=True, slots=True)
class Labelled:
    """Samples and the names of their classes."""

    labels: tuple[str, ...]
    samples: tuple[Sample, ...]

    def split(self, held_out: Sequence[str]) -> tuple[tuple[Sample, ...], tuple[Sample, ...]]:
        """Return the samples to learn from, and those held out.

        ``group`` holds out a whole group, ``group:0.5`` the last half of it: pictures are numbered
        along the panel, so the last ones are of places that no other shows.
        Raises AppError if a group does not exist or a share is none.
        """
        shares = dict(_held_out(entry) for entry in held_out)
        groups = sorted({sample.group for sample in self.samples})
        for group in shares:
            if group not in groups:
                raise AppError(
                    "There is no group “{group}” in the data.",
                    "Choose among: {groups}.",
                    "data-group",
                    group=group,
                    groups=", ".join(groups),
                )
        kept: list[Sample] = []
        out: list[Sample] = []
        for group in groups:
            samples = sorted((s for s in self.samples if s.group == group), key=lambda s: s.path)
            first = len(samples) - round(shares.get(group, 0.0) * len(samples))
            kept += samples[:first]
            out += samples[first:]
        return tuple(kept), tuple(out)


def _held_out(entry: str) -> tuple[str, float]:
    group, colon, written = entry.partition(":")
    try:
        share = float(written) if colon else 1.0
    except ValueError:
        share = -1.0
    if not 0 <= share <= 1:
        raise AppError(
            "“{share}” is no share of the group “{group}”.",
            "Write a number from 0 to 1 behind the colon, as in {group}:0.5.",
            "data-share",
            share=written,
            group=group,
        )
    return group, share


def read_picture(path: Path, channels: str) -> Picture:
    """Read one picture, H×W for ``grey`` and H×W×3 for ``bgr``; raises AppError."""
    flag = cv2.IMREAD_GRAYSCALE if channels == "grey" else cv2.IMREAD_COLOR
    picture = cv2.imread(str(path), flag)
    if picture is None:
        raise AppError(
            "The picture {file} cannot be read.",
            "Remove it from the data or mend it.",
            "data-picture",
            file=path,
        )
    return np.asarray(picture, np.uint8)


def read_folder(folder: Path) -> Labelled:
    """Read a folder of labelled pictures, DeepPCB-style (``trainval.txt``) or COCO (``*.json``).

    Raises AppError if it is neither, or something in it is wrong.
    """
    readers: tuple[tuple[str, Callable[[Path], Labelled]], ...] = (
        ("trainval.txt", _read_deeppcb),
        ("test.txt", _read_deeppcb),
        ("*.json", _read_coco),
        ("annotations/*.json", _read_coco),
    )
    for pattern, reader in readers:
        if found := sorted(folder.glob(pattern)):
            try:
                return reader(found[0])
            except (ValueError, KeyError, OSError) as error:
                raise AppError(
                    "The list {file} of labelled pictures is wrong: {fault}",
                    "Mend the file, or choose another folder.",
                    "data-list",
                    file=found[0],
                    fault=error,
                ) from error
    raise AppError(
        "The folder {folder} holds neither a trainval.txt (DeepPCB) nor a COCO .json.",
        "Choose the folder that holds the list of labelled pictures.",
        "data-missing",
        folder=folder,
    )


def _read_deeppcb(listing: Path) -> Labelled:
    samples = []
    for line in listing.read_text(encoding="utf-8").splitlines():
        if not line.strip():
            continue
        picture, annotation = line.split()
        stem = listing.parent / picture.removesuffix(".jpg")
        template = stem.with_name(f"{stem.name}_temp.jpg")
        boxes, labels = _deeppcb_boxes(listing.parent / annotation)
        samples.append(
            Sample(
                path=stem.with_name(f"{stem.name}_test.jpg"),
                boxes=boxes,
                labels=labels,
                group=picture.partition("/")[0],
                template=template if template.exists() else None,
            )
        )
    return Labelled(DEEPPCB_LABELS, tuple(samples))


def _deeppcb_boxes(path: Path) -> tuple[Boxes, Labels]:
    lines = path.read_text(encoding="utf-8").replace(",", " ").splitlines()
    rows = np.array([list(map(int, line.split())) for line in lines if line.strip()])
    rows = rows.reshape(-1, 5)
    if rows.size and not ((rows[:, 4] >= 1) & (rows[:, 4] <= len(DEEPPCB_LABELS))).all():
        raise ValueError(f"{path.name}: a type is not between 1 and {len(DEEPPCB_LABELS)}")
    return rows[:, :4].astype(np.float32), (rows[:, 4] - 1).astype(np.int64)


def _read_coco(listing: Path) -> Labelled:
    content = json.loads(listing.read_text(encoding="utf-8"))
    categories = sorted(content["categories"], key=lambda category: int(category["id"]))
    places = {category["id"]: place for place, category in enumerate(categories)}
    found: dict[int, list[tuple[list[float], int]]] = {}
    for note in content["annotations"]:
        x, y, width, height = note["bbox"]
        entry = ([x, y, x + width, y + height], places[note["category_id"]])
        found.setdefault(note["image_id"], []).append(entry)
    samples = []
    for image in content["images"]:
        notes = found.get(image["id"], [])
        path = _beside(listing, image["file_name"])
        samples.append(
            Sample(
                path=path,
                boxes=np.array([box for box, _ in notes], np.float32).reshape(-1, 4),
                labels=np.array([label for _, label in notes], np.int64),
                group=path.parent.name,
            )
        )
    return Labelled(tuple(category["name"] for category in categories), tuple(samples))


def _beside(listing: Path, name: str) -> Path:
    for folder in (listing.parent, listing.parent / "images", listing.parent.parent / "images"):
        if (folder / name).exists():
            return folder / name
    return listing.parent.parent / name
