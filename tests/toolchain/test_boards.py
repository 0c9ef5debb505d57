"""Invented boards: what the truth says of a defect is what the copper shows."""

from __future__ import annotations

import argparse
import json
from itertools import combinations
from pathlib import Path

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from app.errors import AppError
from app.paths import resources
from app.toolchain.boards import LABELS, Board, make_board
from app.toolchain.boards._defects import MARGIN
from app.toolchain.boards._writing import (
    LEAST_SIDE,
    Lot,
    add_arguments,
    run,
    write_coco,
    write_deeppcb,
)
from app.toolchain.boards.samples import DESIGN, PARTS
from app.toolchain.detector.samples import read_folder, read_picture
from app.vocabulary import Box

SAMPLES = resources() / "samples" / "boards"
SIDE = 256
PIECES = {"open": 1, "short": -1, "mousebite": 0, "spur": 0, "copper": 1, "pin-hole": 0}
"""How many more pieces of copper there are on the whole board."""


def pieces(copper: NDArray[np.bool_]) -> int:
    return int(cv2.connectedComponents(copper.astype(np.uint8), connectivity=4)[0])


def meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def outside(board: Board) -> NDArray[np.bool_]:
    """Return what changed outside every box."""
    changed: NDArray[np.bool_] = board.picture != board.clean
    for x1, y1, x2, y2 in board.boxes:
        changed[int(y1) : int(y2), int(x1) : int(x2)] = False
    return changed


@pytest.mark.parametrize("label", LABELS)
@pytest.mark.parametrize("seed", [3, 4])
def test_a_defect_is_what_its_name_says(label: str, seed: int) -> None:
    board = make_board(seed, [label], side=SIDE)
    before, after = board.clean == 0, board.picture == 0
    assert board.labels == (label,)
    assert pieces(after) - pieces(before) == PIECES[label]
    adds_copper = label in ("short", "spur", "copper")
    assert (after & ~before).any() == adds_copper
    assert (before & ~after).any() == (not adds_copper)


@settings(max_examples=8, deadline=None)
@given(seed=st.integers(0, 500))
def test_every_change_lies_in_one_box_and_every_box_marks_a_change(seed: int) -> None:
    board = make_board(seed, side=SIDE)
    assert not outside(board).any()
    assert not any(meet(one, other) for one, other in combinations(board.boxes, 2))
    for x1, y1, x2, y2 in board.boxes:
        assert 0 <= x1 < x2 <= SIDE
        assert 0 <= y1 < y2 <= SIDE
        rows, columns = slice(int(y1), int(y2)), slice(int(x1), int(x2))
        changed = (board.picture != board.clean)[rows, columns]
        left, top, width, height = cv2.boundingRect(changed.astype(np.uint8))
        # A box ends where the board does.
        assert left == (min(MARGIN, left) if x1 == 0 else MARGIN)
        assert top == (min(MARGIN, top) if y1 == 0 else MARGIN)
        assert x2 == SIDE or x2 - x1 == left + width + MARGIN
        assert y2 == SIDE or y2 - y1 == top + height + MARGIN


def test_a_board_is_black_and_white_and_neither_empty_nor_full() -> None:
    board = make_board(1)
    assert board.picture.shape == (640, 640)
    assert set(np.unique(board.picture)) == {0, 255}
    assert 0.03 < (board.picture == 0).mean() < 0.8


def test_the_same_seed_gives_the_same_board() -> None:
    one, two = (make_board(5, side=SIDE) for _ in range(2))
    assert (one.picture == two.picture).all()
    assert (one.boxes, one.labels) == (two.boxes, two.labels)
    assert (make_board(6, side=SIDE).clean != one.clean).mean() > 0.05


def test_parts_of_one_design_differ_by_their_edges_only() -> None:
    one, two = (make_board(5, (), part=part, side=SIDE) for part in (0, 1))
    assert (one.picture == one.clean).all()
    assert 0 < (one.clean != two.clean).mean() < 0.03


def test_an_unknown_defect_and_too_small_a_board_are_told() -> None:
    with pytest.raises(ValueError, match="scratch"):
        make_board(1, ["scratch"])
    with pytest.raises(ValueError, match="room for short"):
        make_board(1, ["short"] * 60, side=LEAST_SIDE)
    with pytest.raises(ValueError, match="too few"):
        make_board(1, side=56)


