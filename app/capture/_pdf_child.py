"""The child that renders a PDF: reads it from standard input, writes pages to standard output.

``python _pdf_child.py AFTER``. A process of its own because a hostile PDF can take any time and
memory, and imports nothing of ours so that it starts at once. It renders one page ahead: then the
pipe is full, and it waits.
"""

from __future__ import annotations

import math
import os
import resource
import struct
import sys
from typing import BinaryIO

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

HEADER = struct.Struct("<BIIII")
"""Status, page, pages there are, width, height; the pixels, if any, follow as BGR."""
PICTURE, BAD_PAGE, BAD_FILE, LOCKED, TOO_SMALL = range(5)

DPI = 220
"""Of a page of A4; 7-point print is then 21 pixels high."""
MOST_DPI = 400
LONG_SIDE_PX = 1600
"""Smaller pages, a card on its own, are rendered finer, as a card scanned at 400 dpi is."""
LEAST_SIDE_PX = 16
MOST_PIXELS = 25_000_000
"""Larger pages, a poster, are rendered coarser, so that memory is bounded."""
MOST_MEMORY = 1_500_000_000
MOST_CPU_S = 600
POINTS_PER_INCH = 72


def scale_of(width: float, height: float) -> float:
    """Return pixels a point for a page of this size in points."""
    finer = LONG_SIDE_PX / max(width, height, 1)
    scale = max(DPI / POINTS_PER_INCH, min(MOST_DPI / POINTS_PER_INCH, finer))
    return min(scale, math.sqrt(MOST_PIXELS / max(width * height, 1)))


def main(after: int) -> None:
    """Write every page behind page ``after``."""
    # A core dump would hold the document.
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_CPU_S, MOST_CPU_S))
    with os.fdopen(0, "rb") as source, os.fdopen(1, "wb") as out:
        try:
            document = pdfium.PdfDocument(source)
            document.init_forms()
        except pdfium.PdfiumError as error:
            is_locked = getattr(error, "err_code", None) == pdfium_c.FPDF_ERR_PASSWORD
            out.write(HEADER.pack(LOCKED if is_locked else BAD_FILE, after + 1, 0, 0, 0))
            return
        for number in range(after + 1, len(document) + 1):
            write_page(document, number, out)
            out.flush()
        document.close()


def write_page(document: pdfium.PdfDocument, number: int, out: BinaryIO) -> None:
    """Render one page and write it."""
    count = len(document)
    try:
        page = document[number - 1]
        size = page.get_size()
        scale = scale_of(*size)
        width, height = (math.ceil(side * scale) for side in size)
        if min(width, height) < LEAST_SIDE_PX:
            out.write(HEADER.pack(TOO_SMALL, number, count, width, height))
            return
        bitmap = page.render(scale=scale)
    except pdfium.PdfiumError:
        out.write(HEADER.pack(BAD_PAGE, number, count, 0, 0))
        return
    out.write(HEADER.pack(PICTURE, number, count, bitmap.width, bitmap.height))
    out.write(bitmap.buffer)
    bitmap.close()
    page.close()


if __name__ == "__main__":
    main(int(sys.argv[1]))
