"""One call of a model: what is checked when it is asked for, and what happens when it runs."""

from __future__ import annotations

import time
from dataclasses import dataclass

import numpy as np

from cann import codes
from cann.buffers import DataBuffer, Dataset
from cann.machine import MACHINE, Refused
from cann.memory import BadAddress
from cann.program import Program


@dataclass(eq=False)
class Execution:
    """A model and the buffers it reads and writes."""

    program: Program
    inputs: list[DataBuffer]
    outputs: list[DataBuffer]
    gear: int

    def run(self) -> None:
        """Read, compute and write; raises Refused."""
        started = time.perf_counter()
        self.program.stream = 0
        given = [_bytes(buffer) for buffer in self.inputs]
        results = self.program.run(self.gear, given[: len(self.program.inputs)])
        for buffer, result in zip(self.outputs, results, strict=True):
            target = _bytes(buffer)
            count = min(len(target), len(result))
            target[:count] = result[:count]
        MACHINE.computed_s += time.perf_counter() - started


def asked(program: Program, in_handle: int, out_handle: int) -> Execution:
    """Check a call: the context, how many buffers there are, and how large each is."""
    if program.context is not MACHINE.current:
        raise Refused(codes.RT_MODEL_CONTEXT, "EE9999: the model is not of this context")
    inputs, outputs = _buffers(in_handle), _buffers(out_handle)
    has_gears = bool(program.gear_kind)
    if len(inputs) != len(program.inputs) + has_gears or len(outputs) != len(program.outputs):
        raise Refused(codes.GE_FAILURE, "E13025: wrong number of inputs or outputs")
    gear = program.largest
    if has_gears:
        gear = _gear_of(program, _bytes(inputs[-1]))
    for tensor, buffer in zip(program.inputs, inputs, strict=False):
        # Hardware would read behind a short buffer without a word; here it is a mistake.
        if not tensor.size(gear) <= buffer.size <= tensor.most:
            raise Refused(codes.GE_FAILURE, f"E19999: size of input {tensor.name} is wrong")
    for tensor, buffer in zip(program.outputs, outputs, strict=True):
        if buffer.size < tensor.size(gear):
            raise Refused(codes.GE_FAILURE, f"E19999: output {tensor.name} is too small")
    return Execution(program, inputs, outputs, gear)


def set_gear(program: Program, kind: str, buffer: DataBuffer, value: list[int]) -> None:
    """Write a gear into the buffer that the device will read; raises Refused."""
    if not program.gear_kind:
        raise Refused(codes.GE_DYNAMIC_VALUE, "E19999: Dynamic batch info is empty")
    if buffer.size < 4 * len(value):
        raise Refused(codes.GE_DYNAMIC_LENGTH, "E19999: the buffer of the gear is too small")
    if kind != program.gear_kind or value not in program.gear_values:
        raise Refused(codes.GE_DYNAMIC_VALUE, f"E19999: {value} is none of the gears")
    program.gear = program.gear_values.index(value)
    content = np.array(value, np.int32).view(np.uint8)
    _bytes(buffer)[: len(content)] = content


def _gear_of(program: Program, content: np.ndarray) -> int:
    count = len(program.gear_values[0])
    value = content[: 4 * count].view(np.int32).tolist()
    # Without a word the largest gear is taken; fresh memory holds no gear.
    return program.gear_values.index(value) if value in program.gear_values else program.largest


def _buffers(handle: int) -> list[DataBuffer]:
    dataset: Dataset = MACHINE.find(handle, Dataset)
    return [MACHINE.find(buffer, DataBuffer) for buffer in dataset.buffers]


def _bytes(buffer: DataBuffer) -> np.ndarray:
    if not buffer.address or not buffer.size:
        raise Refused(codes.INVALID_PARAM, "EH0002: null data buffer")
    try:
        found = MACHINE.memory.view(buffer.address, buffer.size)
    except BadAddress as error:
        raise Refused(codes.GE_FAILURE, f"E19999: {error}") from None
    if not MACHINE.memory.is_device(buffer.address):
        raise Refused(codes.GE_FAILURE, f"E19999: {buffer.address:#x} is not on the device")
    return found
