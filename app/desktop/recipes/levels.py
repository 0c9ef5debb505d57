"""A picture in several sizes, made away from the window: it never scales a large one itself."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
from PySide6.QtCore import QRectF, QSizeF, Qt
from PySide6.QtGui import QImage, QPainter

from app.desktop.counter.pixels import as_image
from app.desktop.recipes.eye import Eye
from app.desktop.recipes.shapes import Size
from app.vocabulary import Bgr

SMALLEST = 480
"""Longer side of the smallest size."""
SHOWS_PIXELS = 4.0
"""From so many pixels of the screen a pixel of the picture, its pixels are shown as they are."""


@dataclass(frozen=True, slots=True, eq=False)
class Levels:
    """One picture, each time half as large."""

    images: tuple[QImage, ...]

    @property
    def size(self) -> Size:
        """Width and height of the picture."""
        return self.images[0].width(), self.images[0].height()

    def nearest(self, scale: float) -> QImage:
        """Return the smallest image that need not be enlarged to be shown at a scale."""
        level = 0
        while level + 1 < len(self.images) and scale <= 0.5 ** (level + 1):
            level += 1
        return self.images[level]


def levels(bgr: Bgr) -> Levels:
    """Make every size of a picture."""
    images = [as_image(bgr)]
    while max(bgr.shape[:2]) > 2 * SMALLEST:
        half = max(1, bgr.shape[1] // 2), max(1, bgr.shape[0] // 2)
        bgr = cv2.resize(bgr, half, interpolation=cv2.INTER_AREA).astype(bgr.dtype, copy=False)
        images.append(as_image(bgr))
    return Levels(tuple(images))


def looked_at(picture: Levels, eye: Eye, ratio: float) -> QImage:
    """Return what an eye sees in its room, at the resolution of the screen."""
    size = QSizeF(eye.room.size()) * ratio
    image = QImage(size.toSize(), QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(ratio)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    is_smooth = eye.scale * ratio < SHOWS_PIXELS
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, is_smooth)
    place = eye.place.translated(-eye.room.topLeft())
    level = picture.nearest(eye.scale * ratio)
    painter.drawImage(place, level, QRectF(level.rect()))
    painter.end()
    return image
