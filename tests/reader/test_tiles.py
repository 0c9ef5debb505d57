"""Tiles cover a picture, and what their seams cut is made whole."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from app.reader._boxes import Found
from app.reader._tiles import Tile, joined, tiles

LEFT, RIGHT = Tile(0, 0, 128, 128), Tile(88, 0, 216, 128)
UPPER, LOWER = Tile(0, 0, 128, 128), Tile(0, 88, 128, 216)
REACH = 16

Row = tuple[float, float, float, float, float, int]


def found(*rows: Row) -> Found:
    table = np.array(rows, np.float32).reshape(-1, 6)
    return Found(table[:, :4], table[:, 4], table[:, 5].astype(np.intp))


def in_tile(row: Row, tile: Tile) -> Row:
    x1, y1, x2, y2, score, label = row
    return x1 - tile.left, y1 - tile.top, x2 - tile.left, y2 - tile.top, score, label


def rows_of(seen: Found) -> list[tuple[float, ...]]:
    return [
        (*box, round(score, 4), label)
        for box, score, label in zip(
            seen.boxes.tolist(), seen.scores.tolist(), seen.labels.tolist(), strict=True
        )
    ]


lengths = st.integers(1, 4000)
sizes = st.sampled_from([64, 128, 640])


@given(lengths, lengths, sizes, st.integers(0, 48))
def test_every_pixel_lies_in_a_tile_of_the_input_and_none_outside(
    width: int, height: int, size: int, overlap: int
) -> None:
    cover = tiles(width, height, (size, size), overlap)
    columns = sorted({(tile.left, tile.right) for tile in cover})
    rows = sorted({(tile.top, tile.bottom) for tile in cover})
    assert len(cover) == len(set(cover)) == len(columns) * len(rows)
    for ranges, length in ((columns, width), (rows, height)):
        assert ranges[0][0] == 0
        assert ranges[-1][1] == length
        assert all(end - start == min(size, length) for start, end in ranges)
        assert all(after[0] <= before[1] for before, after in pairwise(ranges))


@given(lengths, sizes, st.integers(1, 48), st.data())
def test_what_is_no_longer_than_the_overlap_lies_whole_in_one_tile(
    width: int, size: int, overlap: int, data: st.DataObject
) -> None:
    length = data.draw(st.integers(1, min(overlap, width)))
    start = data.draw(st.integers(0, width - length))
    cover = tiles(width, size, (size, size), overlap)
    assert any(tile.left <= start and start + length <= tile.right for tile in cover)


@given(lengths, sizes, st.integers(0, 48))
def test_there_is_no_tile_more_than_needed(width: int, size: int, overlap: int) -> None:
    count = len(tiles(width, size, (size, size), overlap))
    assert count == 1 or (count - 1) * (size - overlap) + overlap < width


def test_a_picture_no_larger_than_the_input_is_one_tile() -> None:
    assert tiles(128, 128, (128, 128), 64) == (Tile(0, 0, 128, 128),)
    assert tiles(1, 1, (128, 128), 64) == (Tile(0, 0, 1, 1),)


def test_an_overlap_as_large_as_the_input_still_moves_on() -> None:
    assert len(tiles(640, 128, (128, 128), 512)) == 17


def test_a_box_of_one_tile_goes_to_its_place_on_the_picture() -> None:
    seen = joined([found(), found((40, 50, 60, 70, 0.9, 1))], [LEFT, RIGHT], REACH)
    assert rows_of(seen) == [(128, 50, 148, 70, 0.9, 1)]


def test_tiles_without_any_box_give_none() -> None:
    assert joined([found(), found()], [LEFT, RIGHT], REACH).boxes.shape == (0, 4)


def test_two_pieces_longer_than_the_overlap_are_one_defect() -> None:
    left, right = (36, 40, 128, 60, 0.6, 0), in_tile((88, 42, 180, 61, 0.8, 0), RIGHT)
    seen = joined([found(left), found(right)], [LEFT, RIGHT], REACH)
    assert rows_of(seen) == [(36, 40, 180, 61, 0.8, 0)]


def test_two_pieces_one_above_the_other_are_one_defect() -> None:
    upper, lower = (40, 36, 60, 128, 0.6, 0), in_tile((40, 88, 60, 180, 0.8, 0), LOWER)
    seen = joined([found(upper), found(lower)], [UPPER, LOWER], REACH)
    assert rows_of(seen) == [(40, 36, 60, 180, 0.8, 0)]


def test_tiles_that_only_touch_join_their_pieces_too() -> None:
    apart = Tile(128, 0, 256, 128)
    left, right = (100, 40, 126, 60, 0.6, 0), in_tile((130, 42, 150, 58, 0.8, 0), apart)
    seen = joined([found(left), found(right)], [LEFT, apart], REACH)
    assert rows_of(seen) == [(100, 40, 150, 60, 0.8, 0)]


def test_a_piece_goes_into_the_box_that_shows_the_defect_whole() -> None:
    piece, whole = (112, 40, 128, 60, 0.9, 0), in_tile((112, 40, 140, 60, 0.5, 0), RIGHT)
    seen = joined([found(piece), found(whole)], [LEFT, RIGHT], REACH)
    assert rows_of(seen) == [(112, 40, 140, 60, 0.9, 0)]


def test_noise_at_a_seam_does_not_make_a_defect_larger() -> None:
    defect, noise = (100, 40, 128, 60, 0.9, 0), in_tile((90, 30, 150, 70, 0.1, 0), RIGHT)
    seen = joined([found(defect), found(noise)], [LEFT, RIGHT], REACH)
    assert rows_of(seen)[0] == (100, 40, 128, 60, 0.9, 0)


def test_a_faint_piece_of_what_is_surely_seen_whole_goes() -> None:
    piece, whole = (112, 40, 128, 60, 0.2, 0), in_tile((112, 40, 140, 60, 0.9, 0), RIGHT)
    seen = joined([found(piece), found(whole)], [LEFT, RIGHT], REACH)
    assert rows_of(seen) == [(112, 40, 140, 60, 0.9, 0)]


def test_a_piece_that_goes_takes_no_other_with_it() -> None:
    faint, sure = (100, 40, 128, 60, 0.3, 0), in_tile((90, 38, 140, 62, 0.9, 0), RIGHT)
    alike = in_tile((88, 44, 120, 58, 0.25, 0), RIGHT)
    seen = joined([found(faint), found(sure, alike)], [LEFT, RIGHT], REACH)
    assert [round(score, 2) for score in seen.scores.tolist()] == [0.9, 0.25]


def test_a_scratch_across_three_tiles_is_one() -> None:
    places = tiles(304, 128, (128, 128), 40)
    scratch = (20.0, 50.0, 290.0, 60.0)
    pieces = [
        found(in_tile((max(20, t.left), 50, min(290, t.right), 60, 0.7, 0), t)) for t in places
    ]
    seen = joined(pieces, places, REACH)
    assert len(places) == 3
    assert rows_of(seen) == [(*scratch, 0.7, 0)]


def test_a_defect_on_the_corner_of_four_tiles_is_one() -> None:
    places = tiles(216, 216, (128, 128), 40)
    pieces = [
        found(
            in_tile(
                (max(60, t.left), max(70, t.top), min(170, t.right), min(160, t.bottom), 1, 0), t
            )
        )
        for t in places
    ]
    assert len(places) == 4
    assert rows_of(joined(pieces, places, REACH)) == [(60, 70, 170, 160, 1, 0)]


def test_pieces_of_different_labels_stay_apart() -> None:
    left, right = (36, 40, 128, 60, 0.8, 0), in_tile((88, 40, 180, 60, 0.6, 1), RIGHT)
    seen = joined([found(left), found(right)], [LEFT, RIGHT], REACH)
    assert seen.labels.tolist() == [0, 1]


def test_neighbours_along_a_seam_stay_apart() -> None:
    left, right = (100, 10, 128, 30, 0.8, 0), in_tile((88, 60, 120, 80, 0.6, 0), RIGHT)
    seen = joined([found(left), found(right)], [LEFT, RIGHT], REACH)
    assert len(seen) == 2


def test_boxes_of_one_tile_are_never_joined() -> None:
    both = found((90, 40, 128, 60, 0.8, 0), (100, 40, 128, 60, 0.7, 0))
    assert len(joined([both, found()], [LEFT, RIGHT], REACH)) == 2


def test_the_edge_of_the_picture_is_no_seam() -> None:
    at_edge = found((0, 40, 20, 60, 0.8, 0))
    beyond = found(in_tile((200, 40, 216, 60, 0.7, 0), RIGHT))
    assert len(joined([at_edge, beyond], [LEFT, RIGHT], REACH)) == 2


edge = st.integers(0, 200)
boxes = st.tuples(edge, edge, st.integers(4, 120), st.integers(4, 120))


@given(boxes)
def test_whatever_lies_across_the_seams_comes_back_as_it_is(box: tuple[int, int, int, int]) -> None:
    places = tiles(328, 328, (128, 128), 40)
    x1, y1 = box[:2]
    x2, y2 = x1 + box[2], y1 + box[3]
    pieces = []
    for tile in places:
        left, top = max(x1, tile.left), max(y1, tile.top)
        right, bottom = min(x2, tile.right), min(y2, tile.bottom)
        # A network does not answer to a sliver.
        is_shown = right - left >= min(4, x2 - x1) and bottom - top >= min(4, y2 - y1)
        row = in_tile((left, top, right, bottom, 0.9, 0), tile)
        pieces.append(found(row) if is_shown else found())
    seen = joined(pieces, places, REACH)
    assert (x1, y1, x2, y2) in [tuple(map(int, row)) for row in seen.boxes.tolist()]
    wholes = sum(t.left <= x1 and t.top <= y1 and x2 <= t.right and y2 <= t.bottom for t in places)
    assert len(seen) <= max(1, wholes)
