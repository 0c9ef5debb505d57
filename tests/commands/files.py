"""Files for the command line: what cannot be read, and what is odd but can."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

Objects = list[dict[str, Any]]
KEYS = ["file", "page", "document", "verdict", "reasons", "fields", "engine", "timings_ms"]
Read = Callable[..., tuple[int, Objects]]


Make = Callable[[Path, Path], None]


def written(path: Path, content: bytes) -> None:
    path.write_bytes(content)


def _truncated(path: Path, card: Path) -> None:
    content = card.read_bytes()
    path.write_bytes(content[: len(content) // 2])


def _huge(path: Path, card: Path) -> None:
    """Write 20,000 × 20,000 white pixels, one bit each, in about 50 kB."""
    rows = zlib.compress((b"\0" + b"\xff" * 2500) * 20_000, 1)
    header = struct.pack(">IIBBBBB", 20_000, 20_000, 1, 0, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", rows), (b"IEND", b""))
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*chunk) for chunk in chunks))


def _chunk(name: bytes, content: bytes) -> bytes:
    check = struct.pack(">I", zlib.crc32(name + content))
    return struct.pack(">I", len(content)) + name + content + check


def _encrypted(path: Path, card: Path) -> None:
    """Write a PDF whose owner and user keys (ISO 32000-1, 7.6.3) no empty password opens."""
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>",
        b"<</Filter/Standard/V 1/R 2/P -4/O<" + b"5a" * 32 + b">/U<" + b"a5" * 32 + b">>>",
    ]
    content, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(content))
        content += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    path.write_bytes(
        content
        + b"xref\n0 5\n0000000000 65535 f \n%strailer\n" % table
        + b"<</Root 1 0 R/Size 5/Encrypt 4 0 R/ID[<00><00>]>>\nstartxref\n%d\n%%%%EOF"
        % len(content)
    )


REFUSED: Mapping[str, tuple[Make, str]] = {
    "truncated.png": (_truncated, "picture-truncated"),
    "empty.jpg": (lambda path, _: path.touch(), "picture-empty"),
    "huge.png": (_huge, "picture-too-large"),
    "pixel.png": (lambda path, _: Image.new("RGB", (1, 1)).save(path), "picture-too-small"),
    "words.jpg": (lambda path, _: written(path, b"no picture"), "picture-format"),
    "locked.pdf": (_encrypted, "picture-encrypted"),
    "gone\nfar.png": (lambda *_: None, "picture-missing"),
}
"""File name → how it is made, and the code of what is said about it."""


def _sixteen_bits(path: Path, card: Path) -> None:
    grey = np.asarray(Image.open(card).convert("L")).astype(np.uint16) * 257
    Image.fromarray(grey).save(path)


READABLE: Mapping[str, Make] = {
    "cmyk.jpg": lambda path, card: Image.open(card).convert("CMYK").save(path, quality=95),
    "deep.png": _sixteen_bits,
    "moving.gif": lambda path, card: _animated(Image.open(card).convert("RGB"), path),
    "really a png.jpg": lambda path, card: written(path, card.read_bytes()),
    "two\nlines.png": lambda path, card: written(path, card.read_bytes()),
}
"""File name → how it is made out of the card; each still reads as the card."""


def _animated(picture: Image.Image, path: Path) -> None:
    frames: Sequence[Image.Image] = [picture, picture.rotate(3)]
    frames[0].save(path, save_all=True, append_images=frames[1:])
