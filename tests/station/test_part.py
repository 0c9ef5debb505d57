"""The part watch, on drawn belts and tables with the noise of a cheap camera."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from app.station._part import STILL_S, PartWatch
from app.vocabulary import Bgr

WIDTH, HEIGHT, RATE = 320, 240, 30.0
NOISE_LEVELS = 5.0
SIDE = 130
"""Of the parts, in pixels."""
REST = round(3 * STILL_S * RATE)
"""Frames that a part lies still."""


@cache
def grain() -> NDArray[np.float32]:
    """Return the noise of a camera; each frame cuts it elsewhere."""
    dice = np.random.default_rng(5)
    return dice.normal(0, NOISE_LEVELS, (HEIGHT + 64, WIDTH + 64, 3)).astype(np.float32)


@cache
def ground(texture: float = 0.0) -> Bgr:
    """Draw a belt without parts, as wide as four pictures."""
    dice = np.random.default_rng(7)
    coarse = dice.normal(80, texture, (HEIGHT // 6, 4 * WIDTH // 6))
    belt = cv2.resize(coarse, (4 * WIDTH, HEIGHT))
    return np.repeat(np.clip(belt, 0, 255).astype(np.uint8)[:, :, None], 3, 2)


@cache
def part(kind: str = "board", side: int = SIDE) -> Bgr:
    """Draw a part: a board full of traces, a dull plate, or a plate with a small label."""
    picture = np.full((side, side, 3), 150 if kind != "board" else 60, np.uint8)
    if kind == "board":
        dice = np.random.default_rng(3)
        for _ in range(40):
            x, y = (int(v) for v in dice.integers(5, side - 5, 2))
            end = (x, int(dice.integers(5, side - 5))) if dice.random() < 0.5 else (side - 5, y)
            cv2.line(picture, (x, y), end, (210, 210, 210), 3)
    if kind == "labelled":
        cv2.rectangle(picture, (45, 45), (75, 65), (20, 20, 20), -1)
    return picture


def scene(x: int | None, of: Bgr | None = None, texture: float = 0.0, belt: int = 0) -> Bgr:
    """Lay a part at ``x``, which may lie beside the picture, on a belt that has moved so far."""
    picture = ground(texture)[:, belt % (3 * WIDTH) :][:, :WIDTH].copy()
    if x is not None:
        of = part() if of is None else of
        side, top = of.shape[0], (HEIGHT - of.shape[0]) // 2
        left, right = max(0, x), min(WIDTH, x + side)
        if left < right:
            picture[top : top + side, left:right] = of[:, left - x : right - x]
    return picture


def hand(picture: Bgr, reach: int, width: int = 55) -> Bgr:
    """Hold a hand into the picture from the left."""
    covered = picture.copy()
    middle = HEIGHT // 2
    cv2.rectangle(
        covered, (0, middle - width // 2), (reach, middle + width // 2), (90, 130, 190), -1
    )
    return covered


class Camera:
    """Shows scenes to a watch, 30 a second, each with its own noise; counts what is wanted."""

    def __init__(self, watch: PartWatch | None = None) -> None:
        self.watch = watch or PartWatch()
        self.shown = 0
        self.dice = np.random.default_rng(5)

    def sees(self, scenes: Iterable[Bgr], *, light: float = 1.0, has_room: bool = True) -> int:
        return sum(self.wants(each, light=light, has_room=has_room) for each in scenes)

    def wants(self, picture: Bgr, *, light: float = 1.0, has_room: bool = True) -> bool:
        top, left = self.dice.integers(0, 64, 2)
        noise = grain()[top : top + HEIGHT, left : left + WIDTH]
        bgr = np.clip(picture * light + noise, 0, 255).astype(np.uint8)
        self.shown += 1
        return self.watch.wants(bgr, self.shown / RATE, has_room=has_room)


def lying(picture: Bgr, frames: int = REST) -> Iterator[Bgr]:
    return (picture for _ in range(frames))


def ride(start: int, end: int, of: Bgr | None = None, texture: float = 0.0) -> Iterator[Bgr]:
    """Let a part ride along with its belt."""
    return (
        scene(x, of, texture, belt=start - x) for x in range(start, end, 20 if end > start else -20)
    )


MIDDLE = (WIDTH - SIDE) // 2


def belt_turn(of: Bgr | None = None, texture: float = 0.0) -> Iterator[Bgr]:
    """One part rides in, rests, and rides out."""
    yield from ride(WIDTH, MIDDLE, of, texture)
    yield from lying(scene(MIDDLE, of, texture, belt=WIDTH - MIDDLE))
    yield from ride(MIDDLE, -150, of, texture)


@pytest.mark.parametrize("kind", ["board", "plate", "labelled"])
@pytest.mark.parametrize("texture", [0.0, 9.0])
def test_equal_parts_in_a_row_on_a_belt_are_one_verdict_each(kind: str, texture: float) -> None:
    camera = Camera()
    assert [camera.sees(belt_turn(part(kind), texture)) for _ in range(5)] == [1] * 5


@pytest.mark.parametrize("kind", ["board", "plate"])
def test_parts_close_behind_each_other_are_one_verdict_each(kind: str) -> None:
    camera, of, gap = Camera(), part(kind), 30
    step = of.shape[0] + gap

    def row(shift: int) -> Bgr:
        picture = scene(None)
        for place in range(-2, 5):
            x = MIDDLE + place * step - shift
            one = scene(x, of)
            left, right = max(0, x), min(WIDTH, x + of.shape[0])
            if left < right:
                picture[:, left:right] = one[:, left:right]
        return picture

    seen = []
    for _ in range(4):
        seen.append(camera.sees(lying(row(0))))
        seen.append(camera.sees(row(shift) for shift in range(10, step, 10)))
    assert seen == [1, 0] * 4


def test_a_part_that_lies_still_is_judged_once_however_long_it_lies() -> None:
    camera = Camera()
    assert camera.sees(lying(scene(MIDDLE), 600)) == 1


def test_the_empty_belt_is_no_part_before_between_and_after() -> None:
    camera = Camera()
    assert camera.sees(lying(scene(None))) == 0
    for _ in range(3):
        assert camera.sees(belt_turn()) == 1
        assert camera.sees(lying(scene(None))) == 0


def test_a_belt_with_a_texture_is_learnt_from_between_two_parts() -> None:
    camera, texture = Camera(), 14.0
    for _ in range(2):
        assert camera.sees(belt_turn(texture=texture)) == 1
    for turn in range(4):
        empty = scene(None, texture=texture, belt=150 + 85 * turn)
        assert camera.sees(lying(empty)) == 0, turn
        assert camera.sees(belt_turn(texture=texture)) == 1, turn


def test_the_table_judged_at_the_start_is_learnt_when_a_part_comes() -> None:
    camera, texture = Camera(), 14.0
    table = scene(None, texture=texture)
    assert camera.sees(lying(table)) == 1
    for _ in range(3):
        assert camera.sees(lying(scene(MIDDLE, texture=texture))) == 1
        assert camera.sees(lying(table)) == 0


def test_parts_exchanged_by_hand_are_one_verdict_each_however_alike() -> None:
    camera = Camera()
    empty, there = scene(None), scene(MIDDLE)
    camera.sees(lying(empty))
    assert camera.sees(lying(there)) == 1
    for _ in range(3):
        assert camera.sees(hand(there, reach) for reach in range(30, 280, 30)) == 0
        assert camera.sees(hand(empty, reach) for reach in range(280, 0, -30)) == 0
        assert camera.sees(hand(empty, reach) for reach in range(30, 280, 30)) == 0
        assert camera.sees(hand(there, reach) for reach in range(280, 0, -30)) == 0
        assert camera.sees(lying(there)) == 1


def test_a_hand_that_reaches_over_less_than_half_a_part_does_not_ask_again() -> None:
    camera, there = Camera(), scene(MIDDLE)
    camera.sees(lying(scene(None)))
    assert camera.sees(lying(there)) == 1
    reaching = [hand(there, reach, width=40) for reach in (50, 100, 140, 170, 140, 100, 50)]
    for _ in range(3):
        assert camera.sees(reaching) + camera.sees(lying(there)) == 0


def test_a_part_that_was_changed_where_it_lies_is_judged_again() -> None:
    camera = Camera()
    camera.sees(lying(scene(None)))
    assert camera.sees(lying(scene(MIDDLE, part("plate")))) == 1
    assert camera.sees(lying(scene(MIDDLE, part("labelled")))) == 1


def test_neither_flicker_nor_daylight_nor_noise_is_a_movement() -> None:
    camera, there = Camera(), scene(MIDDLE)
    camera.sees(lying(scene(None)))
    assert camera.sees(lying(there)) == 1
    for number in range(300):
        assert not camera.wants(there, light=1 + 0.12 * np.sin(number * 2.1) - number / 1000)


def test_a_part_waits_while_the_one_before_it_is_still_being_judged() -> None:
    camera = Camera()
    assert camera.sees(lying(scene(MIDDLE)), has_room=False) == 0
    assert camera.sees(lying(scene(MIDDLE))) == 1


def test_what_is_asked_for_by_hand_is_wanted_and_not_wanted_again() -> None:
    camera = Camera()
    assert camera.watch.wants(scene(MIDDLE), 0.0, is_asked=True)
    assert camera.sees(lying(scene(MIDDLE))) == 0


def test_a_part_that_lies_there_is_judged_again_after_a_fault() -> None:
    camera = Camera()
    assert camera.sees(lying(scene(MIDDLE))) == 1
    assert camera.watch.rearm()
    assert camera.sees(lying(scene(MIDDLE))) == 1


def test_a_lamp_that_fails_is_no_empty_belt() -> None:
    camera = Camera()
    camera.sees(lying(scene(None)))
    assert camera.sees(lying(scene(MIDDLE))) == 1
    assert camera.sees(lying(scene(MIDDLE)), light=0.02) == 1


def test_a_plain_part_that_fills_the_picture_is_told_from_the_ground() -> None:
    camera, sheet = Camera(), np.full((HEIGHT, WIDTH, 3), 170, np.uint8)
    for _ in range(3):
        assert camera.sees(lying(scene(None))) == 0
        assert camera.sees(lying(sheet)) == 1


def test_a_ground_under_another_lamp_is_learnt_again() -> None:
    camera = Camera()
    for light in (1.0, 0.5, 1.0):
        assert camera.sees(belt_turn(), light=light) == 1
        seen = [camera.sees(lying(scene(None)), light=light)]
        seen += [
            camera.sees(belt_turn(), light=light),
            camera.sees(lying(scene(None)), light=light),
        ]
        assert seen == [0, 1, 0], light


def test_what_moves_outside_the_region_is_not_the_part() -> None:
    region = (MIDDLE, 55, MIDDLE + SIDE, 185)
    camera, there = Camera(PartWatch(region)), scene(MIDDLE)
    assert camera.sees(lying(there)) == 1
    passing = there.copy()
    for x in range(0, WIDTH - 20, 10):
        passing[:] = there
        passing[:25, x : x + 20] = 250
        assert not camera.wants(passing)


def test_a_region_outside_the_picture_still_shows_the_reader_a_part() -> None:
    camera = Camera(PartWatch((5000, 5000, 6000, 6000)))
    assert camera.sees(lying(scene(MIDDLE))) == 1


def test_it_says_that_it_waits_while_nothing_lies_there() -> None:
    camera = Camera()
    said = []
    for scenes in (lying(scene(None)), lying(scene(MIDDLE)), ride(MIDDLE, 0)):
        camera.sees(scenes)
        said.append(camera.watch.is_waiting)
    assert said == [True, False, True]
