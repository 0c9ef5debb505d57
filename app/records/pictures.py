"""The pictures as inspected, one file each, in a folder a day: lossless, small or not at all.

PNG with the UP filter and run lengths: every pixel is kept, so a stored picture reads exactly as it
did and proves the record. Measured on this code's first machine: 1920×1080 in 40 ms and 3.8 MB, A4
at 300 dpi in 210–290 ms and 6–13 MB. JPEG at 95 takes 5 ms and 0.7 MB but is up to 23 grey levels
off; PNG as OpenCV sets it takes 110 ms and lossless WebP 205 ms for the same bytes. Of a good part
on a line a small JPEG is enough; it proves nothing by itself, the hash of the pixels does.

A picture is written whole into ``incoming/``, then its row is committed, then it moves to its day.
So what a crash leaves in ``incoming/`` either has a row and is moved on at the next start, or has
none, was never confirmed and is removed: no search through all pictures is ever needed.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

import cv2
import numpy as np

from app.errors import RecordError
from app.records import disk
from app.records.entry import Entry, KeepPicture
from app.vocabulary import Bgr

_PNG = [
    cv2.IMWRITE_PNG_COMPRESSION, 1,
    cv2.IMWRITE_PNG_STRATEGY, cv2.IMWRITE_PNG_STRATEGY_RLE,
    cv2.IMWRITE_PNG_FILTER, cv2.IMWRITE_PNG_FILTER_UP,
]  # fmt: skip
_JPEG = [cv2.IMWRITE_JPEG_QUALITY, 85]
_SMALL_SIDE = 640
_MOST_PIXELS = 1 << 28
"""A hostile row must not ask for a picture that no memory holds."""
_NAME = re.compile(r"\d{4}/\d\d/\d\d/[0-9a-f]{32}\.(?:png|jpg)")
_HANDS = 4
"""Several files reach the disk in little more than the time of one."""

T = TypeVar("T")
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept of a picture, and where below the folder of pictures."""

    name: str
    """Empty where no picture is kept."""
    sha256: str
    """Of the file."""
    kind: KeepPicture = KeepPicture.FULL
    size: tuple[int, int] = (0, 0)
    """Width and height as inspected."""
    pixels_sha256: str = ""
    """Of the pixels as inspected, row by row, blue green red."""

    def is_of(self, record_id: str) -> bool:
        """Say whether the file was made for this record and not for one before it."""
        return Path(self.name).stem == record_id


