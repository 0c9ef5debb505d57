"""Figures are what DeepPCB's and COCO's authors would count."""

from __future__ import annotations

import numpy as np
import pytest

from app.reader._boxes import Found
from app.toolchain.detector.metrics import (
    Seen,
    average_precisions,
    coco_average,
    confusion,
    curve,
)

BOXES = np.array([[0, 0, 20, 20], [40, 40, 60, 60]], np.float32)


def found(*rows: tuple[float, float, float, float, float, int]) -> Found:
    table = np.array(rows, np.float32).reshape(-1, 6)
    return Found(table[:, :4], table[:, 4], table[:, 5].astype(int))


def seen(*rows: tuple[float, float, float, float, float, int]) -> Seen:
    return Seen(found(*rows), BOXES, np.array([0, 1]))


def test_finding_everything_is_a_hundred_percent() -> None:
    perfect = seen((0, 0, 20, 20, 0.9, 0), (40, 40, 60, 60, 0.8, 1))
    assert average_precisions([perfect], 2) == [1, 1]
    assert coco_average([perfect], 0) == pytest.approx(1)


def test_finding_nothing_is_zero() -> None:
    assert average_precisions([seen()], 2) == [0, 0]
    assert coco_average([seen()], 0) == 0


def test_a_second_box_on_one_defect_is_false() -> None:
    twice = seen((0, 0, 20, 20, 0.9, 0), (1, 0, 21, 20, 0.8, 0))
    assert curve([twice], 0, 0.33).precision.tolist() == [1, 0.5]


def test_a_false_alarm_above_the_hit_halves_the_precision() -> None:
    alarm = seen((60, 0, 80, 20, 0.9, 0), (0, 0, 20, 20, 0.8, 0))
    assert average_precisions([alarm], 1) == [0.5]


def test_a_false_alarm_below_the_last_hit_costs_nothing() -> None:
    alarm = seen((0, 0, 20, 20, 0.9, 0), (60, 0, 80, 20, 0.8, 0))
    assert average_precisions([alarm], 1) == [1]


def test_half_an_overlap_counts_for_deeppcb_and_not_for_a_strict_judge() -> None:
    shifted = seen((8, 0, 28, 20, 0.9, 0))
    assert curve([shifted], 0, 0.33).recall.tolist() == [1]
    assert curve([shifted], 0, 0.5).recall.tolist() == [0]


def test_the_wrong_label_is_told_apart_from_a_miss_and_from_a_false_alarm() -> None:
    mixed = seen((0, 0, 20, 20, 0.9, 1), (80, 80, 90, 90, 0.9, 0), (40, 40, 60, 60, 0.1, 1))
    assert confusion([mixed], 2, threshold=0.5).tolist() == [[0, 1, 0], [0, 0, 1], [1, 0, 0]]


def test_a_class_that_no_picture_shows_has_no_curve() -> None:
    assert len(curve([seen()], 5, 0.33).scores) == 0
