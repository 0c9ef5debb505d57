"""Weights of an ONNX file rounded to half precision, in place: what an FP16 chip would hold."""

from __future__ import annotations

import numpy as np

from cann.protobuf import fields, read_varint

_GRAPH, _INITIALIZER, _DATA_TYPE, _FLOATS, _RAW = 7, 5, 2, 4, 9
_FLOAT = 1


def rounded(onnx: bytes) -> bytes:
    """Return the file with every float weight as FP16 would have it."""
    content = bytearray(onnx)
    view = memoryview(onnx)
    for number, start, end in fields(view, 0, len(view)):
        if number != _GRAPH:
            continue
        for inner, first, last in fields(view, start, end):
            if inner == _INITIALIZER:
                _round_tensor(content, view, first, last)
    return bytes(content)


def _round_tensor(content: bytearray, view: memoryview, start: int, end: int) -> None:
    found = list(fields(view, start, end))
    kinds = [read_varint(view, first)[0] for number, first, _ in found if number == _DATA_TYPE]
    if kinds != [_FLOAT]:
        return
    for number, first, last in found:
        if number in (_RAW, _FLOATS) and (last - first) % 4 == 0:
            floats = np.frombuffer(view[first:last], "<f4")
            content[first:last] = halved(floats).tobytes()


def halved(floats: np.ndarray) -> np.ndarray:
    """Round to FP16 and back; what it cannot hold becomes its largest."""
    most = float(np.finfo(np.float16).max)
    return np.asarray(np.clip(floats, -most, most).astype(np.float16), np.float32)
