"""Labelled pictures are read, split by group, and cut into crops whose boxes stay right."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import AppError
from app.toolchain.detector import _crops
from app.toolchain.detector.samples import DEEPPCB_LABELS, Sample, read_folder
from toolchain.detector_boards import SIDE, write_coco, write_deeppcb


@pytest.fixture(scope="module")
def boards(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_deeppcb(tmp_path_factory.mktemp("boards"))


def test_a_deeppcb_folder_gives_tested_board_template_and_boxes(boards: Path) -> None:
    data = read_folder(boards)
    first = data.samples[0]
    assert data.labels == DEEPPCB_LABELS
    assert first.path.name == "000_test.jpg"
    assert first.template is not None
    assert first.labels.tolist() == [0, 1]
    assert (first.boxes[:, 2:] - first.boxes[:, :2]).tolist() == [[20, 20], [20, 20]]


def test_a_coco_folder_gives_labels_in_the_order_of_their_ids(tmp_path: Path) -> None:
    data = read_folder(write_coco(tmp_path))
    assert data.labels == ("dent", "scratch")
    assert data.samples[0].labels.tolist() == [1, 1]
    assert data.samples[0].group == "lot1"
    assert data.samples[0].picture("bgr").shape == (SIDE, SIDE, 3)


def test_held_out_groups_are_never_learnt_from(boards: Path) -> None:
    learnt, held_out = read_folder(boards).split(["groupB"])
    assert {sample.group for sample in learnt} == {"groupA"}
    assert {sample.group for sample in held_out} == {"groupB"}


def test_a_misspelt_group_is_told_with_the_known_ones(boards: Path) -> None:
    with pytest.raises(AppError, match="groupA, groupB"):
        read_folder(boards).split(["groupC"])


def test_a_folder_without_a_list_is_told(tmp_path: Path) -> None:
    with pytest.raises(AppError, match=r"trainval\.txt"):
        read_folder(tmp_path)


@pytest.mark.parametrize("damage", ["1 2 3\n", "1 2 3 4 9\n", "a b c d e\n"])
def test_a_damaged_annotation_is_told(tmp_path: Path, damage: str) -> None:
    write_deeppcb(tmp_path)
    (tmp_path / "groupA" / "p_not" / "001.txt").write_text(damage, encoding="utf-8")
    with pytest.raises(AppError, match="is wrong"):
        read_folder(tmp_path)


def test_a_picture_that_is_gone_is_told_by_name(boards: Path) -> None:
    sample = Sample(boards / "gone.jpg", np.zeros((0, 4), np.float32), np.zeros(0, int), "g")
    with pytest.raises(AppError, match=r"gone\.jpg"):
        sample.picture("grey")


@given(seed=st.integers(0, 10_000), size=st.sampled_from([64, 96, 160]))
def test_boxes_of_a_crop_stay_around_what_they_mark(boards: Path, seed: int, size: int) -> None:
    data = read_folder(boards)
    sample = data.samples[seed % len(data.samples)]
    crop = _crops.cut(sample, size, "grey", np.random.default_rng(seed))
    assert crop.picture.shape == (size, size)
    assert len(crop.boxes) == len(crop.labels)
    for x1, y1, x2, y2 in crop.boxes[crop.labels == 0].round().astype(int):
        assert 0 <= x1 < x2 <= size
        assert 0 <= y1 < y2 <= size
        inside = crop.picture[y1 + 2 : y2 - 2, x1 + 2 : x2 - 2]
        assert inside.size == 0 or inside.mean() > 200 or (crop.labels == 1).any()


def test_a_mended_defect_is_neither_seen_nor_marked(boards: Path) -> None:
    sample = read_folder(boards).samples[0]
    dice = np.random.default_rng(3)
    counts = {len(_crops.cut(sample, 192, "grey", dice).boxes) for _ in range(40)}
    assert min(counts) < 2
    assert max(counts) == 2


def test_the_same_seed_gives_the_same_crops(boards: Path) -> None:
    samples = read_folder(boards).samples
    one, two = (_crops.cut_batch(samples, 4, 96, "bgr", np.random.default_rng(5)) for _ in range(2))
    for left, right in zip(one, two, strict=True):
        assert (left.picture == right.picture).all()
        assert (left.boxes == right.boxes).all()
