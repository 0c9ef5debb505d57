"""Damaged, hostile, foreign and newer databases: told, never touched unasked, mended when asked."""

from __future__ import annotations

import sqlite3
from contextlib import closing, suppress
from pathlib import Path

import numpy as np
import pytest

from app.errors import RecordError
from app.records import Mended, Records, mend, open_records
from app.vocabulary import Decision
from records.inspections import frame, inspection, picture


def fill(folder: Path, many: int) -> list[str]:
    with open_records(folder) as records:
        return [records.keep(inspection(of=frame(seed))).id for seed in range(many)]


def change(folder: Path, sql: str, *values: object) -> None:
    with closing(sqlite3.connect(folder / "records.db")) as other, other:
        other.execute(sql, values)


def code_of_opening(folder: Path) -> str:
    before = (folder / "records.db").read_bytes()
    with pytest.raises(RecordError) as told:
        open_records(folder)
    assert (folder / "records.db").read_bytes() == before
    return told.value.code


@pytest.mark.parametrize(
    ("sql", "values"),
    [
        ("UPDATE contents SET content = '{'", ()),
        ("UPDATE contents SET content = ?", (b"\xff\x00",)),
        ("UPDATE contents SET content = 5", ()),
        ("UPDATE contents SET content = CAST(x'ff7b' AS TEXT)", ()),
        ("UPDATE contents SET content = replace(content, '\"read\"', '\"sure\"')", ()),
        ("UPDATE contents SET content = replace(content, '\"glare\"', '\"glory\"')", ()),
        (
            "UPDATE contents SET content = replace(content, '{field} is', '{field:>999999999} is')",
            (),
        ),
        (
            "UPDATE contents SET content = replace(content, '{field} is', '{field.__class__} is')",
            (),
        ),
        ("UPDATE contents SET content = replace(content, '{field} is', '{other} is')", ()),
        ("UPDATE contents SET content = replace(content, '{field} is', '{field is')", ()),
        ("UPDATE contents SET content = ?", ("[" * 100_000,)),
        ("DELETE FROM contents", ()),
    ],
)
def test_a_damaged_row_is_shown_as_damaged_and_hides_no_other(
    records: Records, folder: Path, sql: str, values: tuple[object, ...]
) -> None:
    damaged = records.keep(inspection())
    change(folder, sql, *values)
    whole = records.keep(inspection(of=frame(1)))
    listed = records.find()
    assert [each.id for each in listed] == [whole.id, damaged.id]
    for shown in (listed[1], records.get(damaged.id)):
        assert shown.verdict.decision is Decision.REVIEW
        assert [reason.code for reason in shown.verdict.reasons] == ["damaged"]
        assert shown.reading.document == "id_card_front"
    assert np.array_equal(records.picture(damaged.id), picture(0))


@pytest.mark.parametrize("details", ["{", '{"lines": [], "alternatives": []}', ""])
def test_damaged_details_leave_the_fields_readable(
    records: Records, folder: Path, details: str
) -> None:
    kept = records.keep(inspection())
    change(folder, "UPDATE contents SET details = ?", details)
    shown = records.get(kept.id)
    assert [reason.code for reason in shown.verdict.reasons] == ["damaged"]
    assert shown.reading.field("name").value == "王伟"


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE records SET saved_at = 'yesterday', page = 'one', withdrawn = 'no'",
        "UPDATE records SET saved_at = 5, document = x'ff', source = x'00', withdrawn = 7",
        "UPDATE records SET saved_at = '9999-12-31T23:59:59-23:59', decision = 'fine'",
        "UPDATE records SET text = CAST(x'ff' AS TEXT), source = CAST(x'ff' AS TEXT)",
    ],
)
def test_hostile_columns_are_read_without_a_crash(records: Records, folder: Path, sql: str) -> None:
    kept = records.keep(inspection())
    change(folder, sql)
    assert [each.id for each in records.find(withdrawn=None)] == [kept.id]
    assert records.get(kept.id).reading.field("name").value == "王伟"


@pytest.mark.parametrize("name", ["../../../../../../etc/passwd", "/etc/passwd", "", "x.png"])
def test_a_row_cannot_name_a_picture_outside(records: Records, folder: Path, name: str) -> None:
    kept = records.keep(inspection())
    change(folder, "UPDATE records SET picture = ?", name)
    with pytest.raises(RecordError, match="changed after"):
        records.picture(kept.id)


def test_a_file_of_another_program_is_left_alone(folder: Path) -> None:
    folder.mkdir()
    change(folder, "CREATE TABLE bookmarks (url)")
    assert code_of_opening(folder) == "records-foreign"
    with pytest.raises(RecordError, match="another program"):
        mend(folder)
    assert [each.name for each in folder.glob("records*")] == ["records.db"]


def test_records_of_a_newer_program_are_left_alone(folder: Path) -> None:
    fill(folder, 1)
    change(folder, "UPDATE alembic_version SET version_num = '9000'")
    assert code_of_opening(folder) == "records-newer"
    with pytest.raises(RecordError, match="newer version"):
        mend(folder)


