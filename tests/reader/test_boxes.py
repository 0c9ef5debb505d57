"""A detector's output becomes boxes on the frame."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.reader._boxes import CANDIDATES, Floats, Found, Grid, decode, iou, suppress, to_frame

GRID = Grid(labels=2, bins=5, stride=8, width=64, height=32)
PLACES = (64 // 8) * (32 // 8)


def output() -> Floats:
    """Return an output that sees nothing."""
    return np.full((2 + 4 * 5, PLACES), -12.0, np.float32)


def put(raw: Floats, label: int, row: int, column: int, sides: list[float], logit: float) -> None:
    """Write one box into an output; each side, in strides, splits between two steps."""
    place = row * 8 + column
    raw[label, place] = logit
    for side, length in enumerate(sides):
        spread = np.full(5, -40.0)
        lower = int(length)
        share = length - lower
        spread[lower] = np.log(1 - share) if share < 1 else -40.0
        if share:
            spread[lower + 1] = np.log(share)
        raw[2 + side * 5 : 2 + (side + 1) * 5, place] = spread


def found(*rows: tuple[float, float, float, float, float, int]) -> Found:
    table = np.array(rows, np.float32).reshape(-1, 6)
    return Found(table[:, :4], table[:, 4], table[:, 5].astype(int))


def test_a_box_stands_around_the_middle_of_its_cell() -> None:
    raw = output()
    put(raw, 1, row=2, column=3, sides=[1.0, 0.5, 2.25, 1.0], logit=2.0)
    seen = decode(raw, GRID, 0.5)
    assert seen.boxes == pytest.approx(np.array([[20.0, 16.0, 46.0, 28.0]]), abs=1e-3)
    assert seen.labels.tolist() == [1]
    assert seen.scores == pytest.approx([1 / (1 + np.exp(-2.0))])


def test_an_output_that_sees_nothing_gives_no_box() -> None:
    seen = suppress(decode(output(), GRID, 0.3), 0.5)
    assert len(seen) == 0
    assert to_frame(seen, 0.5, 128, 64).boxes.shape == (0, 4)


def test_a_box_never_leaves_the_picture() -> None:
    raw = output()
    put(raw, 0, row=0, column=0, sides=[4.0, 4.0, 4.0, 4.0], logit=3.0)
    assert decode(raw, GRID, 0.5).boxes.tolist() == [[0, 0, 36, 32]]


def test_the_most_probable_box_comes_first() -> None:
    raw = output()
    for column, logit in ((1, 1.0), (5, 3.0), (3, 2.0)):
        put(raw, 0, row=1, column=column, sides=[1.0] * 4, logit=logit)
    assert (np.diff(decode(raw, GRID, 0.5).scores) < 0).all()


def test_one_place_may_hold_two_labels() -> None:
    raw = output()
    put(raw, 0, row=1, column=1, sides=[1.0] * 4, logit=3.0)
    put(raw, 1, row=1, column=1, sides=[1.0] * 4, logit=2.0)
    assert suppress(decode(raw, GRID, 0.5), 0.5).labels.tolist() == [0, 1]


def test_the_weaker_of_two_boxes_of_one_label_goes() -> None:
    both = found((0, 0, 10, 10, 0.9, 0), (1, 0, 11, 10, 0.8, 0), (1, 0, 11, 10, 0.7, 1))
    assert suppress(both, 0.5).scores.tolist() == pytest.approx([0.9, 0.7])


def test_a_box_that_went_takes_no_other_with_it() -> None:
    chain = found((0, 0, 10, 10, 0.9, 0), (4, 0, 14, 10, 0.8, 0), (8, 0, 18, 10, 0.7, 0))
    assert suppress(chain, 0.4).scores.tolist() == pytest.approx([0.9, 0.7])


def test_boxes_go_back_to_the_pixels_of_a_frame_that_was_shrunk() -> None:
    seen = to_frame(found((10, 20, 30, 40, 0.9, 0)), 0.5, 70, 60)
    assert seen.boxes.tolist() == [[20, 40, 60, 60]]


def test_a_crowd_of_one_label_leaves_room_for_another() -> None:
    wide = Grid(labels=2, bins=5, stride=8, width=640, height=64)
    raw = np.full((2 + 4 * 5, 640), -12.0, np.float32)
    raw[0] = 4.0
    raw[1, 77] = 1.0
    seen = decode(raw, wide, 0.5)
    assert np.bincount(seen.labels).tolist() == [CANDIDATES, 1]
    assert (np.diff(seen.scores) <= 0).all()


coordinate = st.floats(0, 100, width=32)


@given(st.lists(st.tuples(coordinate, coordinate, coordinate, coordinate), max_size=6))
def test_overlap_is_symmetric_and_between_none_and_all(corners: list[tuple[float, ...]]) -> None:
    boxes = np.array(
        [[min(a, c), min(b, d), max(a, c) + 1, max(b, d) + 1] for a, b, c, d in corners],
        np.float32,
    ).reshape(-1, 4)
    ious = iou(boxes, boxes)
    assert np.allclose(ious, ious.T)
    assert np.allclose(np.diag(ious), 1)
    assert ((ious >= 0) & (ious <= 1 + 1e-6)).all()


row = st.tuples(
    st.integers(0, 30),
    st.integers(0, 30),
    st.integers(1, 20),
    st.integers(1, 20),
    st.integers(0, 1),
)


@given(st.lists(row, max_size=25), st.sampled_from([0.0, 0.3, 0.5, 0.9]))
def test_every_box_that_is_kept_overlaps_no_better_one_and_every_other_does(
    rows: list[tuple[int, ...]], overlap: float
) -> None:
    scores = np.linspace(0.9, 0.1, len(rows))
    table = [(x, y, x + w, y + h, s, n) for (x, y, w, h, n), s in zip(rows, scores, strict=True)]
    every = found(*table)
    kept = suppress(every, overlap)
    is_kept = np.isin(every.scores, kept.scores)
    rivals = (iou(every.boxes, every.boxes) > overlap) & (every.labels[:, None] == every.labels)
    for place in range(len(every)):
        better = [other for other in range(place) if is_kept[other] and rivals[place, other]]
        assert is_kept[place] == (not better)
