"""Full disks, lost rights and other programs: a sentence, a hint, no loss, no crash."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from app.errors import RecordError
from app.language import catalogue
from app.records import Records, open_records
from records.inspections import frame, inspection

TESTS = Path(__file__).parent.parent
ALONE = ["unshare", "--user", "--map-root-user", "--mount"]
"""A namespace of its own, in which any user may mount."""


def run_child(task: str, folder: Path, *before: str) -> list[str]:
    done = subprocess.run(
        [*before, sys.executable, "-m", "records.child", task, folder],
        cwd=TESTS,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def may_mount(tmp_path: Path) -> bool:
    return shutil.which("unshare") is not None and not subprocess.call(
        [*ALONE, "mount", "-t", "tmpfs", "none", tmp_path], stderr=subprocess.DEVNULL
    )


def test_a_full_disk_is_told_and_nothing_is_lost_or_left_behind(tmp_path: Path) -> None:
    if not may_mount(tmp_path):
        pytest.skip("this machine lets nobody mount a small disk")
    assert run_child("full", tmp_path / "disk", *ALONE) == [
        "keep disk-full",
        "export disk-full",
        "export disk-full",
        "whole",
    ]


def test_a_batch_that_a_full_disk_refused_is_kept_once_there_is_room(tmp_path: Path) -> None:
    if not may_mount(tmp_path):
        pytest.skip("this machine lets nobody mount a small disk")
    assert run_child("full-line", tmp_path / "disk", *ALONE) == ["keep disk-full", "whole"]


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    if not may_mount(tmp_path):
        pytest.skip("this machine lets nobody mount a read-only disk")
    assert run_child("read-only", tmp_path / "records", *ALONE) == [
        "keep folder-not-writable",
        "open folder-not-writable",
    ]


def test_a_picture_larger_than_the_quota_is_told_and_the_next_one_is_kept(folder: Path) -> None:
    assert run_child("quota", folder) == ["keep disk-full"]


def test_a_folder_that_is_a_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(RecordError) as told:
        open_records(tmp_path / "file" / "records")
    assert told.value.code == "folder-unusable"


def test_a_folder_that_vanished_is_told(records: Records, folder: Path) -> None:
    records.keep(inspection())
    shutil.rmtree(folder / "pictures")
    with pytest.raises(RecordError) as told:
        records.keep(inspection(of=frame(1)))
    assert told.value.code == "folder-unusable"
    assert "disk is connected" in told.value.hint.text()
    assert "磁盘" in told.value.hint.text(catalogue("zh_CN"))


def test_a_database_that_another_program_holds_is_told_and_used_again_later(
    folder: Path,
) -> None:
    with open_records(folder, patience_s=0.05) as records:
        kept = records.keep(inspection())
        with closing(sqlite3.connect(folder / "records.db")) as other:
            other.execute("BEGIN IMMEDIATE")
            with pytest.raises(RecordError) as told:
                records.keep(inspection(of=frame(1)))
            assert told.value.code == "records-busy"
            assert [each.id for each in records.find()] == [kept.id]
        assert not list((folder / "pictures/incoming").iterdir())
        records.keep(inspection(of=frame(1)))
        assert records.count() == 2


def test_a_picture_changed_after_it_was_kept_is_not_shown(records: Records, folder: Path) -> None:
    kept = records.keep(inspection())
    (there,) = folder.glob("pictures/2*/*/*/*.png")
    there.write_bytes(there.read_bytes()[:-1] + b"!")
    with pytest.raises(RecordError) as told:
        records.picture(kept.id)
    assert told.value.code == "picture-altered"


def test_a_picture_that_is_gone_is_told_and_its_fields_stay(records: Records, folder: Path) -> None:
    kept = records.keep(inspection())
    (there,) = folder.glob("pictures/2*/*/*/*.png")
    there.unlink()
    with pytest.raises(RecordError) as told:
        records.picture(kept.id)
    assert told.value.code == "picture-missing"
    assert records.get(kept.id) == kept


def test_the_same_page_is_kept_again_if_its_picture_is_gone(records: Records, folder: Path) -> None:
    records.keep(inspection())
    (there,) = folder.glob("pictures/2*/*/*/*.png")
    there.unlink()
    assert records.picture(records.keep(inspection()).id).shape == (48, 64, 3)


def test_no_sentence_about_a_failure_holds_personal_values(records: Records, folder: Path) -> None:
    with closing(sqlite3.connect(folder / "records.db")) as other:
        other.execute("DROP TABLE contents")
    with pytest.raises(RecordError) as told:
        records.keep(inspection())
    causes = f"{told.value}{told.value.__cause__}"
    assert told.value.code == "records-damaged"
    assert "王伟" not in causes
    assert "110105199606156135" not in causes
