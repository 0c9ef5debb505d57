"""Pictures for the window: straightened, cut out, sized for the screen."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtGui import QColor

from app.desktop.counter import pixels
from app.vocabulary import (
    Decision,
    EngineMark,
    Field,
    Frame,
    Inspection,
    Proof,
    Quad,
    Reading,
    Verdict,
)
from desktop.window_parts import card, inspection, quad

RED = (0, 0, 255)


def on_its_side() -> Inspection:
    """A card that lies on its side: its upper left corner is red and stands at the upper right."""
    bgr = np.full((600, 400, 3), 255, np.uint8)
    bgr[:60, 340:] = RED
    outline: Quad = ((400, 0), (400, 600), (0, 600), (0, 0))
    reading = Reading("", (), outline=outline)
    frame = Frame(bgr, 0, 0.0, "given")
    return Inspection(frame, reading, Verdict(Decision.REVIEW), EngineMark("", ""))


def test_a_document_on_its_side_is_shown_upright() -> None:
    page = pixels.prepare(on_its_side(), pixels.Sizes(page=(300, 300))).sheet.page
    assert (page.width(), page.height()) == (300, 200)
    assert page.pixelColor(5, 5) == QColor("red")


def test_every_field_gets_an_outline_a_crop_and_a_lens_within_their_rooms() -> None:
    sizes = pixels.Sizes(page=(400, 300), lens=(380, 100), letter=24, crop=(300, 90))
    sheet = pixels.prepare(inspection(card()), sizes).sheet
    names = {field.name for field in card().fields}
    assert set(sheet.outlines) == set(sheet.crops) == set(sheet.lenses) == names
    for name in names:
        assert sheet.crops[name].width() <= 300
        assert sheet.crops[name].height() <= 90
        assert sheet.lenses[name].width() <= 380
        assert sheet.lenses[name].height() <= 100
        assert sheet.page.rect().contains(sheet.outlines[name].boundingRect().toRect())


def test_characters_in_a_crop_are_as_large_as_the_value_beside_it() -> None:
    sizes = pixels.Sizes(letter=24, crop=(900, 200))
    large = Field("name", "王伟", Proof.READ, 1.0, quad(10, 10, 200, 100))
    small = Field("name", "王伟", Proof.READ, 1.0, quad(10, 10, 50, 25))
    heights = [
        pixels.prepare(inspection(Reading("", (field,))), sizes).sheet.crops["name"].height()
        for field in (large, small)
    ]
    assert abs(heights[0] - heights[1]) <= 1


def test_a_field_without_a_place_has_no_pixels() -> None:
    nowhere = Reading("", (Field("name", "王伟", Proof.READ),))
    assert pixels.prepare(inspection(nowhere), pixels.Sizes()).sheet.crops == {}


@pytest.mark.parametrize("shape", [(1, 1, 3), (3, 4000, 3), (4000, 3, 3)])
def test_a_frame_of_any_shape_is_shown(shape: tuple[int, int, int]) -> None:
    frame = Frame(np.zeros(shape, np.uint8), 0, 0.0, "given")
    odd = Inspection(frame, Reading(), Verdict(Decision.REVIEW), EngineMark("", ""))
    page = pixels.prepare(odd, pixels.Sizes(page=(300, 200))).sheet.page
    assert 1 <= page.width() <= 300
    assert 1 <= page.height() <= 200


def test_a_picture_for_a_dense_screen_says_so() -> None:
    image = pixels.fitted(np.zeros((400, 600, 3), np.uint8), (300, 300), 2.0)
    assert image.devicePixelRatio() == 2.0
    assert image.deviceIndependentSize().width() == 150


def test_colours_come_out_as_they_went_in() -> None:
    bgr = np.zeros((4, 4, 3), np.uint8)
    bgr[:] = (10, 20, 200)
    assert pixels.as_image(bgr).pixelColor(1, 1) == QColor(200, 20, 10)
