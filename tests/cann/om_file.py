"""OM files with the real header and partition table; inside is ONNX, to be run for real."""

from __future__ import annotations

import json
import struct
from typing import Any

from cann.protobuf import field

HEADER = struct.Struct("<III64sI4B32sI32sII20sB3sQBB62s")
MAGIC, VERSION = 0x444F4D49, 0x20000000
MODEL_DEF, WEIGHTS, TASK_INFO = 0, 1, 2


def write_om(name: str, attributes: dict[str, str], program: dict[str, Any], onnx: bytes) -> bytes:
    """Return a file as ATC writes it; ``program`` says what the emulated runtime is to do."""
    partitions = [
        (MODEL_DEF, _model_def(name, attributes)),
        (WEIGHTS, onnx),
        (TASK_INFO, json.dumps(program).encode()),
    ]
    table = struct.pack("<II", len(partitions), 0)
    offset = 0
    for kind, content in partitions:
        table += struct.pack("<IIQQ", kind, 0, offset, len(content))
        offset += len(content)
    payload = table + b"".join(content for _, content in partitions)
    return _header(name, len(payload)) + payload


def _header(name: str, length: int) -> bytes:
    return HEADER.pack(
        MAGIC,
        HEADER.size,
        VERSION,
        bytes(64),
        length & 0xFFFFFFFF,
        *(0, 1, 0, 0),
        name.encode()[:31],
        0,
        b"emulation",
        0,
        1,
        b"emulation",
        0,
        bytes(3),
        length,
        0,
        0,
        bytes(62),
    )


def _model_def(name: str, attributes: dict[str, str]) -> bytes:
    """Encode ge.proto.ModelDef: name 1, version 2, attributes 11 (text in AttrDef.s 2)."""
    encoded = field(1, name) + field(2, 1)
    for key, value in attributes.items():
        encoded += field(11, field(1, key) + field(2, field(2, value)))
    return encoded


def is_whole(content: bytes) -> bool:
    """Test a file as the runtime does."""
    if len(content) < HEADER.size:
        return False
    head = HEADER.unpack_from(content)
    return bool(head[0] == MAGIC) and len(content) - HEADER.size == (head[-4] or head[4])


def read_om(content: bytes) -> tuple[dict[str, Any], bytes]:
    """Return what the emulated runtime is to do, and the ONNX it is to run."""
    (count,) = struct.unpack_from("<I", content, HEADER.size)
    at = HEADER.size + 8 + 24 * count
    parts: dict[int, bytes] = {}
    for index in range(count):
        kind, _, _, size = struct.unpack_from("<IIQQ", content, HEADER.size + 8 + 24 * index)
        parts[kind] = content[at : at + size]
        at += size
    return json.loads(parts[TASK_INFO]), parts[WEIGHTS]
