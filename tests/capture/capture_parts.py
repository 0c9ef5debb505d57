"""Small real parts for the capture room: pictures, PDFs, a scanner, and how to drain a source."""

from __future__ import annotations

import hashlib
import io
import shutil
import time
from collections.abc import Sequence
from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image

from app.capture import Source
from app.errors import BadPicture
from app.vocabulary import Bgr, Frame

PATIENCE_S = 20.0
"""For what must happen at some time; a test never waits that long when it passes."""
RED = (255, 0, 0)
GREEN = (0, 255, 0)
BLUE = (0, 0, 255)
WIDTH, HEIGHT = 120, 80


def upright(mode: str = "RGB") -> Image.Image:
    """Make a white page with a red upper left and a blue upper right corner."""
    page = Image.new("RGB", (WIDTH, HEIGHT), "white")
    page.paste(RED, (0, 0, 40, 24))
    page.paste(BLUE, (WIDTH - 40, 0, WIDTH, 24))
    return page.convert(mode)


def saved(image: Image.Image, form: str, **more: object) -> bytes:
    """Return a picture as a file."""
    buffer = io.BytesIO()
    image.copy().save(buffer, form, **more)
    return buffer.getvalue()


def is_upright(bgr: Bgr) -> bool:
    """Say whether the corners are where ``upright`` put them, whatever compression left."""
    if bgr.shape != (HEIGHT, WIDTH, 3):
        return False
    corners = (bgr[12, 20], bgr[12, WIDTH - 20], bgr[HEIGHT - 12, 20])
    wanted = ((0, 0, 255), (255, 0, 0), (255, 255, 255))
    return all(np.abs(c.astype(int) - w).max() < 60 for c, w in zip(corners, wanted, strict=True))


def drain(source: Source) -> list[Frame | BadPicture]:
    """Take everything that a source has until it is at its end."""
    taken: list[Frame | BadPicture] = []
    while not source.is_finished:
        try:
            frame = source.next_frame()
        except BadPicture as bad:
            taken.append(bad)
        else:
            taken += [frame] if frame else []
    return taken


def await_frame(source: Source) -> Frame:
    """Return the next frame of a source that takes its time."""
    deadline = time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline:
        frame = source.next_frame(0.1)
        if frame is not None:
            return frame
    raise AssertionError("no frame came")


def pdf(objects: Sequence[bytes], trailer: bytes = b"") -> bytes:
    """Put a PDF together from its objects; the first is the catalogue."""
    out, offsets = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    root = b"trailer\n<</Size %d/Root 1 0 R%s>>\n" % (len(objects) + 1, trailer)
    return out + head + table + root + b"startxref\n%d\n%%%%EOF\n" % len(out)


def pdf_stream(data: bytes, extra: bytes = b"") -> bytes:
    """Return a stream object."""
    return b"<</Length %d%s>>stream\n%s\nendstream" % (len(data), extra, data)


def pdf_of(count: int, width: int, height: int, extra: bytes = b"", trailer: bytes = b"") -> bytes:
    """Make a PDF of so many pages, in points, each with a black square at its lower left."""
    kids = b" ".join(b"%d 0 R" % (4 + index) for index in range(count))
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 %d %d]/Contents 3 0 R%s>>"
    return pdf(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, count),
            pdf_stream(b"0 0 100 100 re f"),
            *[page % (width, height, extra)] * count,
        ],
        trailer,
    )


def locked_pdf() -> bytes:
    """Make a PDF that opens with the password “secret” only (ISO 32000-1, 7.6.3, revision 2)."""
    pad = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")
    password = (b"secret" + pad)[:32]
    owner = _rc4(hashlib.md5(password, usedforsecurity=False).digest()[:5], password)
    rights = (-4 & 0xFFFFFFFF).to_bytes(4, "little")
    digest = hashlib.md5(password + owner + rights + b"0" * 16, usedforsecurity=False).digest()
    user = _rc4(digest[:5], pad)
    entry = b"<</Filter/Standard/V 1/R 2/P -4/O<%s>/U<%s>>>"
    locked = entry % (owner.hex().encode(), user.hex().encode())
    ident = b"0" * 16
    return pdf_of(1, 200, 200, trailer=b"/Encrypt %s/ID[(%s)(%s)]" % (locked, ident, ident))


def form_bomb(depth: int) -> bytes:
    """Make a small PDF that draws 10 to the power of ``depth`` squares."""
    form = b"/Type/XObject/Subtype/Form/BBox[0 0 200 200]/Resources<</XObject<</F %d 0 R>>>>"
    resources = b"/Contents 4 0 R/Resources<</XObject<</F 5 0 R>>>>"
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]%s>>" % resources
    nested = [pdf_stream(b"/F Do " * 10, form % (6 + level)) for level in range(depth)]
    return pdf(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            page,
            pdf_stream(b"/F Do"),
            *nested,
            pdf_stream(b"0 0 1 1 re f", b"/Type/XObject/Subtype/Form/BBox[0 0 200 200]"),
        ]
    )


def video_file(path: Path, count: int = 12) -> Path:
    """Write a real video whose frames get brighter."""
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"MJPG"), 10, (160, 120))
    for number in range(count):
        writer.write(np.full((120, 160, 3), min(number * 20, 255), np.uint8))
    writer.release()
    return path


def scanner_config(folder: Path, **settings: str) -> Path:
    """Write a private SANE configuration that knows only SANE's own ``test`` scanner."""
    if shutil.which("scanimage") is None:
        pytest.skip("scanimage is not installed (Debian: sane-utils)")
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "dll.conf").write_text("test\n")
    given = {"number_of_devices": "1", "test-picture": '"Color pattern"', "depth": "8"} | settings
    lines = "".join(f"{name} {value}\n" for name, value in given.items())
    (folder / "test.conf").write_text(lines)
    return folder


def _rc4(key: bytes, data: bytes) -> bytes:
    box = list(range(256))
    j = 0
    for i in range(256):
        j = (j + box[i] + key[i % len(key)]) % 256
        box[i], box[j] = box[j], box[i]
    out = bytearray()
    i = j = 0
    for byte in data:
        i = (i + 1) % 256
        j = (j + box[i]) % 256
        box[i], box[j] = box[j], box[i]
        out.append(byte ^ box[(box[i] + box[j]) % 256])
    return bytes(out)
