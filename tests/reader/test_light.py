"""How a part is lit and focused: numbers that mean the same on any picture."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from app.reader._light import light_of
from app.reader._look import Pixels
from app.vocabulary import Bgr

DICE = np.random.default_rng(7)
BOARD: Pixels = (
    (DICE.integers(0, 2, (54, 96), dtype=np.uint8) * 160 + 40).repeat(10, axis=0).repeat(10, axis=1)
)


def blurred(sigma: float) -> Pixels:
    return np.asarray(cv2.GaussianBlur(BOARD, (0, 0), sigma), np.uint8)


def test_an_even_picture_has_its_grey_level_and_nothing_else() -> None:
    light = light_of(np.full((480, 640), 90, np.uint8))
    measured = (light.brightness, light.contrast, light.sharpness)
    assert measured == pytest.approx((90, 0, 0), abs=1e-3)


def test_brightness_and_contrast_are_those_of_the_grey_picture() -> None:
    light = light_of(BOARD)
    assert light.brightness == pytest.approx(BOARD.mean(), rel=0.02)
    assert light.contrast == pytest.approx(BOARD.std(), rel=0.02)


def test_colours_are_measured_as_grey() -> None:
    colours: Bgr = np.asarray(cv2.cvtColor(BOARD, cv2.COLOR_GRAY2BGR), np.uint8)
    assert light_of(colours) == light_of(BOARD)


def test_the_more_blurred_a_picture_the_less_sharp_it_is() -> None:
    values = [light_of(blurred(sigma)).sharpness for sigma in (0.1, 0.5, 1, 2, 4)]
    assert values == sorted(values, reverse=True)
    assert values[-1] < values[0] / 20


def test_less_light_changes_sharpness_little() -> None:
    dim = BOARD // 3
    assert light_of(dim).sharpness == pytest.approx(light_of(BOARD).sharpness, rel=0.05)


@pytest.mark.parametrize("size", [(1, 1), (1, 2000), (2000, 1), (2, 2), (17, 5)])
def test_a_tiny_picture_is_measured_too(size: tuple[int, int]) -> None:
    light = light_of(np.full(size, 255, np.uint8))
    assert (light.brightness, light.sharpness) == (255, 0)
