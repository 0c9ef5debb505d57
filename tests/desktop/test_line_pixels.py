"""What is prepared for the line away from the window: pictures, marks, words; no line needed."""

from __future__ import annotations

from datetime import UTC, datetime

import numpy as np
import pytest
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QFont, QImage, QPainter
from PySide6.QtWidgets import QApplication

from app.desktop.line.marks import MarkBrush, marks_of
from app.desktop.line.pixels import DIM, KEPT_PX, Room, is_same, kept, live, look_of
from app.desktop.line.side_by_side import beside
from app.desktop.line.words import bound_words, state_face, verdict_face
from app.desktop.line.zoom import around
from app.desktop.theme import load_theme
from app.language import message
from app.line import LineState
from app.recipes import Bound, Limits, Recipe
from app.vocabulary import (
    Bgr,
    Decision,
    Detection,
    EngineMark,
    Frame,
    Inspection,
    Reading,
    Reason,
    Verdict,
)

RECIPE = Recipe(pack="boards", defects={"spur": Limits(action="ignore")})
ROOM = Room(live=(400, 300), thumb=(80, 60))


def frame(bgr: Bgr | None = None, number: int = 1) -> Frame:
    return Frame(np.full((480, 640, 3), 200, np.uint8) if bgr is None else bgr, number, 0.0, "x")


def inspection(decision: Decision = Decision.NG, bgr: Bgr | None = None) -> Inspection:
    return Inspection(frame(bgr), Reading(), Verdict(decision), EngineMark("x", "cpu"))


def level(image: QImage, x: int, y: int) -> int:
    return QColor(image.pixel(x, y)).green()


def test_the_live_picture_fits_its_room_and_is_dimmed_outside_of_region_and_inside_masks() -> None:
    recipe = RECIPE.model_copy(
        update={"region": (160, 120, 480, 360), "masks": ((200, 160, 240, 200),)}
    )
    shot = live(frame(), ROOM, recipe)
    assert (shot.image.width(), shot.image.height()) == (400, 300)
    assert shot.scale == 400 / 640
    assert level(shot.image, 200, 150) == 200
    dimmed = [level(shot.image, x, y) for x, y in ((5, 5), (395, 150), (200, 295), (137, 112))]
    assert dimmed == [round(200 * DIM)] * 4


@pytest.mark.parametrize("region", [(0, 0, 640, 480), (-50, -50, 2000, 2000), (600, 400, 700, 500)])
def test_a_region_that_reaches_beyond_the_picture_dims_what_there_is(
    region: tuple[int, int, int, int],
) -> None:
    shot = live(frame(), ROOM, RECIPE.model_copy(update={"region": region}))
    assert shot.image.width() == 400


def test_the_same_part_with_noise_is_the_same_and_a_moved_one_is_not() -> None:
    dice = np.random.default_rng(7)
    bgr = np.full((480, 640, 3), 60, np.uint8)
    bgr[100:300, 200:400] = 200
    noisy = np.clip(bgr + dice.normal(0, 4, bgr.shape), 0, 255).astype(np.uint8)
    moved = np.roll(bgr, 24, axis=1)
    assert is_same(look_of(bgr), look_of(noisy))
    assert not is_same(look_of(bgr), look_of(moved))


def test_a_large_part_is_kept_smaller_with_its_marks_in_pixels_of_the_frame() -> None:
    large = np.zeros((1500, 3000, 3), np.uint8)
    part = kept(inspection(bgr=large), "a", (), ROOM)
    assert part.picture.shape[1] == KEPT_PX
    assert part.width == 3000
    assert part.thumb.width() == 80


