"""Parts of a line are kept many at once, all or none, with as much of their pictures as is set."""

from __future__ import annotations

import hashlib
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import cv2
import numpy as np
import pytest

from app.errors import RecordError
from app.records import Entry, KeepPicture, Records, open_records, store
from app.vocabulary import Bgr, Decision, Light, RecipeMark
from records.inspections import RECIPE, entry, inspection, part, picture, pictured

FULL, SMALL, NONE = KeepPicture.FULL, KeepPicture.SMALL, KeepPicture.NONE


def smooth(height: int, width: int) -> Bgr:
    """A picture that JPEG hardly changes."""
    return cv2.resize(picture(1, 6, 8), (width, height)).astype(np.uint8)


def left_in(folder: Path) -> list[str]:
    return [each.name for each in (folder / "pictures/incoming").iterdir()]


def test_a_part_comes_back_whole_with_the_recipe_it_was_judged_by(folder: Path) -> None:
    with open_records(folder) as records:
        kept = records.keep(part(1, Decision.NG, "open", "spur"))
    with open_records(folder) as records:
        assert records.get(kept.id) == kept
    assert kept.recipe == RECIPE
    assert kept.overruled is None
    assert kept.reading.light == Light(120.5, 40.25, 2.5)
    assert [each.label for each in kept.reading.detections] == ["open", "spur"]


def test_many_parts_are_kept_in_order_under_the_ids_they_were_given(records: Records) -> None:
    given = [entry(seed, Decision.OK, kept=kind) for seed, kind in enumerate([FULL, SMALL, NONE])]
    kept = records.keep_all(given)
    assert [each.id for each in kept] == [each.record_id for each in given]
    assert list(records.each()) == list(kept)
    assert [each.saved_at for each in kept] == [each.at for each in given]
    assert records.keep_all([]) == ()


@pytest.mark.parametrize("shape", [(720, 1280), (48, 64), (2000, 300)])
def test_a_small_picture_is_shown_in_the_size_as_inspected(
    records: Records, folder: Path, shape: tuple[int, int]
) -> None:
    pixels = smooth(*shape)
    given = pictured(entry(kept=SMALL), pixels)
    records.keep_all([given])
    shown = records.picture(given.record_id)
    assert shown.shape == pixels.shape
    assert np.abs(shown.astype(int) - pixels).mean() < 12
    (file,) = folder.glob("pictures/2*/*/*/*.jpg")
    assert max(cv2.imread(str(file)).shape[:2]) <= 640  # type: ignore[union-attr]


def test_of_every_picture_the_hash_of_its_pixels_is_kept(records: Records, folder: Path) -> None:
    given = [entry(3, kept=kind) for kind in (FULL, SMALL, NONE)]
    records.keep_all(given)
    expected = hashlib.sha256(picture(3).tobytes()).hexdigest()
    with closing(sqlite3.connect(folder / "records.db")) as other:
        found = other.execute("SELECT pixels_sha256, width, height FROM records").fetchall()
    assert found == [(expected, 64, 48)] * 3


def test_a_picture_that_was_not_kept_is_told_as_a_setting(records: Records) -> None:
    given = entry(kept=NONE)
    records.keep_all([given])
    with pytest.raises(RecordError) as told:
        records.picture(given.record_id)
    assert told.value.code == "picture-not-kept"


def test_the_same_pixels_are_kept_once_for_each_kind_of_picture(
    records: Records, folder: Path
) -> None:
    records.keep_all([entry(1), entry(1), entry(1, kept=SMALL)])
    records.keep_all([entry(1, kept=SMALL)])
    names = [each.suffix for each in folder.glob("pictures/2*/*/*/*")]
    assert sorted(names) == [".jpg", ".png"]
    for each in records.each():
        assert records.picture(each.id).shape == (48, 64, 3)


def test_what_was_kept_before_stays_when_a_batch_is_tried_again(records: Records) -> None:
    first = [entry(seed) for seed in range(3)]
    records.keep_all(first[:2])
    records.overrule(first[0].record_id, Decision.OK, "scratch")
    records.keep_all(first)
    records.keep_all(first)
    assert [each.id for each in records.each()] == [each.record_id for each in first]
    assert records.get(first[0].record_id).overruled
    for seed, each in enumerate(first):
        assert np.array_equal(records.picture(each.record_id), picture(seed))


def test_a_batch_one_picture_of_which_cannot_be_written_leaves_nothing_and_may_be_repeated(
    records: Records, folder: Path
) -> None:
    given = [entry(seed) for seed in range(5)]
    hindrance = folder / f"pictures/incoming/{given[2].record_id}.png"
    hindrance.mkdir()
    with pytest.raises(RecordError):
        records.keep_all(given)
    assert records.count() == 0
    assert left_in(folder) == [hindrance.name]
    hindrance.rmdir()
    records.keep_all(given)
    assert records.count() == 5
    assert left_in(folder) == []


