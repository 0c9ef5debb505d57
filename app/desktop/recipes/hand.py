"""What a hand does on the picture, with mouse, finger or keys: draw, pull, push, look closer."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import count

from PySide6.QtCore import QObject, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent

from app.desktop.recipes.eye import STEP, Eye
from app.desktop.recipes.shapes import (
    GRIPS,
    INSIDE,
    REGION,
    Grip,
    Shapes,
    middle,
    pulled,
    spanned,
)
from app.recipes import Area
from app.vocabulary import Point

ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
FAR = 20
"""Pixels of the picture that an arrow goes with Ctrl held down."""
LOWER_RIGHT: Grip = (1, 1)
FIRST_REGION, FIRST_MASK = 0.8, 0.2
"""Shares of the picture that an area takes which is not drawn but placed by a key."""
_STROKES = count(1)


@dataclass(slots=True)
class _Pull:
    name: int
    grip: Grip
    area: Area
    start: Point
    stroke: int


@dataclass(slots=True)
class _Span:
    start: Point
    end: Point


class Hand(QObject):
    """Holds what is chosen, which area is about to be drawn, and how the picture is looked at."""

    drawn = Signal(object, int)
    """Other Shapes, and the stroke they belong to."""
    moved = Signal()
    """Something is to be painted anew."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.eye = Eye(QRectF(0, 0, 1, 1), (1, 1))
        self.shapes = Shapes()
        self.chosen: int | None = None
        self.draws: int | None = None
        """Name of the area that the next drag draws."""
        self.reach = 12.0
        """Pixels of the window around an edge in which a hand takes hold of it."""
        self._drag: _Pull | _Span | QPointF | None = None
        self._stroke = 0

    @property
    def span(self) -> Area | None:
        """The area that is being drawn."""
        if not isinstance(self._drag, _Span):
            return None
        return spanned(self._drag.start, self._drag.end, self.eye.picture)

    def arm(self, name: int) -> None:
        """Let the next drag draw the region or another mask."""
        self.draws = REGION if name == REGION else len(self.shapes.masks)
        self.moved.emit()

    def follow(self, shapes: Shapes) -> None:
        """Work on other areas, e.g. after an undo."""
        self.shapes = shapes
        if self.chosen not in shapes.names:
            self.chosen = None
        self.moved.emit()

    def press(self, at: QPointF) -> None:
        """Begin a drag: draw, pull at what is chosen, choose, or move the picture."""
        point = self.eye.point(at)
        if self.draws is not None:
            self._drag = _Span(point, point)
            return
        held = self.held(at)
        self.chosen = held[0] if held else None
        area = self.shapes.area(held[0]) if held else None
        if held and area:
            self._drag = _Pull(held[0], held[1], area, point, next(_STROKES))
        else:
            self._drag = at
        self.moved.emit()

    def drag(self, at: QPointF) -> None:
        """Go on with a drag."""
        point, drag = self.eye.point(at), self._drag
        if isinstance(drag, _Span):
            drag.end = point
        elif isinstance(drag, _Pull):
            dx, dy = point[0] - drag.start[0], point[1] - drag.start[1]
            area = pulled(drag.area, drag.grip, dx, dy, self.eye.picture)
            if area != self.shapes.area(drag.name):
                self._draw(drag.name, area, drag.stroke)
        elif isinstance(drag, QPointF):
            self.eye = self.eye.shifted(at.x() - drag.x(), at.y() - drag.y())
            self._drag = at
        self.moved.emit()

    def release(self) -> None:
        """End a drag; what was drawn takes its place."""
        area = self.span
        self._drag = None
        if area is not None and self.draws is not None:
            self._place(area)
        self.moved.emit()

    def key(self, event: QKeyEvent) -> bool:
        """Do what a key asks for; False where it asks for nothing here."""
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Escape and (self.draws is not None or self.chosen is not None):
            self.draws, self.chosen, self._drag = None, None, None
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.draws is not None:
            share = FIRST_REGION if self.draws == REGION else FIRST_MASK
            self._place(middle(self.eye.picture, share))
        elif key in ARROWS:
            self._push(ARROWS[key], event.modifiers())
        else:
            return False
        self.moved.emit()
        return True

    def choose_next(self) -> None:
        """Choose the next area; behind the last one, none."""
        names = [*self.shapes.names, None]
        place = names.index(self.chosen) if self.chosen in names else -1
        self.chosen = names[(place + 1) % len(names)]
        self._stroke = next(_STROKES)
        self.moved.emit()

    def remove(self) -> None:
        """Take the chosen area away."""
        if self.chosen is not None:
            shapes, self.chosen = self.shapes.without(self.chosen), None
            self._tell(shapes, next(_STROKES))

    def look(self, steps: float, at: QPointF | None = None) -> None:
        """Look closer by steps, or from farther away."""
        self.eye = self.eye.closer(STEP**steps, at or self.eye.room.center())
        self.moved.emit()

    def look_at_all(self) -> None:
        """Show the whole picture."""
        self.eye = self.eye.whole()
        self.moved.emit()

    def held(self, at: QPointF) -> tuple[int, Grip] | None:
        """Return what a hand takes hold of here: the chosen area, an edge, or a mask."""
        lifted: tuple[int, Grip] | None = None
        for name in sorted(self.shapes.names, key=lambda name: (name != self.chosen, -name)):
            rect = self.eye.rect(self.shapes.area(name) or (0, 0, 0, 0))
            grip = self._grip(rect, at)
            if grip == INSIDE and name == REGION:
                # All of it would be in the way of the masks, and of moving the picture.
                lifted = (name, grip) if name == self.chosen else None
            elif grip is not None:
                return name, grip
        return lifted

    def _grip(self, rect: QRectF, at: QPointF) -> Grip | None:
        reach = self.reach
        if not rect.adjusted(-reach, -reach, reach, reach).contains(at):
            return None
        near = {grip: _distance(grip_point(rect, grip), at) for grip in GRIPS}
        closest = min(near, key=lambda grip: near[grip])
        if near[closest] <= reach:
            return closest
        across = _edge(at.x(), rect.left(), rect.right(), reach)
        down = _edge(at.y(), rect.top(), rect.bottom(), reach)
        # Small areas are moved rather than pulled: their edges are nowhere out of reach.
        is_small = min(rect.width(), rect.height()) < 3 * reach
        return INSIDE if is_small and rect.contains(at) else (across, down)

    def _push(self, way: tuple[int, int], held: Qt.KeyboardModifier) -> None:
        step = FAR if held & Qt.KeyboardModifier.ControlModifier else 1
        area = None if self.chosen is None else self.shapes.area(self.chosen)
        if self.chosen is None or area is None:
            side = -step * self.eye.room.width() / 20
            self.eye = self.eye.shifted(way[0] * side, way[1] * side)
            return
        grip = LOWER_RIGHT if held & Qt.KeyboardModifier.ShiftModifier else INSIDE
        self._stroke = self._stroke or next(_STROKES)
        area = pulled(area, grip, way[0] * step, way[1] * step, self.eye.picture)
        self._draw(self.chosen, area, self._stroke)

    def _place(self, area: Area) -> None:
        name, self.draws = self.draws, None
        if name is not None:
            self.chosen = name
            self._stroke = 0
            self._draw(name, area, next(_STROKES))

    def _draw(self, name: int, area: Area, stroke: int) -> None:
        self._tell(self.shapes.put(name, area), stroke)

    def _tell(self, shapes: Shapes, stroke: int) -> None:
        self.shapes = shapes
        self.drawn.emit(shapes, stroke)


def grip_point(rect: QRectF, grip: Grip) -> QPointF:
    """Return where a grip of an area is seen."""
    x = rect.center().x() + grip[0] * rect.width() / 2
    return QPointF(x, rect.center().y() + grip[1] * rect.height() / 2)


def _distance(one: QPointF, other: QPointF) -> float:
    return max(abs(one.x() - other.x()), abs(one.y() - other.y()))


def _edge(at: float, low: float, high: float, reach: float) -> int:
    if abs(at - low) <= reach:
        return -1
    return 1 if abs(at - high) <= reach else 0