def test_a_thumbnail_shows_the_defect_and_not_the_belt() -> None:
    bgr = np.zeros((480, 640, 3), np.uint8)
    bgr[400:440, 500:560] = 255
    found = Reading(detections=(Detection("open", 0.9, (500.0, 400.0, 560.0, 440.0)),))
    part = kept(inspection(bgr=bgr), "a", marks_of(found, RECIPE), ROOM)
    middle = level(part.thumb, part.thumb.width() // 2, part.thumb.height() // 2)
    assert (middle, level(part.thumb, 2, 2)) == (255, 0)
    assert (part.thumb.width(), part.thumb.height()) == ROOM.thumb


@pytest.mark.parametrize("at", [(0, 0), (600, 440), (300, 200)])
def test_what_is_looked_at_never_leaves_the_frame(at: tuple[int, int]) -> None:
    x, y = at
    found = Reading(detections=(Detection("open", 0.9, (x, y, x + 40, y + 40)),))
    shares = around(marks_of(found, RECIPE), (640, 480), (300, 400), 0.3)
    assert min(shares) >= 0
    assert max(shares) <= 1 + 1e-9
    assert shares[0] * 640 <= x + 1e-6
    assert shares[3] * 480 >= y + 40 - 1e-6


def test_marks_follow_the_limits_of_the_recipe_with_the_gravest_on_top() -> None:
    found = [
        Detection("open", 0.9, (0, 0, 9, 9)),
        Detection("short", 0.3, (9, 9, 20, 20)),
        Detection("spur", 0.9, (0, 0, 9, 9)),
        Detection("copper", 0.1, (0, 0, 9, 9)),
    ]
    marks = marks_of(Reading(detections=tuple(found)), RECIPE)
    assert [(str(mark.title), mark.is_ng) for mark in marks] == [
        ("short circuit", False),
        ("open circuit", True),
    ]


def test_of_labels_that_would_cover_each_other_only_the_gravest_is_written(
    qapp: QApplication,
) -> None:
    theme = load_theme("light")
    box = (100.0, 100.0, 120.0, 120.0)
    near = Reading(detections=(Detection("open", 0.9, box), Detection("short", 0.3, box)))
    image = QImage(300, 200, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    room = QRectF(0, 0, 300, 200)
    MarkBrush(theme, QFont()).draw(painter, marks_of(near, RECIPE), QPointF(), 1.0, room)
    painter.end()
    grounds = {image.pixelColor(x, 85).name() for x in range(300)}
    assert theme.colour("mark_ng").name() in grounds
    assert theme.colour("mark_review").name() not in grounds


def test_both_parts_are_shown_at_the_place_of_the_defects(qapp: QApplication) -> None:
    bgr = np.zeros((480, 640, 3), np.uint8)
    bgr[400:440, 500:560] = 255
    box = (500.0, 400.0, 560.0, 440.0)
    marks = marks_of(Reading(detections=(Detection("open", 0.9, box),)), RECIPE)
    ng = kept(inspection(bgr=bgr), "a", marks, ROOM)
    good = kept(inspection(Decision.OK), "b", (), ROOM)
    left, right = beside(ng, good, (300, 400), 1.0)
    assert left.image is not None
    assert right.image is not None
    assert left.image.size() == right.image.size()
    x1, y1, x2, y2 = (round(edge * left.scale) for edge in left.marks[0].box)
    assert level(left.image, (x1 + x2) // 2, (y1 + y2) // 2) == 255
    assert level(left.image, max(0, x1 - 8), (y1 + y2) // 2) == 0
    assert left.scale > 300 / 640


def test_without_a_good_part_the_comparison_says_so(qapp: QApplication) -> None:
    _, right = beside(kept(inspection(), "a", (), ROOM), None, (300, 200), 1.0)
    assert right.image is None
    assert right.words


def test_a_bound_is_claimed_only_where_it_holds() -> None:
    bound = Bound.model_validate(
        {
            "escapes": 0.005,
            "confidence": 0.95,
            "ng_parts": 598,
            "escaped": 0,
            "ok_parts": 500,
            "false_alarms": 1,
            "reviewed": 2,
            "models": ("ab",),
            "at": datetime(2026, 1, 1, tzinfo=UTC),
        }
    )
    proven = RECIPE.model_copy(update={"bound": bound})
    assert bound_words(proven, bound, has_run=True) == "bound: escapes < 0.50% (95%)"
    assert bound_words(proven, None, has_run=False) == "bound: known with the first part"
    assert bound_words(proven, None, has_run=True) == "no bound for this model: calibrate"
    assert bound_words(RECIPE, None, has_run=True) == "no bound: calibrate"


@pytest.mark.parametrize("state", list(LineState))
def test_no_state_of_the_line_looks_like_a_verdict(state: LineState) -> None:
    face = state_face(state, (), None)
    assert face.tone == "verdict_held"
    assert not face.icon.startswith("verdict")
    assert face.word


def test_the_word_of_the_inspector_goes_before_the_verdict_and_says_what_it_was() -> None:
    reasons = (Reason("defect", message("open circuit")),)
    face = verdict_face(Verdict(Decision.NG, reasons), Decision.OK)
    assert (face.word, face.tone) == ("OK", "verdict_ok")
    assert face.lines == ("open circuit",)
    assert "NG" in face.badge
