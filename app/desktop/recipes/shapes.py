"""Region and masks as a hand moves them: whole pixels, in the picture, never too small."""

from __future__ import annotations

from dataclasses import dataclass, replace

from app.recipes import Area
from app.vocabulary import Box, Point

LEAST = 8
"""Smallest side in pixels of the picture; a smaller area could not be taken hold of again."""
REGION = -1
"""Stands for the region where a mask would be named by its number."""
INSIDE = (0, 0)

Size = tuple[int, int]
"""Width and height of a picture."""
Grip = tuple[int, int]
"""Which edges move: −1 left or upper, 1 right or lower, 0 none; INSIDE moves the whole area."""

GRIPS: tuple[Grip, ...] = (
    (-1, -1), (0, -1), (1, -1), (1, 0), (1, 1), (0, 1), (-1, 1), (-1, 0),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Shapes:
    """What is judged of a picture, and what inside it is not."""

    region: Area | None = None
    masks: tuple[Area, ...] = ()

    @property
    def names(self) -> tuple[int, ...]:
        """Every area that is there: the region first, then the masks."""
        return (*((REGION,) if self.region else ()), *range(len(self.masks)))

    def area(self, name: int) -> Area | None:
        """Return one area; None where there is none of that name."""
        if name == REGION:
            return self.region
        return self.masks[name] if 0 <= name < len(self.masks) else None

    def put(self, name: int, area: Area) -> Shapes:
        """Put an area in the place of one, or behind the last mask."""
        if name == REGION:
            return replace(self, region=area)
        return replace(self, masks=(*self.masks[:name], area, *self.masks[name + 1 :]))

    def without(self, name: int) -> Shapes:
        """Take one area away; without a region all of the picture is judged."""
        if name == REGION:
            return replace(self, region=None)
        return replace(self, masks=(*self.masks[:name], *self.masks[name + 1 :]))

    def judges(self, box: Box) -> bool:
        """Say whether the centre of a box lies where parts are judged."""
        centre = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
        is_inside = self.region is None or holds(self.region, centre)
        return is_inside and not any(holds(mask, centre) for mask in self.masks)


def holds(area: Area, point: Point) -> bool:
    """Say whether a point lies in an area."""
    return area[0] <= point[0] < area[2] and area[1] <= point[1] < area[3]


def moved(area: Area, dx: float, dy: float, size: Size) -> Area:
    """Move an area as far as the picture lets it."""
    width, height = area[2] - area[0], area[3] - area[1]
    left = round(min(max(area[0] + dx, 0), max(0, size[0] - width)))
    top = round(min(max(area[1] + dy, 0), max(0, size[1] - height)))
    return left, top, left + width, top + height


def pulled(area: Area, grip: Grip, dx: float, dy: float, size: Size) -> Area:
    """Pull at the edges of a grip; the opposite ones stay where they are."""
    if grip == INSIDE:
        return moved(area, dx, dy, size)
    left, right = _pulled_side((area[0], area[2]), grip[0], dx, size[0])
    top, bottom = _pulled_side((area[1], area[3]), grip[1], dy, size[1])
    return left, top, right, bottom


def spanned(one: Point, other: Point, size: Size) -> Area | None:
    """Return the area between two corners, None where it is too small to be meant."""
    xs = sorted(round(min(max(x, 0), size[0])) for x in (one[0], other[0]))
    ys = sorted(round(min(max(y, 0), size[1])) for y in (one[1], other[1]))
    if xs[1] - xs[0] < LEAST or ys[1] - ys[0] < LEAST:
        return None
    return xs[0], ys[0], xs[1], ys[1]


def middle(size: Size, share: float) -> Area:
    """Return an area in the middle that takes so much of either side."""
    width = min(size[0], max(LEAST, round(size[0] * share)))
    height = min(size[1], max(LEAST, round(size[1] * share)))
    left, top = (size[0] - width) // 2, (size[1] - height) // 2
    return left, top, left + width, top + height


def _pulled_side(side: tuple[int, int], grip: int, by: float, end: int) -> tuple[int, int]:
    low, high = side
    if grip < 0:
        low = round(min(max(low + by, 0), high - LEAST))
    elif grip > 0:
        high = round(max(min(high + by, end), low + LEAST))
    return low, high
