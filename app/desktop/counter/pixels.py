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
LENS_BESIDE = 7.0
"""At most so many characters of surroundings at either side."""
NOWHERE: Quad = ((0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0))
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
    ground: tuple[int, int, int] = (128, 128, 128)
    """Blue, green, red of what lies beyond the edge of a frame."""


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
            page=as_image(_warped(bgr, to_page, shape, sizes.ground), sizes.ratio),
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


def _warped(
    bgr: Bgr, matrix: Matrix, shape: tuple[int, int], ground: tuple[int, int, int]
) -> NDArray[np.generic]:
    """Warp, averaging instead of skipping pixels where the result is much smaller."""
    finer = min(4.0, max(1.0, 1 / (SHARP * _scale(matrix))))
    larger = round(shape[0] * finer), round(shape[1] * finer)
    warped = cv2.warpPerspective(
        bgr, np.diag([finer, finer, 1.0]) @ matrix, larger, borderValue=ground
    )
    return warped if larger == shape else cv2.resize(warped, shape, interpolation=cv2.INTER_AREA)


def _scale(matrix: Matrix) -> float:
    """Return how large a frame's pixel becomes in the middle of what is warped."""
    return float(math.sqrt(abs(np.linalg.det(matrix[:2, :2]))))


def _crop(bgr: Bgr, field: Field, sizes: Sizes) -> QImage:
    """Cut a field out at reading size: its characters as large as the value's beside it."""
    letter = letter_size(field)
    margin = CROP_MARGIN * letter
    return _cut(bgr, field, (margin, margin), sizes.letter / letter, sizes)


def _lens(bgr: Bgr, field: Field, sizes: Sizes) -> QImage:
    """Cut a field out with its surroundings, as large as the lens."""
    letter = letter_size(field)
    margin = LENS_MARGIN * letter
    width, height = upright_size(field)
    fills = (height + 2 * margin) * sizes.lens[0] / sizes.lens[1] - width
    beside = min(max(margin, fills / 2), LENS_BESIDE * letter)
    return _cut(bgr, field, (beside, margin), math.inf, sizes)


def upright_size(field: Field) -> tuple[float, float]:
    """Return how large a field stands on the frame, along its text and across it."""
    return _upright(field.quad or NOWHERE)[1]


def letter_size(field: Field) -> float:
    """Estimate the size of a field's characters on the frame from the room that they take."""
    width, height = upright_size(field)
    narrow = sum(0.55 if character.isascii() else 1.0 for character in field.value)
    by_area = math.sqrt(width * height / (LINE_SPACING * max(1.0, narrow)))
    return max(4.0, min(height, by_area))


def _cut(
    bgr: Bgr, field: Field, margins: tuple[float, float], scale: float, sizes: Sizes
) -> QImage:
    """Cut a field out upright with paper around it; an endless scale fills the lens."""
    matrix, (width, height) = _upright(field.quad or NOWHERE)
    width, height = width + 2 * margins[0], height + 2 * margins[1]
    box = sizes.lens if math.isinf(scale) else sizes.crop
    scale = min(scale, box[0] / width, box[1] / height)
    shift = np.array([[1, 0, margins[0]], [0, 1, margins[1]], [0, 0, 1]], np.float64)
    to_crop = np.diag([scale, scale, 1.0]) @ shift @ matrix
    shape = max(1, round(width * scale)), max(1, round(height * scale))
    return as_image(_warped(bgr, to_crop, shape, sizes.ground), sizes.ratio)


def _polygon(quad: Quad, matrix: Matrix) -> QPolygonF:
    points = cv2.perspectiveTransform(np.array([quad], np.float64), matrix)[0]
    return QPolygonF([QPointF(float(x), float(y)) for x, y in points])
