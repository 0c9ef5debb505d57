"""Labelled pictures are read, split by group, and cut into crops whose boxes stay right."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import AppError
from app.toolchain.detector import _crops
from app.toolchain.detector.samples import DEEPPCB_LABELS, Sample, read_folder, read_picture
from toolchain.detector_boards import HELD_OUT, LEARNT, SIDE, coco, deeppcb


def _dice(seed: int) -> np.random.Generator:
    return np.random.default_rng(seed)


@pytest.fixture(scope="module")
def boards(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return deeppcb(tmp_path_factory.mktemp("boards"))


def test_a_deeppcb_folder_gives_tested_board_template_and_boxes(boards: Path) -> None:
    data = read_folder(boards)
    first = data.samples[0]
    assert data.labels == DEEPPCB_LABELS
    assert first.path.name == "00000000_test.jpg"
    assert first.template is not None
    assert len(first.boxes) == len(first.labels) >= 3
    differs = first.picture("grey").astype(int) - read_picture(first.template, "grey")
    for x1, y1, x2, y2 in first.boxes.astype(int):
        assert np.abs(differs[y1:y2, x1:x2]).max() > 200


def test_a_coco_folder_gives_labels_in_the_order_of_their_ids(tmp_path: Path) -> None:
    listing = coco(tmp_path) / "annotations.json"
    content = json.loads(listing.read_text(encoding="utf-8"))
    for each in content["categories"]:
        each["id"] = 40 - 3 * each["id"]
    for each in content["annotations"]:
        each["category_id"] = 40 - 3 * each["category_id"]
    listing.write_text(json.dumps(content), encoding="utf-8")
    before, after = read_folder(deeppcb(tmp_path / "deeppcb")), read_folder(tmp_path)
    assert after.labels == before.labels[::-1]
    first = after.samples[0]
    assert first.labels.tolist() == (5 - before.samples[0].labels).tolist()
    assert first.group == LEARNT
    assert first.picture("bgr").shape == (SIDE, SIDE, 3)


def test_held_out_groups_are_never_learnt_from(boards: Path) -> None:
    learnt, held_out = read_folder(boards).split([HELD_OUT])
    assert {sample.group for sample in learnt} == {LEARNT}
    assert {sample.group for sample in held_out} == {HELD_OUT}


def test_the_last_pictures_of_every_group_can_be_held_out(boards: Path) -> None:
    data = read_folder(boards)
    learnt, held_out = data.split([f"{LEARNT}:0.5", f"{HELD_OUT}:0.5"])
    assert len(learnt) + len(held_out) == len(data.samples)
    for group in (LEARNT, HELD_OUT):
        first = [sample.path for sample in learnt if sample.group == group]
        last = [sample.path for sample in held_out if sample.group == group]
        assert first
        assert last
        assert max(first) < min(last)


@pytest.mark.parametrize("share", ["", "half", "1.5", "nan", "-0.1"])
def test_what_is_no_share_of_a_group_is_told(boards: Path, share: str) -> None:
    with pytest.raises(AppError, match="no share"):
        read_folder(boards).split([f"{HELD_OUT}:{share}"])


def test_a_misspelt_group_is_told_with_the_known_ones(boards: Path) -> None:
    with pytest.raises(AppError, match=f"{LEARNT}, {HELD_OUT}"):
        read_folder(boards).split(["design9"])


def test_a_folder_without_a_list_is_told(tmp_path: Path) -> None:
    with pytest.raises(AppError, match=r"trainval\.txt"):
        read_folder(tmp_path)


@pytest.mark.parametrize("damage", ["1 2 3\n", "1 2 3 4 9\n", "a b c d e\n"])
def test_a_damaged_annotation_is_told(boards: Path, tmp_path: Path, damage: str) -> None:
    damaged = shutil.copytree(boards, tmp_path / "damaged")
    next(damaged.glob("*/boards_not/*.txt")).write_text(damage, encoding="utf-8")
    with pytest.raises(AppError, match="is wrong"):
        read_folder(damaged)


def test_a_picture_that_is_gone_is_told_by_name(boards: Path) -> None:
    sample = Sample(boards / "gone.jpg", np.zeros((0, 4), np.float32), np.zeros(0, int), "g")
    with pytest.raises(AppError, match=r"gone\.jpg"):
        sample.picture("grey")


@given(seed=st.integers(0, 10_000), size=st.sampled_from([64, 96, 160]))
def test_boxes_of_a_crop_stay_around_what_they_mark(boards: Path, seed: int, size: int) -> None:
    data = read_folder(boards)
    crop = _crops.cut(data.samples[seed % len(data.samples)], size, "grey", _dice(seed))
    assert crop.picture.shape == (size, size)
    assert len(crop.boxes) == len(crop.labels)
    islands = crop.boxes[crop.labels == DEEPPCB_LABELS.index("copper")]
    for x1, y1, x2, y2 in islands.round().astype(int):
        assert 0 <= x1 < x2 <= size
        assert 0 <= y1 < y2 <= size
        if min(x1, y1) > 0 and max(x2, y2) < size:
            inside = crop.picture[y1:y2, x1:x2]
            assert inside.min() < 100
            assert np.median(inside[[1, -2]]) > 200


def test_a_mended_defect_is_neither_seen_nor_marked(boards: Path) -> None:
    sample = read_folder(boards).samples[0]
    assert sample.template is not None
    clean, dice = sample.picture("grey"), _dice(3)
    mended = read_picture(sample.template, "grey")
    whole, counts = len(sample.boxes), set()
    for _ in range(40):
        picture, kept = _crops._mend(clean, sample.boxes, mended, dice)
        counts.add(int(kept.sum()))
        for x1, y1, x2, y2 in sample.boxes[~kept].astype(int):
            assert (picture[y1:y2, x1:x2] == mended[y1:y2, x1:x2]).all()
    assert min(counts) < whole
    assert max(counts) == whole


def test_the_same_seed_gives_the_same_crops(boards: Path) -> None:
    samples = read_folder(boards).samples
    one, two = (_crops.cut_batch(samples, 4, 96, "bgr", _dice(5)) for _ in range(2))
    for left, right in zip(one, two, strict=True):
        assert (left.picture == right.picture).all()
        assert (left.boxes == right.boxes).all()


def test_in_the_negative_of_a_crop_every_defect_is_its_opposite(boards: Path) -> None:
    sample = read_folder(boards).samples[0]
    crop = _crops.cut(sample, 192, "grey", np.random.default_rng(3))
    opposite = np.array([1, 0, 3, 2, 5, 4])
    turned = _crops.invert([crop] * 40, opposite, np.random.default_rng(3))
    negatives = [each for each in turned if each is not crop]
    assert 0 < len(negatives) < 40
    for each in negatives:
        assert (each.picture == 255 - crop.picture).all()
        assert (each.boxes == crop.boxes).all()
        assert (each.labels == opposite[crop.labels]).all()
