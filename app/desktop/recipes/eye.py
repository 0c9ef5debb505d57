"""How a picture is looked at: how large, and which point of it in the middle."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import QPointF, QRectF

from app.desktop.recipes.shapes import Size
from app.recipes import Area
from app.vocabulary import Box, Point

CLOSEST = 12.0
"""Pixels of the screen a pixel of the picture, at most."""
STEP = 1.25
"""One step of the wheel or of a key."""


@dataclass(frozen=True, slots=True)
class Eye:
    """Where each pixel of a picture is seen in a room of the window; 1 is the whole picture."""

    room: QRectF
    picture: Size
    zoom: float = 1.0
    middle: Point = (0.0, 0.0)
    """Of the picture, as a share of its sides from its centre."""

    @property
    def scale(self) -> float:
        """Pixels of the window a pixel of the picture."""
        return self._fit * self.zoom

    @property
    def place(self) -> QRectF:
        """Where the whole picture lies, also beyond the room."""
        width, height = self.picture[0] * self.scale, self.picture[1] * self.scale
        centre = self.room.center()
        left = centre.x() - (0.5 + self.middle[0]) * width
        top = centre.y() - (0.5 + self.middle[1]) * height
        return QRectF(left, top, width, height)

    def rect(self, area: Area | Box) -> QRectF:
        """Return where an area of the picture is seen."""
        at, scale = self.place.topLeft(), self.scale
        return QRectF(
            at.x() + area[0] * scale,
            at.y() + area[1] * scale,
            (area[2] - area[0]) * scale,
            (area[3] - area[1]) * scale,
        )

    def point(self, at: QPointF) -> Point:
        """Return the point of the picture that is seen somewhere."""
        place = self.place
        return (at.x() - place.x()) / self.scale, (at.y() - place.y()) / self.scale

    def in_room(self, room: QRectF) -> Eye:
        """Look at the same in another room."""
        return replace(self, room=room)._held()

    def closer(self, factor: float, at: QPointF) -> Eye:
        """Look closer or from farther away; the point under the hand stays there."""
        closest = max(1.0, CLOSEST / self._fit)
        zoom = min(max(self.zoom * factor, 1.0), closest)
        before = self.point(at)
        nearer = replace(self, zoom=zoom)
        seen = nearer.rect((*before, *before)).topLeft()
        return nearer.shifted(at.x() - seen.x(), at.y() - seen.y())

    def shifted(self, dx: float, dy: float) -> Eye:
        """Move the picture under the eye, never out of sight."""
        place = self.place
        middle = self.middle[0] - dx / place.width(), self.middle[1] - dy / place.height()
        return replace(self, middle=middle)._held()

    def whole(self) -> Eye:
        """Look at the whole picture."""
        return replace(self, zoom=1.0, middle=(0.0, 0.0))

    @property
    def _fit(self) -> float:
        width, height = max(1, self.picture[0]), max(1, self.picture[1])
        return max(1e-6, min(self.room.width() / width, self.room.height() / height))

    def _held(self) -> Eye:
        place = self.place
        x = _held(self.middle[0], self.room.width() / place.width())
        y = _held(self.middle[1], self.room.height() / place.height())
        return replace(self, middle=(x, y))


def _held(middle: float, share: float) -> float:
    """Keep the room filled where the picture is larger than it, else the picture centred."""
    most = max(0.0, (1 - share) / 2)
    return min(max(middle, -most), most)
