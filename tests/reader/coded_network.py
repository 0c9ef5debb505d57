"""A detector whose answer is drawn into the picture, so that tests know it exactly.

The six first pixels of a cell of 8 × 8 say: score of “open”, how many strides of 8 pixels its box
reaches from the middle of the cell to the left, top, right and bottom, and score of “short”.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

import numpy as np
from toolchain.white_network import cell_network

from app.engine import open_session
from app.engine._pack import load_pack
from app.reader.part import PartReader
from app.recipes import Recipe
from app.vocabulary import Bgr, Box

LABELS = ("open", "short")
SIDE, STRIDE, BINS = 128, 8, 17
STEP = 255 // BINS
"""Grey levels a stride of length."""
SURE = 250
"""Grey level of a score of 0.9999."""
SHARP = 30 * BINS**2


PLAIN = "mean = [0.0]\nstd = [1.0]"
MANIFEST = f"""name = "{{name}}"
version = "1"
task = "object-detection"
licence = "Apache-2.0"
labels = ["open", "short"]
[input]
channels = "{{channels}}"
height = {SIDE}
widths = [{SIDE}]
[input.normalisation]
{{normalisation}}
[boxes]
stride = {STRIDE}
bins = {BINS}
score = 0.5
overlap = 0.5
[[weights]]
runtime = "onnx"
file = "model.onnx"
sha256 = "{{digest}}"
"""


def write_pack(
    shelf: Path, name: str = "coded", normalisation: str = PLAIN, channels: str = "grey"
) -> Path:
    """Write the pack into its folder on the shelf; of colours it sees the first channel alone."""
    count = len(LABELS) + 4 * BINS
    weight = np.zeros((count, 1 if channels == "grey" else 3, 8, 8), np.float32)
    bias = np.full(count, -10, np.float32)
    weight[0, 0, 0, 0] = weight[1, 0, 0, 5] = 20
    # The highest of 2kv − k² over k is where k = v: a side's distribution stands on one step.
    for side in range(4):
        for step in range(BINS):
            channel = len(LABELS) + side * BINS + step
            weight[channel, 0, 0, 1 + side] = SHARP * 2 * step * 255 / STEP / BINS**2
            bias[channel] = -SHARP * step**2 / BINS**2
    folder = shelf / name
    folder.mkdir(parents=True)
    model = cell_network(weight, bias, SIDE)
    (folder / "model.onnx").write_bytes(model)
    (folder / "manifest.toml").write_text(
        MANIFEST.format(
            name=name,
            digest=hashlib.sha256(model).hexdigest(),
            normalisation=normalisation,
            channels=channels,
        ),
        encoding="utf-8",
    )
    return folder


def black(width: int, height: int) -> Bgr:
    return np.zeros((height, width, 3), np.uint8)


def draw(bgr: Bgr, cell: tuple[int, int], box: Box, label: str = "open", grey: int = SURE) -> None:
    """Let the cell at (column, row) answer with a box; each side is half a stride and whole ones.

    The box is in pixels of the picture and may reach 16 strides to each side.
    """
    x, y = cell[0] * STRIDE, cell[1] * STRIDE
    middle = (x + STRIDE / 2, y + STRIDE / 2) * 2
    signs = (-1, -1, 1, 1)
    steps = [
        sign * (edge - centre) / STRIDE
        for sign, edge, centre in zip(signs, box, middle, strict=True)
    ]
    assert all(step == int(step) and 0 <= step < BINS for step in steps), steps
    bgr[y, x + LABELS.index(label) * 5] = grey
    for place, step in enumerate(steps):
        bgr[y, x + 1 + place] = int(step) * STEP


def around(cell: tuple[int, int], strides: int = 1) -> Box:
    """Return the box so many strides around the middle of a cell."""
    x, y = cell[0] * STRIDE + STRIDE / 2, cell[1] * STRIDE + STRIDE / 2
    reach = strides * STRIDE
    return x - reach, y - reach, x + reach, y + reach


def part_reader(
    shelf: Path, recipe: Recipe, *, threads: int = 1, floor: float | None = None
) -> PartReader:
    """Open the pack that ``write_pack`` wrote there."""
    pack = load_pack(recipe.pack, shelf)
    return PartReader(
        recipe,
        pack,
        lambda across: open_session(pack, threads=threads, across=across),
        floor=floor,
        is_across_useful=threads > 1,
    )
