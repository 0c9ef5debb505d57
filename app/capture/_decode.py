"""Any file, page by page: opened safely, decoded lazily, every fault in its place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from app.capture import _faults
from app.capture._faults import Place
from app.capture._files import fault_of, open_picture
from app.capture._formats import HEAD, format_of
from app.capture._page import Page
from app.capture._raster import raster_pages
from app.errors import BadPicture

_PATIENCE = 3
"""After so many bad pages in a row nothing more is expected of a file: a damaged directory can
promise millions of pages."""


def pages(path: Path, after: int = 0) -> Iterator[Page]:
    """Decode a file lazily, from page ``after`` + 1 on; no fault of the file is raised."""
    bad_in_a_row = 0
    for page in _all_pages(path, after):
        bad_in_a_row = bad_in_a_row + 1 if isinstance(page.picture, BadPicture) else 0
        is_hopeless = bad_in_a_row == _PATIENCE
        yield replace(page, is_last=True) if is_hopeless else page
        if is_hopeless:
            return


def _all_pages(path: Path, after: int) -> Iterator[Page]:
    at = Place(path)
    try:
        with open_picture(path) as file:
            yield from _decoded(file, at, after)
    except BadPicture as bad:
        yield Page(bad.page, bad, is_last=True)
    except OSError as error:
        yield Page(after + 1, fault_of(error, at), is_last=True)


def _decoded(file: BinaryIO, at: Place, after: int) -> Iterator[Page]:
    head = file.read(HEAD)
    file.seek(0)
    if not head:
        raise _faults.empty(at)
    form = format_of(head)
    if form is None:
        raise _faults.unknown_format(at)
    if form == "PDF":
        # Imported where it is needed: a counter may never see a PDF, and it costs start-up time.
        from app.capture._pdf import pdf_pages

        yield from pdf_pages(file, at, after)
    else:
        yield from raster_pages(file, form, at, after)
