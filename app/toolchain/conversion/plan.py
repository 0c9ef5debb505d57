"""What ATC is told for a pack and a chip: shapes, gears, precision, AIPP."""

from __future__ import annotations

import re
import shlex
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import onnxruntime as ort

from app.engine._pack import ModelPack
from app.errors import AppError
from app.toolchain.conversion.aipp import aipp_text

Size = tuple[int, int]
"""Height and width in pixels."""
Precision = Literal["fp16", "origin", "mixed_float16"]

MOST_GEARS = 100
"""ATC's own limit (--dynamic_image_size); few are better, each is compiled on its own."""
_SPARSE = ("Ascend310B", "Ascend910B", "Ascend910_93")
"""Chips with 4:2 structured sparsity."""
MODEL, AIPP = "model.onnx", "aipp.cfg"
"""File names that the command uses in its working folder."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What is wanted of a conversion."""

    chip: str
    sizes: tuple[Size, ...] = ()
    """Empty takes the pack's own."""
    precision: Precision = "fp16"
    on_chip: bool = False
    """The chip normalises the pixels (AIPP)."""
    is_sparse: bool = False
    options: tuple[str, ...] = ()
    """Further options for ATC, as they are."""


@dataclass(frozen=True, slots=True)
class Plan:
    """One run of ATC."""

    chip: str
    words: tuple[str, ...]
    onnx: bytes
    onnx_sha256: str
    aipp: str
    """Empty without."""

    @property
    def command(self) -> str:
        """The command line as one types it."""
        return shlex.join(self.words)


def plan_for(pack: ModelPack, wish: Wish) -> Plan:
    """Plan the conversion of a pack. Raises AppError for what the chip or ATC cannot do."""
    if not re.fullmatch(r"Ascend\d{3}[\w-]*", wish.chip):
        raise AppError(
            "“{chip}” is no name of a chip.",
            "It is “Ascend” and the name that “npu-smi info” shows, for example Ascend310P3.",
            "convert-chip",
            chip=wish.chip,
        )
    if wish.is_sparse and not wish.chip.startswith(_SPARSE):
        raise AppError(
            "The chip {chip} has no 4:2 sparsity.",
            "Leave out --sparse; it is for {known} only.",
            "convert-sparse",
            chip=wish.chip,
            known=", ".join(_SPARSE),
        )
    onnx, digest = pack.weights("onnx")
    sizes = _sizes(pack, wish.sizes)
    words = ["atc", "--framework=5", f"--model={MODEL}", "--output=model"]
    words += [f"--soc_version={wish.chip}", "--input_format=NCHW", *_shape(pack, onnx, sizes)]
    words += [f"--precision_mode_v2={wish.precision}", "--log=error"]
    aipp = ""
    if wish.on_chip:
        aipp = aipp_text(pack.manifest.input, sizes[0] if len(sizes) == 1 else None)
        words.append(f"--insert_op_conf={AIPP}")
    if wish.is_sparse:
        words.append("--sparsity=1")
    return Plan(wish.chip, (*words, *wish.options), onnx, digest, aipp)


def _sizes(pack: ModelPack, wished: Sequence[Size]) -> tuple[Size, ...]:
    """Return what is wished, or the pack's gears, or its height with each of its widths."""
    given = pack.manifest.input
    height = given.height
    own = given.gears or tuple((height, width) for width in given.widths if height)
    sizes = tuple(dict.fromkeys(wished or own))
    if not sizes:
        raise AppError(
            "The model pack {pack} takes pictures of any size, and an NPU's model does not.",
            "Name the sizes with --sizes, for example --sizes 640x448 640x640.",
            "convert-sizes",
            pack=pack.name,
        )
    if len(sizes) > MOST_GEARS:
        raise AppError(
            "{count} sizes are more than the {most} that ATC takes.",
            "Name fewer with --sizes.",
            "convert-many",
            count=len(sizes),
            most=MOST_GEARS,
        )
    for size in sizes:
        if size[0] % given.stride or size[1] % given.stride or height not in (None, size[0]):
            raise AppError(
                "The model pack {pack} does not take pictures of {height}×{width} pixels.",
                "Sides are multiples of {stride}, and a fixed height stays.",
                "convert-size",
                pack=pack.name,
                height=size[0],
                width=size[1],
                stride=given.stride,
            )
    return sizes


def _shape(pack: ModelPack, onnx: bytes, sizes: Sequence[Size]) -> list[str]:
    options = ort.SessionOptions()
    options.log_severity_level = 4
    try:
        session = ort.InferenceSession(onnx, options, providers=["CPUExecutionProvider"])
    except Exception as error:
        raise AppError(
            "The ONNX weights of the model pack {pack} cannot be read: {fault}",
            "Install the model pack again.",
            "convert-onnx",
            pack=pack.name,
            fault=error,
        ) from error
    name = session.get_inputs()[0].name
    channels = 1 if pack.manifest.input.channels == "grey" else 3
    if len(sizes) == 1:
        height, width = sizes[0]
        return [f"--input_shape={name}:1,{channels},{height},{width}"]
    gears = ";".join(f"{height},{width}" for height, width in sizes)
    return [f"--input_shape={name}:1,{channels},-1,-1", f"--dynamic_image_size={gears}"]
