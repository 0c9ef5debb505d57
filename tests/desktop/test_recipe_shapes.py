"""Region and masks under a hand: drawn, pulled, pushed by keys, looked at closely."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QPointF, QRectF, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from app.desktop.recipes.eye import CLOSEST, Eye
from app.desktop.recipes.hand import Hand
from app.desktop.recipes.levels import levels, looked_at
from app.desktop.recipes.shapes import (
    GRIPS,
    INSIDE,
    LEAST,
    REGION,
    Shapes,
    middle,
    pulled,
    spanned,
)
from app.recipes import Area
from desktop.recipe_parts import SIZE, board

AREA: Area = (100, 100, 300, 200)
MASK: Area = (400, 300, 500, 400)
NONE = Qt.KeyboardModifier.NoModifier
SHIFT, CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
FAR = st.floats(-3000, 3000)
MakeHand = Callable[..., Hand]


@pytest.fixture
def make_hand(qapp: QApplication) -> MakeHand:
    """Make a hand over a picture that is shown as large as it is."""

    def make(region: Area | None = None, *masks: Area) -> Hand:
        hand = Hand(qapp)
        hand.eye = Eye(QRectF(0, 0, *SIZE), SIZE)
        hand.shapes = Shapes(region, masks)
        return hand

    return make


def drag(hand: Hand, *points: tuple[float, float]) -> None:
    hand.press(QPointF(*points[0]))
    for point in points[1:]:
        hand.drag(QPointF(*point))
    hand.release()


def press(hand: Hand, key: Qt.Key, held: Qt.KeyboardModifier = NONE) -> bool:
    return hand.key(QKeyEvent(QEvent.Type.KeyPress, key, held))


@given(grip=st.sampled_from([*GRIPS, INSIDE]), dx=FAR, dy=FAR)
def test_a_pulled_area_stays_in_the_picture_and_large_enough_to_hold(
    grip: tuple[int, int], dx: float, dy: float
) -> None:
    left, top, right, bottom = pulled(AREA, grip, dx, dy, SIZE)
    assert 0 <= left <= right - LEAST
    assert 0 <= top <= bottom - LEAST
    assert right <= SIZE[0]
    assert bottom <= SIZE[1]
    if grip == INSIDE:
        assert (right - left, bottom - top) == (200, 100)


def test_a_mere_click_draws_no_area_and_a_drag_beyond_the_edge_ends_there() -> None:
    assert spanned((50, 50), (52, 53), SIZE) is None
    assert spanned((600, 470), (900, 900), SIZE) == (600, 470, 640, 480)
    assert middle(SIZE, 0.5) == (160, 120, 480, 360)


def test_a_box_is_judged_where_its_middle_lies() -> None:
    shapes = Shapes(AREA, ((100, 100, 150, 150),))
    assert shapes.judges((290, 190, 305, 205))
    assert not shapes.judges((295, 190, 310, 205))
    assert not shapes.judges((110, 110, 130, 130))
    assert Shapes().judges((0, 0, 1, 1))


def test_a_region_is_drawn_by_one_drag_and_chosen_then(make_hand: MakeHand) -> None:
    hand = make_hand()
    hand.arm(REGION)
    drag(hand, (100, 100), (200, 120), (300, 200))
    assert hand.shapes == Shapes(AREA)
    assert hand.chosen == REGION
    assert hand.draws is None


def test_an_area_is_placed_without_a_mouse(make_hand: MakeHand) -> None:
    hand = make_hand(AREA)
    hand.arm(0)
    assert press(hand, Qt.Key.Key_Return)
    assert hand.shapes.masks == (middle(SIZE, 0.2),)
    assert hand.chosen == 0


def test_escape_ends_drawing_and_then_lets_go_of_the_area(make_hand: MakeHand) -> None:
    hand = make_hand(AREA)
    hand.choose_next()
    hand.arm(0)
    assert press(hand, Qt.Key.Key_Escape)
    assert (hand.draws, hand.chosen) == (None, None)
    assert not press(hand, Qt.Key.Key_Escape)


def test_arrows_move_the_chosen_area_and_with_shift_make_it_larger(make_hand: MakeHand) -> None:
    hand = make_hand(AREA)
    hand.choose_next()
    press(hand, Qt.Key.Key_Right)
    press(hand, Qt.Key.Key_Down, CTRL)
    press(hand, Qt.Key.Key_Left, SHIFT)
    assert hand.shapes.region == (101, 120, 300, 220)


def test_steps_of_one_choice_are_one_stroke_and_each_drag_is_one(make_hand: MakeHand) -> None:
    hand, strokes = make_hand(AREA), []
    hand.drawn.connect(lambda _shapes, stroke: strokes.append(stroke))
    hand.choose_next()
    press(hand, Qt.Key.Key_Right)
    press(hand, Qt.Key.Key_Right)
    drag(hand, (300, 150), (310, 150), (320, 150))
    assert strokes[0] == strokes[1]
    assert strokes[2] == strokes[3] != strokes[0]


def test_an_edge_is_pulled_and_the_inside_of_a_region_is_only_moved_once_it_is_chosen(
    make_hand: MakeHand,
) -> None:
    hand = make_hand(AREA)
    drag(hand, (200, 150), (260, 150))
    assert hand.shapes.region == AREA
    drag(hand, (301, 150), (351, 150))
    assert hand.shapes.region == (100, 100, 350, 200)
    drag(hand, (200, 150), (210, 160))
    assert hand.shapes.region == (110, 110, 360, 210)


def test_a_mask_inside_a_region_is_taken_before_the_region_that_is_chosen(
    make_hand: MakeHand,
) -> None:
    hand = make_hand((0, 0, *SIZE), MASK)
    hand.choose_next()
    drag(hand, (450, 350), (440, 340))
    assert hand.shapes.masks == ((390, 290, 490, 390),)


def test_areas_are_chosen_one_after_the_other_and_removed(make_hand: MakeHand) -> None:
    hand = make_hand(AREA, MASK)
    chosen = []
    for _ in range(3):
        hand.choose_next()
        chosen.append(hand.chosen)
    assert chosen == [REGION, 0, None]
    hand.choose_next()
    hand.remove()
    assert hand.shapes == Shapes(None, (MASK,))


def test_an_area_that_an_undo_took_away_is_let_go_of(make_hand: MakeHand) -> None:
    hand = make_hand(AREA)
    hand.choose_next()
    hand.follow(Shapes())
    assert hand.chosen is None


def test_looking_closer_keeps_the_point_under_the_hand_and_has_an_end(make_hand: MakeHand) -> None:
    hand = make_hand()
    at = QPointF(320, 200)
    before = hand.eye.point(at)
    hand.look(3, at)
    assert hand.eye.point(at) == pytest.approx(before)
    hand.look(99, at)
    assert hand.eye.scale == pytest.approx(CLOSEST)
    hand.look_at_all()
    assert hand.eye.place == QRectF(0, 0, *SIZE)


@given(steps=st.floats(0, 12), dx=FAR, dy=FAR)
def test_the_picture_is_never_moved_out_of_sight(steps: float, dx: float, dy: float) -> None:
    eye = Eye(QRectF(0, 0, 400, 400), SIZE).closer(1.25**steps, QPointF(1, 1)).shifted(dx, dy)
    seen = eye.place.intersected(eye.room)
    assert seen.width() == pytest.approx(min(400, eye.place.width()))
    assert seen.height() == pytest.approx(min(400, eye.place.height()))


def test_a_large_picture_is_shown_from_a_smaller_one_that_was_made_before() -> None:
    picture = levels(board(1).repeat(4, axis=0).repeat(4, axis=1))
    assert picture.size == (2560, 1920)
    assert [image.width() for image in picture.images] == [2560, 1280, 640]
    assert picture.nearest(0.25).width() == 640
    assert picture.nearest(0.3).width() == 1280
    assert picture.nearest(3.0).width() == 2560
    eye = Eye(QRectF(0, 0, 640, 480), picture.size)
    assert looked_at(picture, eye, 1.0).pixelColor(320, 400).red() == 90
