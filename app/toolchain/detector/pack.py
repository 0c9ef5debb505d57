"""Make a model pack: manifest, weights, hashes and a card that says where it comes from."""

from __future__ import annotations

import hashlib
import json
import shutil
from dataclasses import dataclass
from pathlib import Path

from app.errors import AppError
from app.toolchain.detector.design import Design
from app.toolchain.detector.evaluate import Evaluation, table


@dataclass(frozen=True, slots=True)
class Contents:
    """What goes into a pack."""

    name: str
    version: str
    licence: str
    design: Design
    size: tuple[int, int]
    """Width and height of the input."""
    onnx: Path
    score: float
    """A box below it is not reported."""
    overlap: float = 0.5
    about: str = ""
    """What it finds, on what, made from what; a paragraph of the card."""


def write(contents: Contents, shelf: Path, evaluation: Evaluation | None) -> Path:
    """Write the pack into its folder on ``shelf`` and return the folder.

    Raises AppError if the exported model cannot be read.
    """
    folder = shelf / contents.name
    folder.mkdir(parents=True, exist_ok=True)
    try:
        shutil.copyfile(contents.onnx, folder / "model.onnx")
    except OSError as error:
        raise AppError(
            "The exported model {file} cannot be read.",
            "Export the weights first.",
            "pack-export",
            file=contents.onnx,
        ) from error
    digest = hashlib.sha256((folder / "model.onnx").read_bytes()).hexdigest()
    (folder / "manifest.toml").write_text(_manifest(contents, digest), encoding="utf-8")
    (folder / "CARD.md").write_text(_card(contents, evaluation), encoding="utf-8")
    return folder


def _manifest(contents: Contents, digest: str) -> str:
    design = contents.design
    width, height = contents.size
    zeros, ones = [0.0] * design.colours, [1.0] * design.colours
    return f"""name = {json.dumps(contents.name)}
version = {json.dumps(contents.version)}
task = "object-detection"
licence = {json.dumps(contents.licence)}
labels = {json.dumps(list(design.labels), ensure_ascii=False)}

[input]
channels = {json.dumps(design.channels)}
height = {height}
widths = [{width}]

[input.normalisation]
scale = {1 / 255!r}  # 1 / 255
mean = {zeros}
std = {ones}

[boxes]
stride = {design.stride}
bins = {design.bins}
score = {contents.score}
overlap = {contents.overlap}

[[weights]]
runtime = "onnx"
file = "model.onnx"
sha256 = "{digest}"
"""


def _card(contents: Contents, evaluation: Evaluation | None) -> str:
    design = contents.design
    width, height = contents.size
    rows = len(design.labels) + 4 * design.bins
    places = width * height // design.stride**2
    lines = [
        f"- Labels: {', '.join(design.labels)}.",
        f"- Input: {design.channels}, float32, 1×{design.colours}×{height}×{width}, pixel ÷ 255.",
        f"- Output: 1×{rows}×{places}, logits, not decoded, not suppressed: first the labels,",
        f"  then {design.bins} steps of {design.stride} pixels for left, top, right, bottom.",
        f"- Licence of the weights: {contents.licence}.",
    ]
    parts = [f"# {contents.name}", contents.about, "\n".join(lines)]
    if evaluation is not None:
        about = (
            f"{evaluation.pictures} pictures of {', '.join(evaluation.groups)}, which were held out"
            f" of training; {evaluation.engine}. Precision, recall and confusion at IoU 0.33 and"
            f" score {evaluation.threshold:.3f}, where F1 over all classes is best on these very"
            " pictures."
        )
        parts += ["## Figures", about, table(evaluation)]
    return "\n\n".join(part for part in parts if part) + "\n"