@pytest.mark.parametrize(
    "sql",
    [
        "DELETE FROM alembic_version",
        "INSERT INTO alembic_version VALUES ('0000')",
        "UPDATE alembic_version SET version_num = 'seven'",
        "UPDATE alembic_version SET version_num = '0000'",
        "DROP TABLE records",
    ],
)
def test_a_database_whose_tables_are_not_ours_is_told(folder: Path, sql: str) -> None:
    fill(folder, 1)
    change(folder, sql)
    with pytest.raises(RecordError) as told, open_records(folder) as records:
        records.find()
    assert told.value.code == "records-damaged"
    assert mend(folder).set_aside


def test_a_database_that_is_none_is_told_with_the_way_on(folder: Path) -> None:
    ids = fill(folder, 2)
    (folder / "records.db").write_bytes(b"not a database at all" * 300)
    assert code_of_opening(folder) == "records-damaged"
    mended = mend(folder)
    assert (mended.kept, mended.lost) == (0, len(ids))
    assert mended.set_aside
    assert mended.set_aside.read_bytes().startswith(b"not a database")
    with open_records(folder) as records:
        records.keep(inspection())
    assert len(list(folder.glob("pictures/2*/*/*/*.png"))) == 3


def test_a_database_that_vanished_while_its_pictures_stayed_is_told(folder: Path) -> None:
    fill(folder, 1)
    (folder / "records.db").unlink()
    with pytest.raises(RecordError) as told:
        open_records(folder)
    assert told.value.code == "records-damaged"
    assert mend(folder) == Mended(kept=0, lost=1, set_aside=None)
    open_records(folder).close()


def page_with(path: Path, text: str) -> slice:
    """Where the page stands that holds a text."""
    page_bytes = 4096
    start = path.read_bytes().index(text.encode()) // page_bytes * page_bytes
    return slice(start, start + page_bytes)


def overwrite(path: Path, where: slice, filling: bytes) -> None:
    content = bytearray(path.read_bytes())
    content[where] = filling * len(content[where])
    path.write_bytes(content)


def test_mending_takes_over_every_row_outside_the_damaged_page(folder: Path) -> None:
    ids = fill(folder, 60)
    with open_records(folder) as records:
        records.withdraw(ids[-1])
    path = folder / "records.db"
    overwrite(path, page_with(path, f"{ids[30]}.png"), b"\xff")
    damaged = path.read_bytes()
    with open_records(folder) as records, pytest.raises(RecordError) as told:
        list(records.each())
    assert told.value.code == "records-damaged"

    mended = mend(folder)
    assert mended.kept + mended.lost == 60
    assert 1 <= mended.lost <= 20
    assert mended.set_aside
    assert mended.set_aside.read_bytes() == damaged
    with open_records(folder) as records:
        there = [each.id for each in records.each(withdrawn=None)]
        assert there == [each for each in ids if each in set(there)]
        assert len(there) == mended.kept
        for each in there:
            records.picture(each)
            assert records.get(each).reading == inspection().reading
        assert [each.id for each in records.find(withdrawn=True)] == [ids[-1]]
        assert records.find(limit=1)[0].id != records.keep(inspection(of=frame(99))).id
    assert mend(folder) == Mended(mended.kept + 1, 0, None)


@pytest.mark.parametrize("left", [("", "-wal"), ("",), ()])
def test_mending_goes_on_where_a_crash_interrupted_it(folder: Path, left: tuple[str, ...]) -> None:
    ids = fill(folder, 3)
    (folder / "records-mending.db").write_bytes(b"half")
    (folder / "records.db").rename(folder / "records-mended.db")
    for beside in left:
        (folder / f"records.db{beside}").write_bytes(b"damaged")
    with open_records(folder) as records:
        assert [each.id for each in records.each()] == ids
    aside = [path.read_bytes() for path in folder.glob("records-damaged-*")]
    assert aside == [b"damaged"] * len(left)
    assert mend(folder) == Mended(3, 0, None)


def test_mending_waits_until_nobody_has_the_records_open(records: Records, folder: Path) -> None:
    with pytest.raises(RecordError) as told:
        mend(folder, patience_s=0.0)
    assert told.value.code == "records-busy"


def use(folder: Path) -> None:
    with open_records(folder, patience_s=0.1) as records:
        for each in records.find():
            with suppress(RecordError):
                records.picture(each.id)
            records.get(each.id)
        records.count("王")
        records.withdraw(records.keep(inspection()).id)


def test_no_mutation_of_the_database_ends_in_anything_but_a_sentence(folder: Path) -> None:
    fill(folder, 5)
    path = folder / "records.db"
    sound = path.read_bytes()
    chance = np.random.default_rng(2)
    told = set()
    for turn in range(60):
        mutated = bytearray(sound)
        for at in chance.integers(0, len(sound) if turn % 2 else 4096, 1 + turn % 20):
            mutated[at] = chance.integers(256)
        for beside in ("-wal", "-shm"):
            (folder / f"records.db{beside}").unlink(missing_ok=True)
        path.write_bytes(mutated[: len(sound) if turn % 5 else chance.integers(1, len(sound))])
        try:
            use(folder)
        except RecordError as error:
            told.add(error.code)
            if turn % 15 == 0 and error.code == "records-damaged":
                mend(folder)
                use(folder)
    assert "records-damaged" in told
