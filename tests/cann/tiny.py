"""Tiny ONNX models, so that a test of the runtime does not wait for a network."""

from __future__ import annotations

import struct

from cann.protobuf import field

_FLOAT, _INTS, _FLOATS_TENSOR = 1, 7, 1
_IR_VERSION, _OPSET = 8, 13


def pooling(
    shape: tuple[int | str, ...] = ("n", 3, "h", "w"), *, step: int = 8, factor: float = 1.0
) -> bytes:
    """Return a model that averages squares of ``step`` pixels and multiplies by ``factor``."""
    sides = b"".join(field(8, step) for _ in range(2))

    def ints(name: str) -> bytes:
        return field(5, field(1, name) + sides + field(20, _INTS))

    pool = field(1, "x") + field(2, "mean") + field(4, "AveragePool")
    pool += ints("kernel_shape") + ints("strides")
    scale = field(1, "mean") + field(1, "factor") + field(2, "y") + field(4, "Mul")
    weight = field(1, 1) + field(2, _FLOATS_TENSOR) + field(8, "factor")
    weight += field(9, struct.pack("<f", factor))
    graph = field(1, pool) + field(1, scale) + field(2, "tiny") + field(5, weight)
    graph += field(11, _value("x", shape))
    graph += field(12, _value("y", (shape[0], shape[1], "oh", "ow")))
    opset = field(8, field(1, "") + field(2, _OPSET))
    return field(1, _IR_VERSION) + opset + field(7, graph)


def _value(name: str, shape: tuple[int | str, ...]) -> bytes:
    dims = b"".join(
        field(1, field(1, side) if isinstance(side, int) else field(2, side)) for side in shape
    )
    return field(1, name) + field(2, field(1, field(1, _FLOAT) + field(2, dims)))
