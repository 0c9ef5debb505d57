"""Packs of tiny models, with ONNX weights and, where asked, an OM for the emulated chip."""

from __future__ import annotations

import hashlib
from pathlib import Path

from cann import SUFFIX, atc, tiny

from app.engine._pack import ModelPack, load_pack

STATIC = ("--input_shape=x:1,3,16,24",)
SIZES = ("--input_shape=x:1,3,-1,-1", "--dynamic_image_size=16,24;16,48;32,48")
BATCHES = ("--input_shape=x:-1,3,16,24", "--dynamic_batch_size=1,4")
DIMS = ("--input_shape=x:1,3,16,-1", "--dynamic_dims=24;48", "--input_format=ND")
EXACT = "--precision_mode_v2=origin"

MANIFEST = """
name = "tiny"
version = "1"
task = "{task}"
licence = "Apache-2.0"
labels = ["a"]

[input]
channels = "{channels}"

[input.normalisation]
mean = [0.5, 0.25, 0.125]
std = [0.5, 0.5, 0.25]
"""
WEIGHTS = """
[[weights]]
runtime = "{runtime}"
chip = "{chip}"
file = "{file}"
sha256 = "{sha256}"
"""


def tiny_pack(
    shelf: Path,
    *options: str,
    task: str = "text-detection",
    channels: str = "bgr",
    chip: str = "Ascend310P3",
    onnx: bytes | None = None,
) -> ModelPack:
    """Make a pack; with options for atc it has an OM model, too."""
    folder = shelf / "tiny"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "model.onnx").write_bytes(onnx or tiny.pooling())
    text = MANIFEST.format(task=task, channels=channels) + weights(folder, "onnx", "", "model.onnx")
    if options:
        convert(folder / "model.onnx", folder / "model", chip, *options)
        text += weights(folder, "ascend", chip + SUFFIX, "model.om")
    (folder / "manifest.toml").write_text(text)
    return load_pack("tiny", shelf)


def convert(onnx: Path, out: Path, chip: str, *options: str) -> None:
    words = ["--framework=5", f"--model={onnx}", f"--output={out}", f"--soc_version={chip}"]
    assert atc.main([*words, *options]) == 0


def weights(folder: Path, runtime: str, chip: str, file: str) -> str:
    digest = hashlib.sha256((folder / file).read_bytes()).hexdigest()
    return WEIGHTS.format(runtime=runtime, chip=chip, file=file, sha256=digest)
