"""A frame with what was read or found drawn on it: outline, boxes, and their names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from PIL import Image, ImageDraw

from app.commands._font import font, words
from app.commands._text import field_title
from app.judgement.defects import defect_title
from app.vocabulary import Box, Inspection, Proof, Quad, box_of

COLOURS = {
    Proof.PROVEN: (24, 128, 56),
    Proof.CONFIRMED: (0, 110, 130),
    Proof.READ: (26, 95, 200),
    Proof.CONFLICT: (200, 40, 30),
    Proof.MISSING: (120, 120, 120),
}
OUTLINE = (150, 90, 0)
DEFECT = COLOURS[Proof.CONFLICT]
PAPER = (255, 255, 255)
GAP_PX = 2


def annotated(inspections: Sequence[Inspection]) -> Image.Image:
    """Return the frame of these inspections with all their fields and defects on it."""
    bgr = inspections[0].frame.bgr
    picture = Image.fromarray(np.ascontiguousarray(bgr[..., ::-1]))
    sheet = _Sheet(picture, [box for each in inspections for box in _boxes(each)])
    for inspection in inspections:
        reading = inspection.reading
        if reading.outline is not None:
            sheet.frame(reading.outline, OUTLINE)
        for field in reading.fields:
            if field.quad is not None:
                sheet.frame(field.quad, COLOURS[field.proof])
        for found in reading.detections:
            sheet.frame(_corners(found.box), DEFECT)
    for inspection in inspections:
        for found in inspection.reading.detections:
            title = f"{defect_title(found.label).text(words())} {found.score:.2f}"
            sheet.label(title, found.box, DEFECT)
        for field in inspection.reading.fields:
            if field.quad is not None:
                title = field_title(inspection.reading.document, field.name).text(words())
                sheet.label(title, box_of(field.quad), COLOURS[field.proof])
    return picture


def _boxes(inspection: Inspection) -> Iterator[Box]:
    """Yield where something stands that no label should cover."""
    reading = inspection.reading
    yield from (box_of(line.quad) for line in reading.lines)
    yield from (box_of(field.quad) for field in reading.fields if field.quad is not None)
    yield from (found.box for found in reading.detections)


def _corners(box: Box) -> Quad:
    left, top, right, bottom = box
    return (left, top), (right, top), (right, bottom), (left, bottom)


class _Sheet:
    """A picture that is drawn on; each label goes where it covers the least."""

    def __init__(self, picture: Image.Image, taken: list[Box]) -> None:
        self._pen = ImageDraw.Draw(picture)
        self._size = picture.size
        self._stroke = max(1, round(max(picture.size) / 700))
        self._font = font(max(10, round(max(picture.size) / 90)))
        self._taken = taken

    def frame(self, quad: Quad, colour: tuple[int, int, int]) -> None:
        """Draw a quadrilateral."""
        self._pen.line([*quad, quad[0]], fill=colour, width=self._stroke, joint="curve")

    def label(self, title: str, box: Box, colour: tuple[int, int, int]) -> None:
        """Write a title beside a box."""
        left, top, right, bottom = self._pen.textbbox((0, 0), title, font=self._font)
        places = self._places(box, right + GAP_PX, bottom + GAP_PX)
        x, y, *_ = best = min(places, key=self._covered)
        self._taken.append(best)
        self._pen.rectangle((x + left, y + top, x + right, y + bottom), fill=PAPER)
        self._pen.text((x, y), title, fill=colour, font=self._font)

    def _places(self, box: Box, width: float, height: float) -> Iterator[Box]:
        """Yield where a label of this size may stand, the best liked first."""
        left, top, right, bottom = box
        beside = (top + bottom - height) / 2
        for x, y in (
            (left, top - height),
            (right + GAP_PX, beside),
            (left, bottom + GAP_PX),
            (left - width - GAP_PX, beside),
            (right - width, top - height),
        ):
            x_inside = min(max(0.0, x), max(0.0, self._size[0] - width))
            y_inside = min(max(0.0, y), max(0.0, self._size[1] - height))
            yield x_inside, y_inside, x_inside + width, y_inside + height

    def _covered(self, place: Box) -> float:
        return sum(_common(place, box) for box in self._taken)


def _common(one: Box, other: Box) -> float:
    width = min(one[2], other[2]) - max(one[0], other[0])
    height = min(one[3], other[3]) - max(one[1], other[1])
    return max(0.0, width) * max(0.0, height)
