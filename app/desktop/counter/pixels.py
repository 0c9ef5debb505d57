"""Pictures for the window, made in worker threads: the document straightened, its fields cut out.

The GUI thread only paints what stands here; it never scales a large picture.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF
from PySide6.QtGui import QImage, QPolygonF

from app.vocabulary import Bgr, Field, Inspection, Quad, Reading

Matrix = NDArray[np.float64]

LINE_SPACING = 1.45
"""Height of a printed line over the size of its characters, on every document here."""
CROP_MARGIN = 0.18
"""Paper left around a field, as a share of its character size."""
LENS_MARGIN = 0.9
SHARP = 2.0
"""Warping samples points, so a picture is shrunk no further than this before it is averaged."""


@dataclass(frozen=True, slots=True)
class Sizes:
    """How large the window shows things, in pixels of the screen."""

    page: tuple[int, int] = (800, 600)
    lens: tuple[int, int] = (800, 200)
    letter: int = 30
    """Size of a character in a field's crop."""
    crop: tuple[int, int] = (420, 120)
    """The largest crop."""
    ratio: float = 1.0


@dataclass(frozen=True, slots=True, eq=False)
class Sheet:
    """One document as pictures."""

    page: QImage
    outlines: Mapping[str, QPolygonF]
    """Fields on ``page``, in its pixels."""
    crops: Mapping[str, QImage]
    lenses: Mapping[str, QImage]


@dataclass(frozen=True, slots=True, eq=False)
class Prepared:
    """An inspection and the pictures to show it with."""

    inspection: Inspection
    sheet: Sheet


def prepare(inspection: Inspection, sizes: Sizes) -> Prepared:
    """Make every picture of one inspection."""
    bgr, reading = inspection.frame.bgr, inspection.reading
    matrix, size = _straight(bgr, reading)
    scale = min(sizes.page[0] / size[0], sizes.page[1] / size[1])
    to_page = np.diag([scale, scale, 1.0]) @ matrix
    shape = max(1, round(size[0] * scale)), max(1, round(size[1] * scale))
    placed = [field for field in reading.fields if field.quad is not None]
    return Prepared(
        inspection,
        Sheet(
            page=as_image(_warped(bgr, to_page, shape, scale), sizes.ratio),
            outlines={f.name: _polygon(f.quad, to_page) for f in placed if f.quad},
            crops={f.name: _crop(bgr, f, sizes) for f in placed},
            lenses={f.name: _lens(bgr, f, sizes) for f in placed},
        ),
    )


def fitted(bgr: Bgr, box: tuple[int, int], ratio: float = 1.0) -> QImage:
    """Fit a whole frame into a box, for the live picture."""
    height, width = bgr.shape[:2]
    scale = min(box[0] / width, box[1] / height)
    shape = max(1, round(width * scale)), max(1, round(height * scale))
    method = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
    return as_image(cv2.resize(bgr, shape, interpolation=method), ratio)


def as_image(bgr: NDArray[np.generic], ratio: float = 1.0) -> QImage:
    """Copy pixels into the format that Qt blits without converting."""
    bgra = cv2.cvtColor(np.asarray(bgr, np.uint8), cv2.COLOR_BGR2BGRA)
    height, width = bgra.shape[:2]
    image = QImage(bgra.data, width, height, width * 4, QImage.Format.Format_RGB32).copy()
    image.setDevicePixelRatio(ratio)
    return image


def _straight(bgr: Bgr, reading: Reading) -> tuple[Matrix, tuple[float, float]]:
    """Return the way from the frame to the upright document, and the document's size."""
    height, width = bgr.shape[:2]
    if reading.outline is None:
        return np.eye(3), (float(width), float(height))
    return _upright(reading.outline)


def _upright(quad: Quad) -> tuple[Matrix, tuple[float, float]]:
    a, b, c, d = quad
    width = max(1.0, (math.dist(a, b) + math.dist(d, c)) / 2)
    height = max(1.0, (math.dist(a, d) + math.dist(b, c)) / 2)
    target = np.array([(0, 0), (width, 0), (width, height), (0, height)], np.float32)
    matrix = cv2.getPerspectiveTransform(np.array(quad, np.float32), target)
    return np.asarray(matrix, np.float64), (width, height)


def _warped(bgr: Bgr, matrix: Matrix, shape: tuple[int, int], scale: float) -> NDArray[np.generic]:
    """Warp, averaging instead of skipping pixels where the result is much smaller."""
    if scale * SHARP >= 1:
        return cv2.warpPerspective(bgr, matrix, shape, borderMode=cv2.BORDER_REPLICATE)
    steps = min(4.0, 1 / (scale * SHARP))
    finer = np.diag([steps, steps, 1.0]) @ matrix
    larger = round(shape[0] * steps), round(shape[1] * steps)
    warped = cv2.warpPerspective(bgr, finer, larger, borderMode=cv2.BORDER_REPLICATE)
    return cv2.resize(warped, shape, interpolation=cv2.INTER_AREA)


def _crop(bgr: Bgr, field: Field, sizes: Sizes) -> QImage:
    """Cut a field out at reading size: its characters as large as the value's beside it."""
    letter = letter_size(field)
    return _cut(bgr, field, CROP_MARGIN * letter, sizes.letter / letter, sizes.crop, sizes.ratio)


def _lens(bgr: Bgr, field: Field, sizes: Sizes) -> QImage:
    """Cut a field out with its surroundings, as large as the lens."""
    margin = LENS_MARGIN * letter_size(field)
    return _cut(bgr, field, margin, math.inf, sizes.lens, sizes.ratio)


def letter_size(field: Field) -> float:
    """Estimate the size of a field's characters on the frame from the room that they take."""
    if field.quad is None:
        return 1.0
    _, (width, height) = _upright(field.quad)
    narrow = sum(0.55 if character.isascii() else 1.0 for character in field.value)
    by_area = math.sqrt(width * height / (LINE_SPACING * max(1.0, narrow)))
    return max(4.0, min(height, by_area))


def _cut(
    bgr: Bgr, field: Field, margin: float, scale: float, box: tuple[int, int], ratio: float
) -> QImage:
    assert field.quad is not None  # noqa: S101 - only placed fields are cut
    matrix, (width, height) = _upright(field.quad)
    width, height = width + 2 * margin, height + 2 * margin
    scale = min(scale, box[0] / width, box[1] / height)
    shift = np.array([[1, 0, margin], [0, 1, margin], [0, 0, 1]], np.float64)
    to_crop = np.diag([scale, scale, 1.0]) @ shift @ matrix
    shape = max(1, round(width * scale)), max(1, round(height * scale))
    return as_image(_warped(bgr, to_crop, shape, scale), ratio)


def _polygon(quad: Quad, matrix: Matrix) -> QPolygonF:
    points = cv2.perspectiveTransform(np.array([quad], np.float64), matrix)[0]
    return QPolygonF([QPointF(float(x), float(y)) for x, y in points])
