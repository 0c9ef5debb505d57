"""PDF pages, rendered with pdfium at a resolution fit for reading."""

from __future__ import annotations

import math
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from app.capture import _faults
from app.capture._faults import Place
from app.capture._page import Page
from app.capture._raster import check_size
from app.errors import BadPicture
from app.vocabulary import Bgr

DPI = 220
"""Of a page of A4; 7-point print is then 21 pixels high."""
_MOST_DPI = 400
_LONG_SIDE_PX = 1600
"""Smaller pages, a card on its own, are rendered finer, as a card scanned at 400 dpi is."""
_MOST_PIXELS = 25_000_000
"""Larger pages, a poster, are rendered coarser, so that memory is bounded."""
_POINTS = 72

_ONE_AT_A_TIME = threading.Lock()
"""pdfium may be entered by one thread at a time (public/fpdfview.h)."""


def pdf_pages(file: BinaryIO, at: Place, after: int) -> Iterator[Page]:
    """Render the pages behind page ``after``. Raises BadPicture for the whole file."""
    with _told(at):
        document = pdfium.PdfDocument(file)
    try:
        with _told(at):
            document.init_forms()
            count = len(document)
        for index in range(after, count):
            here = Place(at.path, index + 1) if count > 1 else at
            yield Page(index + 1, _rendered(document, index, here), is_last=index + 1 == count)
    finally:
        with _ONE_AT_A_TIME:
            document.close()


def _rendered(document: pdfium.PdfDocument, index: int, at: Place) -> Bgr | BadPicture:
    try:
        with _told(at):
            page = document[index]
            try:
                width, height = page.get_size()
                scale = _scale(width, height)
                check_size(int(width * scale), int(height * scale), at)
                bitmap = page.render(scale=scale)
                bgr = np.ascontiguousarray(bitmap.to_numpy())
            finally:
                page.close()
    except BadPicture as bad:
        return bad
    bgr.setflags(write=False)
    return bgr


def _scale(width: float, height: float) -> float:
    """Return pixels a point."""
    finer = _LONG_SIDE_PX / max(width, height, 1)
    scale = max(DPI / _POINTS, min(_MOST_DPI / _POINTS, finer))
    return min(scale, math.sqrt(_MOST_PIXELS / max(width * height, 1)))


@contextmanager
def _told(at: Place) -> Iterator[None]:
    try:
        with _ONE_AT_A_TIME:
            yield
    except pdfium.PdfiumError as error:
        locked = getattr(error, "err_code", None) == pdfium_c.FPDF_ERR_PASSWORD
        raise (_faults.encrypted(at) if locked else _faults.damaged(at)) from error
