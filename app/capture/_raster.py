"""Pictures made of pixels, decoded with Pillow; TIFF page by page, of animations the first."""

from __future__ import annotations

import io
import itertools
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import BinaryIO

from PIL import (
    BmpImagePlugin,
    GifImagePlugin,
    Image,
    ImageFile,
    JpegImagePlugin,
    PngImagePlugin,
    PpmImagePlugin,
    TiffImagePlugin,
    WebPImagePlugin,
)

from app.capture import _faults, _intact
from app.capture._faults import Place
from app.capture._files import fault_of
from app.capture._page import Page
from app.capture._pixels import bgr_of
from app.capture._quiet import silence_pillow
from app.errors import BadPicture
from app.vocabulary import Bgr

MOST_PIXELS = 100_000_000
"""A3 at 600 dpi has 70 million."""
LEAST_SIDE_PX = 16
"""No line of text is lower."""
MOST_BYTES = 400_000_000
"""What 100 megapixels take uncompressed, with some to spare."""

_SUBFILE = 254
_REDUCED = 1
"""TIFF 6.0, NewSubfileType: bit 0 marks the small copy of another page."""

_OPENERS: dict[str, Callable[[BinaryIO], ImageFile.ImageFile]] = {
    "BMP": BmpImagePlugin.BmpImageFile,
    "GIF": GifImagePlugin.GifImageFile,
    "JPEG": JpegImagePlugin.JpegImageFile,
    "PNG": PngImagePlugin.PngImageFile,
    "PPM": PpmImagePlugin.PpmImageFile,
    "TIFF": TiffImagePlugin.TiffImageFile,
    "WEBP": WebPImagePlugin.WebPImageFile,
}

# Size is checked below, before anything is decoded, and told in a sentence instead of a warning.
Image.MAX_IMAGE_PIXELS = None
silence_pillow()


def raster_pages(file: BinaryIO, form: str, at: Place, after: int) -> Iterator[Page]:
    """Decode the pages behind page ``after``. Raises BadPicture or OSError for the whole file."""
    if form == "TIFF":
        yield from _tiff_pages(file, at, after)
    elif after == 0:
        yield Page(1, _only_page(file, form, at), is_last=True)


def check_size(width: int, height: int, at: Place) -> None:
    """Raise BadPicture for a picture that is not worth or not safe to decode."""
    if width * height > MOST_PIXELS:
        raise _faults.too_large(at, width, height, MOST_PIXELS)
    if min(width, height) < LEAST_SIDE_PX:
        raise _faults.too_small(at, width, height)


def _only_page(file: BinaryIO, form: str, at: Place) -> Bgr:
    if os.fstat(file.fileno()).st_size > MOST_BYTES:
        raise _faults.too_heavy(at, MOST_BYTES)
    data = file.read(MOST_BYTES)
    _intact.check(form, data, at)
    with _told(at), _OPENERS[form](io.BytesIO(data)) as image:
        check_size(*image.size, at)
        image.load()
        return bgr_of(image, at)


def _tiff_pages(file: BinaryIO, at: Place, after: int) -> Iterator[Page]:
    with _told(at):
        tiff = TiffImagePlugin.TiffImageFile(file)
    number = 0
    for index in itertools.count():
        has_next = _has(tiff, index + 1, at)
        here = Place(at.path, number + 1) if number or has_next else at
        try:
            with _told(here):
                tiff.seek(index)
                is_page = index == 0 or not int(tiff.tag_v2.get(_SUBFILE, 0)) & _REDUCED
        except BadPicture as bad:
            yield Page(number + 1, bad, is_last=True)
            return
        number += is_page
        if is_page and number > after:
            yield Page(number, _tiff_page(tiff, here), is_last=not has_next)
        if not has_next:
            return


def _tiff_page(tiff: TiffImagePlugin.TiffImageFile, at: Place) -> Bgr | BadPicture:
    try:
        with _told(at):
            check_size(*tiff.size, at)
            tiff.load()
            return bgr_of(tiff, at)
    except BadPicture as bad:
        return bad


def _has(tiff: TiffImagePlugin.TiffImageFile, index: int, at: Place) -> bool:
    try:
        with _told(at):
            try:
                tiff.seek(index)
            except EOFError:
                return False
    except BadPicture:
        # Something is there; it is told at its turn.
        return True
    return True


@contextmanager
def _told(at: Place) -> Iterator[None]:
    """Turn whatever a decoder raises over a hostile file into the one sentence for it."""
    try:
        yield
    except BadPicture:
        raise
    except MemoryError as error:
        raise _faults.too_heavy(at, MOST_BYTES) from error
    except Exception as error:
        if isinstance(error, OSError) and error.errno:
            raise fault_of(error, at) from error
        is_cut = "truncated" in str(error).lower()
        raise (_faults.cut_short(at) if is_cut else _faults.damaged(at)) from error
