"""Whatever kills the program, and whenever: what was confirmed is there and whole."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from app.records import KeepPicture, Records, open_records
from app.records.claim import Claim
from records.inspections import frame, inspection, picture

TESTS = Path(__file__).parent.parent


def start_child(*arguments: object) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "records.child", *map(str, arguments)],
        cwd=TESTS,
        stdout=subprocess.PIPE,
        text=True,
    )


def said_until_killed(child: subprocess.Popen[str], after_s: float) -> list[list[str]]:
    assert child.stdout
    assert child.stdout.readline() == "open\n"
    killer = threading.Timer(after_s, child.send_signal, (signal.SIGKILL,))
    killer.start()
    said = [line.split() for line in child.stdout if line.endswith("\n")]
    killer.join()
    child.stdout.close()
    assert child.wait() == -signal.SIGKILL
    return said


def test_nothing_confirmed_is_missing_or_half_there_after_kill_9(folder: Path) -> None:
    confirmed: list[list[str]] = []
    moments = np.random.default_rng().uniform(0.05, 0.4, 4)

    def run(first: int, moment: float) -> None:
        child = start_child("keep", folder, first, 100_000)
        confirmed.extend(said_until_killed(child, moment))

    runs = [
        threading.Thread(target=run, args=(100_000 * number, moment))
        for number, moment in enumerate(moments)
    ]
    for each in runs:
        each.start()
    for each in runs:
        each.join()
    assert len(confirmed) > len(runs)
    with open_records(folder) as records:
        for record_id, seed in confirmed:
            assert np.array_equal(records.picture(record_id), picture(int(seed), 60, 80))
            assert records.get(record_id).reading == inspection().reading
        for kept in records.each():
            records.picture(kept.id)
        assert records.count() >= len(confirmed)
    assert_nothing_is_left_over(folder)


def assert_nothing_is_left_over(folder: Path) -> None:
    assert not list((folder / "pictures/incoming").iterdir())
    with closing(sqlite3.connect(folder / "records.db")) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        rows = connection.execute(
            "SELECT count(DISTINCT nullif(picture, '')) FROM records"
        ).fetchone()[0]
    assert len(list(folder.glob("pictures/2*/*/*/*.*"))) == rows


def test_a_batch_is_there_whole_or_not_at_all_after_kill_9(folder: Path) -> None:
    child = start_child("keep-batches", folder, 0, 600_000)
    confirmed = said_until_killed(child, 0.3)
    assert confirmed
    with open_records(folder) as records:
        kept = [each.id for each in records.each()]
        assert kept[: 6 * len(confirmed)] == [each for batch in confirmed for each in batch]
        assert len(kept) % 6 == 0
        for each in records.each(picture=KeepPicture.FULL):
            records.picture(each.id)
        assert records.count(picture=KeepPicture.NONE) * 3 == len(kept)
    assert_nothing_is_left_over(folder)


def test_a_picture_whose_row_was_never_written_is_removed_at_the_next_start(
    records: Records, folder: Path
) -> None:
    records.keep(inspection())
    records.close()
    for name in ("0" * 32 + ".png", "half a picture"):
        (folder / "pictures/incoming" / name).write_bytes(b"\x89PNG")
    open_records(folder).close()
    assert_nothing_is_left_over(folder)


def test_a_picture_that_had_not_moved_to_its_day_is_shown_and_moves_at_the_next_start(
    records: Records, folder: Path
) -> None:
    kept = records.keep(inspection(of=frame(3)))
    (there,) = folder.glob("pictures/2*/*/*/*.png")
    there.rename(folder / "pictures/incoming" / there.name)
    assert np.array_equal(records.picture(kept.id), picture(3))
    records.close()
    with open_records(folder) as again:
        assert there.exists()
        assert np.array_equal(again.picture(kept.id), picture(3))
    assert_nothing_is_left_over(folder)


def test_a_picture_that_another_program_is_just_keeping_is_left_alone(
    records: Records, folder: Path
) -> None:
    half = folder / "pictures/incoming" / ("0" * 32 + ".png")
    half.write_bytes(b"\x89PNG")
    open_records(folder).close()
    assert half.exists()


def test_two_programs_keep_at_once_and_lose_nothing(folder: Path) -> None:
    children = [start_child("keep", folder, 1000 * each, 15) for each in range(2)]
    said = [child.communicate()[0].splitlines() for child in children]
    assert [child.returncode for child in children] == [0, 0]
    ids = {line.split()[0] for lines in said for line in lines[1:]}
    with open_records(folder) as records:
        assert {kept.id for kept in records.each()} == ids
    assert len(ids) == 30


@pytest.mark.parametrize("name", ["records.db", "records.db-wal"])
def test_a_database_made_but_not_filled_before_the_crash_is_made_again(
    folder: Path, name: str
) -> None:
    folder.mkdir()
    (folder / name).touch()
    with open_records(folder) as records:
        assert records.get(records.keep(inspection()).id)


def test_opening_waits_for_a_program_that_has_the_records_to_itself(folder: Path) -> None:
    open_records(folder).close()
    claim = Claim(folder, 0.0)
    threading.Timer(0.1, claim.share).start()
    open_records(folder, patience_s=10.0).close()
    claim.release()
