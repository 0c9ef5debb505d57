"""Throws mutated files at the decoder: ``python mutate.py FOLDER SEED COUNT``.

A child process of the fuzz test, so that a decoder that crashes takes nobody along; the mutant at
work lies in the folder.
"""

from __future__ import annotations

import io
import random
import resource
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
from PIL import Image

from app.capture._decode import pages
from app.errors import BadPicture
from app.vocabulary import Bgr

PDF_EVERY = 100

Mutation = Callable[[bytes, bytes, random.Random], bytes]


def seeds() -> list[bytes]:
    """Make one small file of every format, colour and compression."""
    rng = np.random.default_rng(7)
    colour = Image.fromarray(rng.integers(0, 256, (40, 56, 3), np.uint8))
    page = Image.new("RGB", (56, 40), "white")
    page.paste("black", (8, 8, 30, 12))
    deep = Image.fromarray(rng.integers(0, 65536, (40, 56), np.uint16))
    several: dict[str, object] = {"append_images": [colour, page]}
    nothing: dict[str, object] = {}
    files = [
        _saved(image, form, **more)
        for image in (colour, page)
        for form, more in (
            ("JPEG", nothing),
            ("JPEG", {"progressive": True, "exif": _turned()}),
            ("PNG", nothing),
            ("PNG", several),
            ("BMP", nothing),
            ("GIF", several),
            ("WEBP", {"lossless": True}),
            ("WEBP", several),
            ("PPM", nothing),
            ("TIFF", several),
            ("TIFF", {"compression": "tiff_lzw"}),
            ("TIFF", {"compression": "tiff_deflate", "exif": _turned()}),
            ("TIFF", {"compression": "jpeg"}),
            ("TIFF", {"compression": "packbits"}),
            ("PDF", several),
        )
    ]
    files += [_saved(colour.convert("CMYK"), form) for form in ("JPEG", "TIFF", "PDF")]
    files += [_saved(page.convert("1"), "TIFF", compression=f"group{n}") for n in (3, 4)]
    files += [_saved(page.convert("1"), form) for form in ("PNG", "BMP", "PDF", "PPM")]
    files += [_saved(deep, form) for form in ("PNG", "TIFF")]
    files += [_saved(colour.convert(mode), "PNG") for mode in ("P", "LA", "RGBA", "L")]
    return files


def _saved(image: Image.Image, form: str, **more: object) -> bytes:
    buffer = io.BytesIO()
    others = more.pop("append_images", None)
    if isinstance(others, list):
        # Copies: a picture keeps the last encoder's settings, and the next format trips over them.
        more |= {"save_all": True, "append_images": [other.copy() for other in others]}
    image.copy().save(buffer, form, **more)
    return buffer.getvalue()


def _turned() -> Image.Exif:
    exif = Image.Exif()
    exif[0x0112] = 6
    return exif


def _flip(data: bytes, _other: bytes, chance: random.Random) -> bytes:
    mutant = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 4, 16))):
        mutant[chance.randrange(len(mutant))] ^= 1 << chance.randrange(8)
    return bytes(mutant)


def _flip_head(data: bytes, _other: bytes, chance: random.Random) -> bytes:
    mutant = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 4))):
        mutant[chance.randrange(min(200, len(mutant)))] = chance.choice((0, 1, 127, 128, 254, 255))
    return bytes(mutant)


def _cut(data: bytes, _other: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(len(data))]


def _hole(data: bytes, _other: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(data))
    size = chance.randrange(1, 64)
    filler: bytes = chance.choice((b"", b"\0" * size, b"\xff" * size))
    return data[:start] + filler + data[start + size :]


def _splice(data: bytes, other: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(len(data))] + other[chance.randrange(len(other)) :]


def _repeat(data: bytes, _other: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(data))
    end = min(len(data), start + chance.randrange(1, 256))
    return data[:end] + data[start:end] * chance.randrange(1, 8) + data[end:]


def _number(data: bytes, _other: bytes, chance: random.Random) -> bytes:
    size = chance.choice((2, 4))
    number = chance.choice((0, 1, 2**15, 2**16 - 1, 2**31 - 1, 2**32 - 1)) % (1 << 8 * size)
    start = chance.randrange(len(data))
    packed = number.to_bytes(size, "little" if chance.random() < 0.5 else "big")
    return data[:start] + packed + data[start + size :]


MUTATIONS: tuple[Mutation, ...] = (_flip, _flip_head, _cut, _hole, _splice, _repeat, _number)


def throw(folder: Path, seed: int, count: int) -> tuple[int, int]:
    """Decode so many mutants; return how many pages were read and how many were refused."""
    chance = random.Random(seed)  # noqa: S311 - the same mutants every time, not secrets
    files = seeds()
    pdfs = [data for data in files if data.startswith(b"%PDF")]
    others = [data for data in files if data not in pdfs]
    path = folder / "mutant"
    read = refused = 0
    for number in range(count):
        mutation = chance.choice(MUTATIONS)
        # A PDF starts a child process, which takes a hundred times longer than a picture.
        seed_file = chance.choice(pdfs if number % PDF_EVERY == 0 else others)
        # Written anew: some file systems flush a file that is cut to nothing and written again.
        path.unlink(missing_ok=True)
        path.write_bytes(mutation(seed_file, chance.choice(files), chance))
        for page in pages(path):
            if isinstance(page.picture, BadPicture):
                refused += 1
            else:
                check(page.picture)
                read += 1
    return read, refused


def check(bgr: Bgr) -> None:
    """Fail unless it is what every frame is."""
    assert bgr.ndim == 3
    assert bgr.shape[2] == 3
    assert bgr.dtype == np.uint8
    assert bgr.flags.c_contiguous
    assert not bgr.flags.writeable


if __name__ == "__main__":
    place, seed, count = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    read, refused = throw(place, seed, count)
    most_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    sys.stdout.write(f"{read} {refused} {most_mb}\n")
