"""Whether a JPEG or PNG is whole, which its decoder would not tell: it fills up with grey."""

from __future__ import annotations

import struct
import zlib

from app.capture import _faults
from app.capture._faults import Place

_JPEG_BARE = frozenset({0x01, *range(0xD0, 0xD9)})
"""Markers that no length follows (ITU-T T.81, B.1.1.3)."""
_SCAN = b"\xff\xda"
_END = b"\xff\xd9"
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
"""Markers that give the size (table B.1)."""
_SEQUENTIAL = (0xC0, 0xC1)
_MOST_SCANNED_PIXELS = 2_000_000_000
"""A progressive JPEG costs time for all pixels with every scan; thousands are an attack."""

_PNG_SIGNATURE_BYTES = 8
_PNG_CRITICAL = (b"IHDR", b"PLTE", b"IDAT", b"IEND")


def check(form: str, data: bytes, at: Place) -> None:
    """Raise BadPicture for a JPEG or PNG whose end is missing or whose checksums are wrong."""
    if form == "JPEG":
        _check_jpeg(data, at)
    elif form == "PNG":
        _check_png(data, at)


def _check_jpeg(data: bytes, at: Place) -> None:
    scan, pixels, has_more = _first_scan(data, at)
    # A thumbnail in the header has an end of its own; within a scan FF D9 cannot occur.
    if data.rfind(_END, scan) < 0:
        raise _faults.cut_short(at)
    if has_more and data.count(_SCAN, scan) * pixels > _MOST_SCANNED_PIXELS:
        raise _faults.damaged(at)


def _first_scan(data: bytes, at: Place) -> tuple[int, int, bool]:
    """Return where the first scan begins, of how many pixels, and whether others follow."""
    position, pixels, channels, is_progressive = 2, 0, 0, False
    while position + 10 <= len(data):
        if data[position] != 0xFF:
            raise _faults.damaged(at)
        marker = data[position + 1]
        if marker == _SCAN[1]:
            return position, pixels, is_progressive or data[position + 4] < channels
        if marker in _FRAMES:
            height, width, channels = struct.unpack_from(">HHB", data, position + 5)
            pixels, is_progressive = height * width, marker not in _SEQUENTIAL
        if marker == 0xFF:
            position += 1
        elif marker in _JPEG_BARE:
            position += 2
        else:
            position += 2 + int.from_bytes(data[position + 2 : position + 4])
    raise _faults.cut_short(at)


def _check_png(data: bytes, at: Place) -> None:
    view = memoryview(data)
    position = _PNG_SIGNATURE_BYTES
    while position + 12 <= len(data):
        end = position + 8 + int.from_bytes(data[position : position + 4])
        if end + 4 > len(data):
            break
        name = data[position + 4 : position + 8]
        if name in _PNG_CRITICAL:
            declared = int.from_bytes(data[end : end + 4])
            if zlib.crc32(view[position + 4 : end]) != declared:
                raise _faults.damaged(at)
        if name == b"IEND":
            return
        position = end + 4
    raise _faults.cut_short(at)
