"""A detector written by hand: it calls “open” whatever is wholly white in a cell of 8 × 8 pixels.

ONNX is a protocol-buffer message; the few fields of this one are written out here, so that tests
need no package that writes models.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from app.toolchain.detector.design import Design, ExportNote
from app.toolchain.detector.samples import DEEPPCB_LABELS

FLOAT, INT64, INTS = 1, 7, 7
DESIGN = Design(labels=DEEPPCB_LABELS, bins=3)
CHANNELS = len(DEEPPCB_LABELS) + 4 * DESIGN.bins


def write_export(folder: Path, side: int) -> Path:
    """Write what “export” would, for square pictures; every box is two strides wide and high."""
    folder.mkdir()
    weight = np.zeros((CHANNELS, 1, 8, 8), np.float32)
    weight[0] = 20 / 64
    bias = np.full(CHANNELS, -20, np.float32)
    bias[0] = -10
    bias[len(DEEPPCB_LABELS) :] = [0, 30, 0] * 4
    (folder / "model.onnx").write_bytes(cell_network(weight, bias, side))
    note = ExportNote(design=DESIGN, size=(side, side))
    (folder / "design.json").write_text(note.model_dump_json(), encoding="utf-8")
    return folder


def cell_network(weight: NDArray[np.float32], bias: NDArray[np.float32], side: int) -> bytes:
    """Return a model whose answer on each cell of 8 × 8 pixels is linear in them."""
    channels = len(weight)
    shape = np.array([1, channels, (side // 8) ** 2], np.int64)
    strides = _text(1, "strides") + _number(8, 8) * 2 + _number(20, INTS)
    graph = [
        _part(1, _node("Conv", ["x", "w", "b"], "maps") + _part(5, strides)),
        _part(1, _node("Reshape", ["maps", "shape"], "y")),
        _text(2, "cells"),
        _part(5, _tensor("w", weight, FLOAT)),
        _part(5, _tensor("b", bias, FLOAT)),
        _part(5, _tensor("shape", shape, INT64)),
        _part(11, _value("x", [1, weight.shape[1], side, side])),
        _part(12, _value("y", shape.tolist())),
    ]
    return _number(1, 8) + _part(7, b"".join(graph)) + _part(8, _number(2, 13))


def _node(operator: str, inputs: list[str], output: str) -> bytes:
    return b"".join(_text(1, name) for name in inputs) + _text(2, output) + _text(4, operator)


def _tensor(name: str, values: NDArray[np.float32] | NDArray[np.int64], kind: int) -> bytes:
    sides = b"".join(_number(1, side) for side in values.shape)
    return sides + _number(2, kind) + _text(8, name) + _part(9, values.tobytes())


def _value(name: str, sides: list[int]) -> bytes:
    shape = b"".join(_part(1, _number(1, side)) for side in sides)
    return _text(1, name) + _part(2, _part(1, _number(1, FLOAT) + _part(2, shape)))


def _number(field: int, value: int) -> bytes:
    return _varint(field << 3) + _varint(value)


def _text(field: int, text: str) -> bytes:
    return _part(field, text.encode())


def _part(field: int, content: bytes) -> bytes:
    return _varint(field << 3 | 2) + _varint(len(content)) + content


def _varint(value: int) -> bytes:
    low, rest = value & 0x7F, value >> 7
    return bytes([low | 0x80]) + _varint(rest) if rest else bytes([low])
