"""Lines, views and crops: where text stands survives every turn."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from app.reader._crops import GREY, Cutter, bucket, quad_of
from app.reader._detect import Line, lines_of
from app.reader._view import align, close_up, reading_angle, whole

IDENTITY = np.array([[1, 0, 0], [0, 1, 0]], np.float64)


def heat_with_bar(angle: float, length: int = 120, height: int = 10) -> NDArray[np.float32]:
    heat = np.zeros((256, 256), np.float32)
    corners = cv2.boxPoints(((128, 128), (length, height), angle))
    cv2.fillPoly(heat, [corners.astype(np.int32)], 0.9)
    return heat


@pytest.mark.parametrize("angle", [0, 7, 40, 89, -30, -80])
def test_a_core_becomes_a_line_that_is_longer_and_higher_and_lies_the_same_way(angle: int) -> None:
    (line,) = lines_of(heat_with_bar(angle), IDENTITY)
    assert (line.x, line.y) == pytest.approx((128.5, 128.5), abs=1)
    assert 125 < line.length < 140
    assert 20 < line.height < 31
    assert abs((line.angle - angle + 90) % 180 - 90) < 1.5


def test_faint_and_thin_cores_are_no_lines() -> None:
    assert lines_of(heat_with_bar(0) * 0.5, IDENTITY) == []
    assert lines_of(heat_with_bar(0, height=1), IDENTITY) == []


def test_the_matrix_carries_a_line_into_frame_pixels() -> None:
    turned = np.array([[0, -2, 600], [2, 0, 10]], np.float64)
    (line,) = lines_of(heat_with_bar(0), turned)
    assert (line.x, line.y) == pytest.approx((600 - 2 * 128.5, 10 + 2 * 128.5), abs=2)
    assert line.length > 250
    assert line.angle == pytest.approx(90, abs=1)


def test_the_corners_of_a_line_start_where_reading_starts() -> None:
    upright = quad_of(Line(50, 20, 40, 10, 0))
    np.testing.assert_allclose(upright, ((30, 15), (70, 15), (70, 25), (30, 25)))
    upside_down = quad_of(Line(50, 20, 40, 10, 180))
    np.testing.assert_allclose(upside_down[0], (70, 25), atol=1e-9)


@pytest.mark.parametrize("angle", [0, 90, 180, -90, 23])
def test_a_crop_shows_the_line_from_its_first_corner_whichever_way_it_lies(angle: int) -> None:
    picture = np.full((300, 300, 3), 255, np.uint8)
    line = Line(150, 150, 160, 32, angle)
    turn = np.radians(angle)
    at_start = Line(150 - 60 * float(np.cos(turn)), 150 - 60 * float(np.sin(turn)), 40, 32, angle)
    cv2.fillPoly(picture, [np.array(quad_of(at_start), np.int32)], (0, 0, 0))
    crop = Cutter(picture).cut(line, 320, 240)[0]
    assert crop.shape == (3, 48, 320)
    assert crop[:, 8:40, 8:50].mean() < -0.9
    assert crop[:, 8:40, 70:230].mean() > 0.9
    np.testing.assert_allclose(crop[:, :, 240:], GREY / 127.5 - 1, atol=1e-5)


def test_a_much_larger_line_is_shrunk_without_losing_its_strokes_to_aliasing() -> None:
    stripes = np.zeros((800, 1600, 3), np.uint8)
    stripes[:, ::2] = 255
    crop = Cutter(stripes).cut(Line(800, 400, 1500, 700, 0), 96)[0]
    assert abs(float(crop.mean())) < 0.05
    assert float(crop.std()) < 0.1


def test_a_line_takes_the_smallest_bucket_that_holds_it() -> None:
    widths = (64, 128, 256)
    assert bucket(Line(0, 0, 100, 48, 0), widths) == (128, 100)
    assert bucket(Line(0, 0, 66, 48, 0), widths) == (64, 64)
    assert bucket(Line(0, 0, 900, 48, 0), widths) == (256, 256)


def test_views_lead_back_to_the_same_frame_pixel() -> None:
    picture = np.zeros((600, 800, 3), np.uint8)
    cv2.circle(picture, (500, 200), 12, (255, 255, 255), -1)
    lines = [Line(500, 200, 200, 30, 33), Line(430, 260, 180, 30, 33)]
    for view in (whole(picture, 320), close_up(picture, lines, 33, 0.8, 1280)):
        assert all(side % 32 == 0 for side in view.picture.shape[:2])
        ys, xs = np.nonzero(view.picture[:, :, 0] > 128)
        back = view.matrix @ (xs.mean() + 0.5, ys.mean() + 0.5, 1)
        np.testing.assert_allclose(back, (500.5, 200.5), atol=1.5)


def test_the_page_lies_as_most_of_its_text_does_and_short_boxes_follow() -> None:
    lines = [Line(0, 0, 200, 20, 88), Line(0, 0, 150, 20, -89), Line(0, 0, 30, 25, 1)]
    angle = reading_angle(lines)
    assert abs((angle - 89.5 + 90) % 180 - 90) < 2
    aligned = align(lines, angle)
    assert len(aligned) == 3
    assert (aligned[2].length, aligned[2].height) == (25, 30)
    assert all(abs(line.angle - angle) < 4 for line in aligned)


def test_a_long_line_across_the_page_is_left_out() -> None:
    lines = [Line(0, 0, 200, 20, 0), Line(0, 0, 180, 20, 1), Line(0, 0, 150, 20, 90)]
    assert len(align(lines, reading_angle(lines))) == 2
