"""What a known network answers is found on the part: in place, whole, once, inside the region."""

from __future__ import annotations

import shutil
from pathlib import Path

import cv2
import numpy as np
import pytest

from app.errors import EngineError, KindError, ReadingError
from app.reader._light import light_of
from app.reader.part import PartReader, open_part_reader
from app.recipes import Limits, Recipe, Tiling
from app.vocabulary import Bgr, Frame, Reading
from reader.coded_network import (
    BINS,
    SIDE,
    around,
    black,
    draw,
    part_reader,
    write_pack,
)

TILES = Tiling(overlap=40)
WIDE = 216
"""Two tiles of 128 with an overlap of 40; the second begins at 88."""


@pytest.fixture(scope="module", name="shelf")
def shelf_with_pack(tmp_path_factory: pytest.TempPathFactory) -> Path:
    shelf = tmp_path_factory.mktemp("models")
    write_pack(shelf)
    return shelf


def recipe(**said: object) -> Recipe:
    return Recipe.model_validate({"pack": "coded", "tiling": TILES, **said})


def read(reader: PartReader, bgr: Bgr) -> Reading:
    with reader:
        (reading,) = reader.read(Frame(bgr, 1, 0.0, "given"))
    return reading


def boxes_of(reading: Reading) -> list[tuple[float, ...]]:
    return [tuple(round(edge, 2) for edge in each.box) for each in reading.detections]


def test_a_defect_stands_where_the_network_says(shelf: Path) -> None:
    picture = black(SIDE, SIDE)
    draw(picture, (5, 7), (28, 44, 60, 84), label="short")
    (defect,) = read(part_reader(shelf, recipe()), picture).detections
    assert defect.label == "short"
    assert defect.box == pytest.approx((28, 44, 60, 84), abs=0.01)
    assert defect.score > 0.99


def test_a_defect_longer_than_the_overlap_is_reported_once_and_whole(shelf: Path) -> None:
    picture, scratch = black(WIDE, SIDE), (36, 52, 180, 68)
    draw(picture, (8, 7), scratch)
    draw(picture, (18, 7), scratch)
    assert boxes_of(read(part_reader(shelf, recipe()), picture)) == [scratch]


def test_a_defect_in_two_tiles_is_reported_once(shelf: Path) -> None:
    picture = black(WIDE, SIDE)
    draw(picture, (13, 7), around((13, 7)))
    assert boxes_of(read(part_reader(shelf, recipe()), picture)) == [around((13, 7))]


def test_tiles_run_side_by_side_find_the_same(shelf: Path) -> None:
    picture = black(WIDE, WIDE)
    for cell in ((3, 3), (13, 13), (24, 2), (20, 24)):
        draw(picture, cell, around(cell))
    one = read(part_reader(shelf, recipe()), picture)
    both = read(part_reader(shelf, recipe(), threads=2), picture)
    assert len(one.detections) == 4
    assert one.detections == both.detections


def test_a_large_picture_is_shrunk_where_the_recipe_says_so(shelf: Path) -> None:
    picture = black(2 * SIDE, 2 * SIDE)
    small = black(SIDE, SIDE)
    draw(small, (5, 7), (28, 44, 60, 84))
    picture[:] = small.repeat(2, axis=0).repeat(2, axis=1)
    seen = read(part_reader(shelf, recipe(tiling=Tiling(mode="shrink"))), picture)
    assert boxes_of(seen) == [(56, 88, 120, 168)]


def test_boxes_lie_on_the_frame_and_not_on_the_region(shelf: Path) -> None:
    picture = black(300, 200)
    picture[16:144, 100:228] = board = black(SIDE, SIDE)
    draw(board, (5, 7), (28, 44, 60, 84))
    picture[16:144, 100:228] = board
    reading = read(part_reader(shelf, recipe(region=(100, 16, 228, 144))), picture)
    assert boxes_of(reading) == [(128, 60, 160, 100)]
    assert reading.region == (100, 16, 228, 144)


def test_without_a_region_the_whole_picture_is_looked_at(shelf: Path) -> None:
    assert read(part_reader(shelf, recipe()), black(70, 50)).region == (0, 0, 70, 50)


@pytest.mark.parametrize("region", [(0, 0, 129, 128), (0, 0, 128, 129), (4000, 0, 5000, 10)])
def test_a_region_outside_the_picture_is_told(shelf: Path, region: tuple[int, ...]) -> None:
    with pytest.raises(ReadingError, match=r"lies outside the picture of 128 × 128"):
        read(part_reader(shelf, recipe(region=region)), black(SIDE, SIDE))


def test_a_defect_counts_unless_its_middle_lies_in_a_mask(shelf: Path) -> None:
    picture = black(SIDE, SIDE)
    draw(picture, (3, 3), around((3, 3)))
    draw(picture, (9, 9), around((9, 9)))
    middle_of_one, beside_the_other = (28, 28, 29, 29), (77, 64, 128, 128)
    masks = (middle_of_one, beside_the_other)
    assert boxes_of(read(part_reader(shelf, recipe(masks=masks)), picture)) == [around((9, 9))]


