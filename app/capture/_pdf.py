"""PDF pages, rendered by a child process that can be stopped, whatever the file does to it."""

from __future__ import annotations

import io
import os
import select
import subprocess
import sys
import time
from collections.abc import Iterator
from typing import BinaryIO, cast

import numpy as np

from app.capture import _faults
from app.capture import _pdf_child as child
from app.capture._faults import Place
from app.capture._page import Page
from app.errors import BadPicture
from app.vocabulary import Bgr

PAGE_S = 30.0
"""A page that takes longer is given up; a scanned one takes 0.05 s."""
_PIPE_BYTES = 1 << 20


def pdf_pages(file: BinaryIO, at: Place, after: int) -> Iterator[Page]:
    """Render the pages behind page ``after``; one that ends the child ends the file."""
    renderer = _Renderer(file, after)
    try:
        number = after
        page: Page | None = None
        while page is None or not page.is_last:
            number += 1
            page = renderer.next_page(at, number)
            if page is None:
                return
            yield page
    finally:
        renderer.close()


class _Renderer:
    """The child at work on one file."""

    def __init__(self, file: BinaryIO, after: int) -> None:
        os.lseek(file.fileno(), 0, os.SEEK_SET)
        self._process = subprocess.Popen(
            [sys.executable, "-P", child.__file__, str(after)],
            stdin=file,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            bufsize=0,
            pipesize=_PIPE_BYTES,
        )
        self._pipe = cast(io.FileIO, self._process.stdout)
        self._poll = select.poll()
        self._poll.register(self._pipe, select.POLLIN)
        self._deadline = 0.0

    def next_page(self, at: Place, number: int) -> Page | None:
        """Return the page of this number; None behind the last."""
        self._deadline = time.monotonic() + PAGE_S
        header = bytearray(child.HEADER.size)
        here = Place(at.path, number) if number > 1 else at
        try:
            if not self._fill(header):
                is_end = self._process.wait() == 0
                return None if is_end else Page(number, _faults.damaged(here), is_last=True)
            status, number, count, width, height = child.HEADER.unpack(header)
            here = Place(at.path, number) if count > 1 else at
            picture = self._picture(status, width, height, here)
        except TimeoutError:
            return Page(number, _faults.too_slow(here, PAGE_S), is_last=True)
        except EOFError:
            return Page(number, _faults.damaged(here), is_last=True)
        return Page(number, picture, is_last=number >= count)

    def close(self) -> None:
        """End the child."""
        self._process.kill()
        self._process.wait()
        self._pipe.close()

    def _picture(self, status: int, width: int, height: int, at: Place) -> Bgr | BadPicture:
        if status == child.LOCKED:
            return _faults.encrypted(at)
        if status == child.TOO_SMALL:
            return _faults.too_small(at, width, height)
        if status != child.PICTURE:
            return _faults.damaged(at)
        bgr = np.empty((height, width, 3), np.uint8)
        if not self._fill(bgr.data.cast("B")):
            raise EOFError
        bgr.setflags(write=False)
        return bgr

    def _fill(self, buffer: bytearray | memoryview) -> bool:
        """Read until the buffer is full; False if there is nothing more at all."""
        view = memoryview(buffer)
        while view:
            if not self._poll.poll(max(0.0, self._deadline - time.monotonic()) * 1000):
                raise TimeoutError
            count = self._pipe.readinto(view) or 0
            if not count and len(view) < len(buffer):
                raise EOFError
            if not count:
                return False
            view = view[count:]
        return True