def test_a_written_lot_is_read_as_it_was_drawn_in_either_form(tmp_path: Path) -> None:
    lot = Lot(count=4, seed=2, parts=2, good_share=0.5, side=SIDE)
    told: list[None] = []
    deeppcb = read_folder(write_deeppcb(tmp_path / "deeppcb", lot, lambda: told.append(None)))
    coco = read_folder(write_coco(tmp_path / "coco", lot))
    assert len(told) == lot.count
    assert deeppcb.labels == coco.labels == LABELS
    for one, other in zip(deeppcb.samples, coco.samples, strict=True):
        assert one.group == other.group
        assert one.boxes.tolist() == other.boxes.tolist()
        assert one.labels.tolist() == other.labels.tolist()
        assert np.abs(one.picture("grey").astype(int) - other.picture("grey")).mean() < 3
    assert [sample.group for sample in coco.samples] == ["design00002"] * 2 + ["design00003"] * 2
    for folder in ("deeppcb", "coco"):
        truths = json.loads((tmp_path / folder / "truth.json").read_text("utf-8"))
        assert [truth["verdict"] for truth in truths] == ["NG", "OK"] * 2
        assert all((tmp_path / folder / truth["file"]).is_file() for truth in truths)


@pytest.mark.parametrize(
    "wrong", ["--count 0", "--count x", "--good-share 1.5", "--side 40", "--seed -1"]
)
def test_a_lot_that_cannot_be_is_refused_before_anything_is_written(
    wrong: str, tmp_path: Path
) -> None:
    parser = argparse.ArgumentParser()
    add_arguments(parser)
    with pytest.raises(SystemExit) as told:
        parser.parse_args([str(tmp_path / "out"), *wrong.split()])
    assert told.value.code == 2


def test_the_bundled_boards_are_half_good_show_every_defect_and_are_small() -> None:
    truths = json.loads((SAMPLES / "truth.json").read_text("utf-8"))
    files = sorted(path.name for path in SAMPLES.glob("*.png"))
    assert [truth["file"] for truth in truths] == files
    assert [truth["verdict"] for truth in truths].count("OK") == len(truths) / 2
    assert {each["label"] for truth in truths for each in truth["defects"]} == set(LABELS)
    assert sum(path.stat().st_size for path in SAMPLES.iterdir()) < 1_000_000


def test_a_bundled_board_is_what_the_generator_draws() -> None:
    drawn = make_board(DESIGN, PARTS[1], part=2).picture
    stored = cv2.imread(str(SAMPLES / "board-02.png"), cv2.IMREAD_GRAYSCALE)
    assert stored is not None
    assert (drawn == stored).all()


def test_defects_are_drawn_on_good_boards_that_are_not_held_out(tmp_path: Path) -> None:
    own = write_deeppcb(tmp_path / "own", Lot(4, parts=2, good_share=0, side=LEAST_SIDE))
    learnt, held_out = read_folder(own).split(["design00000:0.5", "design00001:0.5"])
    drawn = write_deeppcb(tmp_path / "drawn", Lot(6, on=learnt))
    samples = read_folder(drawn).samples
    assert len(samples) == 6
    good = [sample.template.read_bytes() for sample in held_out if sample.template]
    for sample in samples:
        assert sample.template is not None
        assert sample.template.read_bytes() not in good
        differs = cv2.absdiff(sample.picture("grey"), read_picture(sample.template, "grey"))
        for x1, y1, x2, y2 in sample.boxes.astype(int):
            assert differs[y1:y2, x1:x2].max() > 200


def test_a_folder_without_good_boards_cannot_be_drawn_on(tmp_path: Path) -> None:
    write_coco(tmp_path / "coco", Lot(1, side=LEAST_SIDE))
    parser = argparse.ArgumentParser()
    add_arguments(parser)
    args = parser.parse_args([str(tmp_path / "out"), "--on", str(tmp_path / "coco")])
    with pytest.raises(AppError, match="no good boards"):
        run(args)