def test_each_kind_is_reported_from_its_own_doubt_on_and_from_the_floor_where_asked(
    shelf: Path,
) -> None:
    picture = black(SIDE, SIDE)
    even = 128
    """Half of the way from −10 to 10: a score of a half."""
    draw(picture, (3, 3), around((3, 3)), "open", even)
    draw(picture, (9, 9), around((9, 9)), "short", even)
    asked = recipe(defects={"open": Limits(score=0.9, review=0.8)})
    assert [d.label for d in read(part_reader(shelf, asked), picture).detections] == ["short"]
    with_floor = read(part_reader(shelf, asked, floor=0.1), picture)
    assert {d.label for d in with_floor.detections} == {"open", "short"}


@pytest.mark.parametrize(("channels", "first"), [("bgr", 0), ("rgb", 2)])
@pytest.mark.parametrize("mode", ["tiles", "shrink"])
def test_a_detector_of_colours_sees_them_in_its_own_order(
    tmp_path: Path, channels: str, first: int, mode: str
) -> None:
    write_pack(tmp_path, channels=channels)
    small = black(SIDE, SIDE)
    draw(small, (5, 7), (28, 44, 60, 84))
    picture = np.ascontiguousarray(small if mode == "tiles" else small.repeat(2, 0).repeat(2, 1))
    for colour in range(3):
        tinted = np.zeros_like(picture)
        tinted[:, :, colour] = picture[:, :, colour]
        reading = read(
            part_reader(tmp_path, recipe(tiling=Tiling.model_validate({"mode": mode}))), tinted
        )
        assert len(reading.detections) == (colour == first)
        grey = np.asarray(cv2.cvtColor(tinted, cv2.COLOR_BGR2GRAY), np.uint8)
        assert reading.light == light_of(grey)


@pytest.mark.parametrize(("width", "height"), [(1, 1), (1, 500), (500, 1), (7, 3)])
def test_a_tiny_picture_is_looked_at_like_any_other(shelf: Path, width: int, height: int) -> None:
    reading = read(part_reader(shelf, recipe()), black(width, height))
    assert reading.detections == ()
    assert reading.light is not None


def test_a_huge_picture_is_looked_at_to_its_last_corner(shelf: Path) -> None:
    picture = black(8000, 6000)
    draw(picture, (999, 749), around((999, 749)))
    asked = recipe(tiling=Tiling(overlap=0))
    (defect,) = read(part_reader(shelf, asked, threads=2), picture).detections
    assert defect.box == pytest.approx((7988, 5988, 8000, 6000), abs=0.01)


def test_the_runs_of_the_model_are_timed_apart(shelf: Path) -> None:
    with part_reader(shelf, recipe(), threads=2) as reader:
        reader.read(Frame(black(WIDE, WIDE), 1, 0.0, "given"))
        assert set(reader.timings_ms) == {"prepare", "model", "merge"}
        assert all(ms >= 0 for ms in reader.timings_ms.values())


def test_a_pack_that_was_altered_is_refused(shelf: Path, tmp_path: Path) -> None:
    shutil.copytree(shelf / "coded", tmp_path / "coded")
    weights = tmp_path / "coded" / "model.onnx"
    weights.write_bytes(weights.read_bytes()[:-1] + b"\xff")
    with pytest.raises(EngineError, match="altered"):
        part_reader(tmp_path, recipe())


def test_an_answer_that_the_manifest_does_not_describe_is_no_empty_part(
    shelf: Path, tmp_path: Path
) -> None:
    shutil.copytree(shelf / "coded", tmp_path / "coded")
    manifest = tmp_path / "coded" / "manifest.toml"
    text = manifest.read_text(encoding="utf-8")
    manifest.write_text(text.replace(f"bins = {BINS}", f"bins = {BINS - 1}"), encoding="utf-8")
    with pytest.raises(EngineError, match="no answer"):
        read(part_reader(tmp_path, recipe()), black(SIDE, SIDE))


def test_an_answer_that_is_no_number_is_no_empty_part(tmp_path: Path) -> None:
    write_pack(tmp_path, normalisation="mean = [0.0]\nstd = [0.0]")
    with np.errstate(all="ignore"), pytest.raises(EngineError, match="no answer"):
        read(part_reader(tmp_path, recipe()), black(SIDE, SIDE))


def test_a_pack_of_another_task_is_refused() -> None:
    with pytest.raises(EngineError, match="no detector"):
        open_part_reader(Recipe(pack="ppocrv6-det-small"))


def test_a_pack_or_engine_that_is_not_there_is_told_with_the_nearest() -> None:
    with pytest.raises(EngineError, match="pcb-defects"):
        open_part_reader(Recipe(pack="pcb-defect"))
    with pytest.raises(KindError):
        open_part_reader(Recipe(pack="pcb-defects"), "gpu")


def test_the_pack_of_the_product_reads_a_board() -> None:
    with open_part_reader(Recipe(pack="pcb-defects"), threads=1) as reader:
        (reading,) = reader.read(Frame(black(640, 640), 1, 0.0, "given"))
        assert set(reader.labels) == {"open", "short", "mousebite", "spur", "copper", "pin-hole"}
        assert reader.mark.models[0][0] == "pcb-defects"
    assert reading.light is not None