def test_a_batch_whose_rows_cannot_be_written_leaves_nothing_and_may_be_repeated(
    folder: Path,
) -> None:
    given = [entry(seed, kept=kind) for seed, kind in enumerate([FULL, SMALL, NONE])]
    with open_records(folder, patience_s=0.1) as records:
        earlier = records.keep(part(0))
        with closing(sqlite3.connect(folder / "records.db", isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            with pytest.raises(RecordError) as told:
                records.keep_all(given)
        assert told.value.code == "records-busy"
        assert records.count() == 1
        assert left_in(folder) == []
        assert records.picture(earlier.id).shape == (48, 64, 3)
        records.keep_all(given)
        assert records.count() == 4


def test_what_an_earlier_try_left_of_a_picture_is_written_over(
    records: Records, folder: Path
) -> None:
    given = entry(5)
    (folder / f"pictures/incoming/{given.record_id}.png").write_bytes(b"half")
    records.keep_all([given])
    assert np.array_equal(records.picture(given.record_id), picture(5))


def test_a_small_picture_that_had_not_moved_to_its_day_moves_at_the_next_start(
    records: Records, folder: Path
) -> None:
    given = entry(kept=SMALL)
    records.keep_all([given])
    (there,) = folder.glob("pictures/2*/*/*/*.jpg")
    there.rename(folder / "pictures/incoming" / there.name)
    assert records.picture(given.record_id).shape == (48, 64, 3)
    records.close()
    open_records(folder).close()
    assert there.exists()


@pytest.mark.parametrize("record_id", ["", "../x", "A" * 32, "0" * 31, "0" * 32 + "\n"])
def test_an_id_that_is_none_is_refused(record_id: str) -> None:
    with pytest.raises(ValueError, match="32 hexadecimal digits"):
        Entry(record_id, part())


def test_parts_and_documents_are_told_apart_and_parts_by_recipe(records: Records) -> None:
    other = RecipeMark("lid", 1, "0" * 64)
    document, board, lid = (
        records.keep(each) for each in (inspection(), part(1), part(2, recipe=other))
    )
    found = {
        "documents": records.find(workplace="documents"),
        "parts": records.find(workplace="parts"),
        "pcb": records.find(recipe="pcb"),
        "lid": records.find(recipe="lid"),
    }
    assert {name: [each.id for each in listed] for name, listed in found.items()} == {
        "documents": [document.id],
        "parts": [lid.id, board.id],
        "pcb": [board.id],
        "lid": [lid.id],
    }


def test_a_search_is_narrowed_to_how_much_of_the_picture_is_kept(records: Records) -> None:
    given = [entry(seed, kept=kind) for seed, kind in enumerate([FULL, SMALL, NONE])]
    records.keep_all(given)
    for each in given:
        assert [found.id for found in records.find(picture=each.picture)] == [each.record_id]


def test_the_parts_of_a_recipe_since_a_time_come_in_the_order_they_were_kept(
    records: Records, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "_PAGE", 3)
    start = datetime(2026, 3, 1, 6, tzinfo=UTC)
    minutes = [-1, 0, 5, 5, 5, 5, 5, 5, 5, 2, 9]
    given = [replace(entry(kept=NONE), at=start + timedelta(minutes=minute)) for minute in minutes]
    records.keep_all([*given, entry(kept=NONE, recipe=RecipeMark("lid", 1, "0" * 64))])
    records.withdraw(given[-1].record_id)
    found = list(records.parts("pcb", start))
    assert [each.id for each in found] == [each.record_id for each in given[1:-1]]
    assert found[0] == records.get(given[1].record_id)
    assert list(records.parts("pcb", start + timedelta(days=1))) == []


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE records SET recipe_version = 'x', recipe_sha256 = NULL, picture_kind = x'ff'",
        "UPDATE records SET width = 'wide', height = -5, pixels_sha256 = x'00'",
        "UPDATE records SET recipe = x'ff', saved_at = x'ff'",
    ],
)
def test_hostile_columns_of_a_part_are_read_without_a_crash(
    records: Records, folder: Path, sql: str
) -> None:
    kept = records.keep(part(1, Decision.NG, "open"))
    with closing(sqlite3.connect(folder / "records.db")) as other, other:
        other.execute(sql)
    assert [each.id for each in records.find()] == [kept.id]
    assert records.get(kept.id).reading == kept.reading
    assert records.picture(kept.id).shape == (48, 64, 3)
    list(records.parts("pcb", datetime.fromtimestamp(0, UTC)))


@pytest.mark.parametrize("size", [(10**9, 10**9), (0, 0), (-64, -48), (48, 64), (64000, 48000)])
def test_a_row_cannot_enlarge_a_small_picture_to_what_it_never_was(
    records: Records, folder: Path, size: tuple[int, int]
) -> None:
    given = entry(kept=SMALL)
    records.keep_all([given])
    with closing(sqlite3.connect(folder / "records.db")) as other, other:
        other.execute("UPDATE records SET width = ?, height = ?", size)
    with pytest.raises(RecordError) as told:
        records.picture(given.record_id)
    assert told.value.code == "picture-altered"
