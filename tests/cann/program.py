"""What an OM file does once it is loaded: its shapes, its gears, and the run itself."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime as ort

from cann import codes
from cann.half import halved
from cann.machine import MACHINE, Context, Refused
from cann.om_file import is_whole, read_om

GEAR_INPUT = "ascend_mbatch_shape_data"
WORK_SIZE = 4096
FLOAT, HALF, UINT8, INT64 = 0, 1, 4, 9
TYPES = {FLOAT: np.float32, HALF: np.float16, UINT8: np.uint8, INT64: np.int64}
GEAR_LENGTHS = {"batch": 4, "hw": 8}


@dataclass(eq=False)
class Tensor:
    """One input or output as the description tells it."""

    name: str
    dtype: int
    format: int
    dims: list[int]
    gears: list[list[int]]
    """Its shape in each gear; one entry for a model without."""

    def size(self, gear: int) -> int:
        """Bytes in one gear."""
        return math.prod(self.gears[gear]) * np.dtype(TYPES[self.dtype]).itemsize

    @property
    def most(self) -> int:
        """Bytes in the largest gear."""
        return max(self.size(gear) for gear in range(len(self.gears)))


@dataclass(eq=False)
class Program:
    """One loaded model."""

    context: Context | None
    inputs: list[Tensor]
    outputs: list[Tensor]
    gear_kind: str
    gear_values: list[list[int]]
    aipp: dict[str, Any] | None
    is_half: bool
    size: int
    session: ort.InferenceSession
    stream: int = 0
    """Where it waits to run; on one stream at a time only."""
    gear: int = field(init=False)

    def __post_init__(self) -> None:
        self.gear = self.largest

    @property
    def largest(self) -> int:
        """The gear that is taken where none was chosen."""
        sizes = [self.inputs[0].size(gear) for gear in range(len(self.inputs[0].gears))]
        return sizes.index(max(sizes))

    @property
    def gear_input_size(self) -> int:
        """Bytes of the input that says which gear; 0 without gears."""
        if not self.gear_kind:
            return 0
        if self.gear_kind in GEAR_LENGTHS:
            return GEAR_LENGTHS[self.gear_kind]
        return 4 * sum(len(tensor.dims) for tensor in self.inputs)

    def run(self, gear: int, given: list[np.ndarray]) -> list[np.ndarray]:
        """Compute on bytes; returns each output's bytes."""
        feeds = {}
        for tensor, content in zip(self.inputs, given, strict=True):
            array = content[: tensor.size(gear)].view(TYPES[tensor.dtype])
            array = array.reshape(tensor.gears[gear])
            feeds[tensor.name] = self._fed(array)
        results = self.session.run(None, feeds)
        return [
            np.ascontiguousarray(self._rounded(np.asarray(each)), TYPES[tensor.dtype])
            .reshape(-1)
            .view(np.uint8)
            for tensor, each in zip(self.outputs, results, strict=True)
        ]

    def _fed(self, array: np.ndarray) -> np.ndarray:
        if self.aipp is not None:
            array = prepared(array, self.aipp)
        if np.issubdtype(array.dtype, np.floating):
            return self._rounded(np.asarray(array, np.float32))
        return array

    def _rounded(self, array: np.ndarray) -> np.ndarray:
        return halved(array) if self.is_half and array.dtype == np.float32 else array


def prepared(pixels: np.ndarray, aipp: dict[str, Any]) -> np.ndarray:
    """Swap and normalise as the chip does: NHWC bytes in, NCHW floats out."""
    if aipp["rbuv_swap_switch"]:
        pixels = pixels[..., ::-1]
    channels = pixels.shape[-1]
    mean, low, factor = (np.array(aipp[name][:channels], np.float32) for name in _AIPP)
    floats = (pixels.astype(np.float32) - mean - low) * factor
    return np.ascontiguousarray(floats.transpose(0, 3, 1, 2))


_AIPP = ("mean_chn", "min_chn", "var_reci_chn")


def read_file(path: str) -> bytes:
    """Return the bytes of a model; raises Refused."""
    try:
        return Path(path).read_bytes()
    except OSError:
        raise Refused(codes.GE_MODEL_PATH, f"E13000: File {path} cannot be read") from None


def load(content: bytes, context: Context | None) -> Program:
    """Load a file into a context, as the runtime would; raises Refused."""
    if not is_whole(content):
        raise Refused(codes.GE_DATA_SIZE, "E10001: Invalid om file.")
    told, onnx = read_om(content)
    if told["soc_version"] != MACHINE.soc:
        raise Refused(
            codes.GE_FAILURE,
            f"E10001: Model soc version is not support in this device: {told['soc_version']}",
        )
    return Program(
        context=context,
        inputs=[Tensor(**tensor) for tensor in told["inputs"]],
        outputs=[Tensor(**tensor) for tensor in told["outputs"]],
        gear_kind=told["gear_kind"],
        gear_values=told["gear_values"],
        aipp=told["aipp"],
        is_half=told["is_half"],
        size=len(onnx),
        session=_session(onnx),
    )


@lru_cache(maxsize=4)
def _session(onnx: bytes) -> ort.InferenceSession:
    """Compile once, however often the device loads the model."""
    options = ort.SessionOptions()
    options.intra_op_num_threads = 1
    options.log_severity_level = 4
    return ort.InferenceSession(onnx, options, providers=["CPUExecutionProvider"])
