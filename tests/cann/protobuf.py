"""As much of protobuf's wire format as OM headers, ONNX weights and tiny models need."""

from __future__ import annotations

from collections.abc import Iterator

VARINT, FIXED64, BYTES, FIXED32 = 0, 1, 2, 5


def varint(value: int) -> bytes:
    """Encode a whole number."""
    value &= (1 << 64) - 1
    encoded = bytearray()
    while value > 0x7F:
        encoded.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*encoded, value])


def field(number: int, value: int | str | bytes) -> bytes:
    """Encode one field: a whole number, a text, or a message encoded already."""
    if isinstance(value, int):
        return varint(number << 3 | VARINT) + varint(value)
    content = value.encode() if isinstance(value, str) else value
    return varint(number << 3 | BYTES) + varint(len(content)) + content


def fields(content: bytes | memoryview, start: int, end: int) -> Iterator[tuple[int, int, int]]:
    """Walk a message: (number, where the value begins, where it ends); for a varint its own."""
    at = start
    while at < end:
        key, at = read_varint(content, at)
        number, wire = key >> 3, key & 7
        if wire == VARINT:
            _, after = read_varint(content, at)
            yield number, at, after
        elif wire == BYTES:
            size, at = read_varint(content, at)
            after = at + size
            yield number, at, after
        else:
            after = at + {FIXED64: 8, FIXED32: 4}[wire]
            yield number, at, after
        at = after


def read_varint(content: bytes | memoryview, at: int) -> tuple[int, int]:
    """Return a whole number and where it ends."""
    value = shift = 0
    while True:
        byte = content[at]
        value |= (byte & 0x7F) << shift
        at, shift = at + 1, shift + 7
        if byte < 0x80:
            return value, at