class Pictures:
    """The folder of pictures."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._incoming = folder / "incoming"
        self._last: dict[Kept, Kept] = {}
        disk.make_folder(self._incoming)

    def put(self, entries: Sequence[Entry]) -> list[Kept]:
        """Bring pictures to the disk, all or none; the same pixels twice running are kept once."""
        marks = _each(_mark, entries)
        known = {mark: kept for mark, kept in self._last.items() if self._path(kept).exists()}
        new: dict[Kept, Entry] = {}
        for mark, entry in zip(marks, entries, strict=True):
            if mark.kind is not KeepPicture.NONE and mark not in known:
                new.setdefault(mark, entry)
        try:
            written = _each(self._write, [*new.items()])
            if written:
                disk.sync_folder(self._incoming)
        except BaseException:
            self._remove(self._place(mark, entry) for mark, entry in new.items())
            raise
        known.update(zip(new, written, strict=True))
        return [known.get(mark, mark) for mark in marks]

    def _write(self, item: tuple[Kept, Entry]) -> Kept:
        mark, entry = item
        encoded = _encoded(entry.inspection.frame.bgr, mark.kind)
        place = self._place(mark, entry)
        place.unlink(missing_ok=True)  # a try before this one may have left it
        disk.write_file(place, encoded)
        name = f"{entry.at:%Y/%m/%d}/{place.name}"
        return replace(mark, name=name, sha256=hashlib.sha256(encoded).hexdigest())

    def _place(self, mark: Kept, entry: Entry) -> Path:
        suffix = "jpg" if mark.kind is KeepPicture.SMALL else "png"
        return self._incoming / f"{entry.record_id}.{suffix}"

    def settle(self, kept: Kept) -> None:
        """Move a picture whose row is committed to its day."""
        if not kept.name:
            return
        target = self._path(kept)
        # Only now: what has no row yet may still be dropped.
        self._last = {replace(kept, name="", sha256=""): kept}
        if not target.exists():
            disk.make_folder(target.parent)
            (self._incoming / target.name).replace(target)

    def drop(self, kept: Iterable[Kept]) -> None:
        """Remove pictures that got no row."""
        self._remove(self._incoming / Path(each.name).name for each in kept)

    def _remove(self, places: Iterable[Path]) -> None:
        """Tidy up as far as the disk lets us; the next start does the rest."""
        for place in places:
            with suppress(OSError):
                place.unlink()

    def settle_left(self, kept_for: Callable[[str], Kept | None]) -> None:
        """Finish what a crash interrupted; nobody else may be keeping records meanwhile."""
        for left in (each for each in self._incoming.iterdir() if each.is_file()):
            kept = kept_for(left.stem)
            if kept and Path(kept.name).name == left.name:
                self.settle(kept)
            else:
                left.unlink()

    def read(self, kept: Kept) -> Bgr:
        """Return the pixels, a small picture enlarged to the size as inspected.

        Raises RecordError if no picture was kept, or its file is gone or is not what was kept.
        """
        if kept.kind is KeepPicture.NONE:
            raise _not_kept()
        if not _NAME.fullmatch(kept.name):
            raise _altered()
        encoded = self._bytes(kept)
        if hashlib.sha256(encoded).hexdigest() != kept.sha256:
            raise _altered()
        bgr = cv2.imdecode(np.frombuffer(encoded, np.uint8), cv2.IMREAD_COLOR)
        if bgr is None:
            raise _altered()
        if kept.kind is KeepPicture.SMALL:
            return _enlarged(bgr.astype(np.uint8, copy=False), kept.size)
        return bgr.astype(np.uint8, copy=False)

    def _bytes(self, kept: Kept) -> bytes:
        target = self._path(kept)
        # It may move on between the first look and the second, hence the third.
        for path in (target, self._incoming / target.name, target):
            try:
                return path.read_bytes()
            except FileNotFoundError:
                continue
        raise RecordError(
            "The picture of this record is missing.",
            "Bring the pictures back from a backup; the fields are still here.",
            "picture-missing",
        )

    def _path(self, kept: Kept) -> Path:
        return self._folder / kept.name


def _each(work: Callable[[T], R], items: Sequence[T]) -> list[R]:
    if len(items) < 2:
        return [work(item) for item in items]
    with ThreadPoolExecutor(_HANDS, "pictures") as pool:
        return list(pool.map(work, items))


def _mark(entry: Entry) -> Kept:
    bgr = np.ascontiguousarray(entry.inspection.frame.bgr)
    pixels = hashlib.sha256(bgr.data).hexdigest()
    return Kept("", "", entry.picture, (bgr.shape[1], bgr.shape[0]), pixels)


def lossless(bgr: Bgr) -> bytes:
    """Return a PNG of a picture, every pixel as it is."""
    return cv2.imencode(".png", np.ascontiguousarray(bgr), _PNG)[1].tobytes()


def _encoded(bgr: Bgr, kind: KeepPicture) -> bytes:
    if kind is KeepPicture.FULL:
        return lossless(bgr)
    size = _small((bgr.shape[1], bgr.shape[0]))
    small = cv2.resize(bgr, size, interpolation=cv2.INTER_AREA)
    return cv2.imencode(".jpg", small, _JPEG)[1].tobytes()


def _small(size: tuple[int, int]) -> tuple[int, int]:
    factor = min(1.0, _SMALL_SIDE / max(size))
    return max(1, round(size[0] * factor)), max(1, round(size[1] * factor))


def _enlarged(small: Bgr, size: tuple[int, int]) -> Bgr:
    width, height = size
    if min(size) < 1 or width * height > _MOST_PIXELS:
        raise _altered()
    if _small(size) != (small.shape[1], small.shape[0]):
        raise _altered()
    return cv2.resize(small, size, interpolation=cv2.INTER_LINEAR).astype(np.uint8, copy=False)


def _not_kept() -> RecordError:
    return RecordError(
        "No picture of this part was kept, as the settings have it.",
        "“Pictures of OK parts” in the settings says how much is kept from now on.",
        "picture-not-kept",
    )


def _altered() -> RecordError:
    return RecordError(
        "The picture of this record was changed after it was kept.",
        "Do not rely on it; bring the picture back from a backup.",
        "picture-altered",
    )
