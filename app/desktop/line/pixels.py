"""Pictures for the line, made in worker threads: the live one, thumbnails, parts to compare.

The GUI thread only paints them at 1:1; it never scales a picture.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

import cv2
import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QImage

from app.desktop.counter.pixels import fitted
from app.desktop.line.marks import Mark
from app.desktop.line.zoom import around
from app.recipes.recipe import Area, Recipe
from app.vocabulary import Bgr, Frame, Inspection, Verdict

Pixels = NDArray[np.uint8]

DIM = 0.38
"""What is left of the light outside the region."""
LOOK_PX = (64, 48)
COARSE_PX = 512
"""Pixels are skipped down to about this width before a look is averaged."""
LEVELS = 20
"""A cell of a look differs by more than this: noise of a cheap camera, averaged, stays below."""
MOVED = 0.01
"""This share of the cells differing means that the part is no longer the one judged."""
KEPT_PX = 1600
"""A part that is kept for comparing is kept at most so wide."""


THUMB = 0.25
"""Of the frame's height that a thumbnail shows around the gravest defect, at least."""


@dataclass(frozen=True, slots=True)
class Room:
    """How much room the window has, in pixels of the screen."""

    live: tuple[int, int] = (800, 450)
    thumb: tuple[int, int] = (160, 96)
    ratio: float = 1.0


@dataclass(frozen=True, slots=True, eq=False)
class Shot:
    """A live frame, sized for the screen."""

    image: QImage
    pixels: Pixels
    """What ``image`` looks into; it must live as long."""
    scale: float
    """Screen pixels a pixel of the frame."""
    look: Pixels


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """A judged part kept for the strip and for comparing."""

    record_id: str
    verdict: Verdict
    time: float
    marks: tuple[Mark, ...]
    width: int
    """Of the frame, whose pixels the marks are in."""
    picture: Bgr
    thumb: QImage


def live(frame: Frame, room: Room, recipe: Recipe | None) -> Shot:
    """Fit a frame into the live view, with what lies outside the region dimmed."""
    bgr = frame.bgr
    height, width = bgr.shape[:2]
    scale = min(room.live[0] / width, room.live[1] / height)
    shape = max(1, round(width * scale)), max(1, round(height * scale))
    method = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
    small = cv2.resize(bgr, shape, interpolation=method)
    pixels = cast(Pixels, cv2.cvtColor(small, cv2.COLOR_BGR2BGRA))
    if recipe is not None:
        _dim(pixels, recipe, scale)
    image = QImage(pixels.data, shape[0], shape[1], shape[0] * 4, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(room.ratio)
    return Shot(image, pixels, scale, look_of(bgr))


def look_of(bgr: Bgr) -> Pixels:
    """Return a frame as a small grey picture, to tell whether another still shows the same."""
    step = max(1, bgr.shape[1] // COARSE_PX)
    green = np.ascontiguousarray(bgr[::step, ::step, 1])
    return cast(Pixels, cv2.resize(green, LOOK_PX, interpolation=cv2.INTER_AREA))


def is_same(one: Pixels, other: Pixels) -> bool:
    """Say whether two looks show the same part in the same place."""
    differing = np.count_nonzero(cv2.absdiff(one, other) > LEVELS)
    return float(differing) / one.size <= MOVED


def kept(inspection: Inspection, record_id: str, marks: tuple[Mark, ...], room: Room) -> Part:
    """Shrink a judged part to what the comparison needs, and cut out what the strip shows."""
    frame = inspection.frame
    height, width = frame.bgr.shape[:2]
    picture = frame.bgr
    if width > KEPT_PX:
        shape = KEPT_PX, max(1, round(height * KEPT_PX / width))
        picture = cast(Bgr, cv2.resize(frame.bgr, shape, interpolation=cv2.INTER_AREA))
    x1, y1, x2, y2 = around(marks[-1:], (width, height), room.thumb, THUMB)
    high, wide = picture.shape[:2]
    close = picture[round(y1 * high) : round(y2 * high), round(x1 * wide) : round(x2 * wide)]
    thumb = fitted(np.ascontiguousarray(close), room.thumb, room.ratio)
    return Part(record_id, inspection.verdict, frame.time, marks, width, picture, thumb)


def _dim(pixels: Pixels, recipe: Recipe, scale: float) -> None:
    height, width = pixels.shape[:2]
    outside: list[Area] = [_on_screen(mask, scale) for mask in recipe.masks]
    if recipe.region is not None:
        x1, y1, x2, y2 = _on_screen(recipe.region, scale)
        outside += [(0, 0, width, y1), (0, y2, width, height)]
        outside += [(0, y1, x1, y2), (x2, y1, width, y2)]
    for x1, y1, x2, y2 in outside:
        part = pixels[max(0, y1) : max(0, y2), max(0, x1) : max(0, x2)]
        if part.size:
            part[...] = cv2.convertScaleAbs(part, alpha=DIM)


def _on_screen(area: Area, scale: float) -> Area:
    x1, y1, x2, y2 = (round(edge * scale) for edge in area)
    return x1, y1, x2, y2
