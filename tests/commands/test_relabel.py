"""``mingjian relabel``: what waits is listed, exported once, and everything left out is told."""

from __future__ import annotations

from pathlib import Path

import pytest
from records.inspections import entry, part

from app.__main__ import main
from app.records import KeepPicture, open_records
from app.toolchain.detector.samples import read_folder
from app.vocabulary import Decision

OK, NG, REVIEW = Decision.OK, Decision.NG, Decision.REVIEW


def test_what_waits_is_listed_with_verdict_word_and_reason(
    own_home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with open_records(own_home / "records") as records:
        doubtful, wrong = records.keep(part(1, REVIEW)), records.keep(part(2, NG, "open"))
        records.keep(part(3, OK))
        records.overrule(wrong.id, OK, "dust")
    assert main(["relabel", "list"]) == 0
    first, second, count = capsys.readouterr().out.splitlines()
    assert first.endswith(f"pcb 7  REVIEW  {doubtful.id}")
    assert second.endswith(f"pcb 7  NG, overruled to OK: dust  {wrong.id}")
    assert count == "2 parts wait for relabelling."
    assert main(["relabel", "list", "--recipe", "lid"]) == 0
    assert capsys.readouterr().out == "0 parts wait for relabelling.\n"


def test_the_queue_is_exported_once_and_notes_tell_what_is_to_be_done(
    own_home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with open_records(own_home / "records") as records:
        records.keep(part(1, REVIEW, "open"))
        missed, small = records.keep(part(2, OK)), entry(3, OK, kept=KeepPicture.SMALL)
        records.keep_all([small])
        for record_id in (missed.id, small.record_id):
            records.overrule(record_id, NG, "a scratch")
    folder = tmp_path / "set"
    assert main(["relabel", "export", str(folder)]) == 0
    told = capsys.readouterr().out.splitlines()
    assert told[0] == f"2 parts are in {folder}."
    assert [line.split(":")[0] for line in told[1:]] == [
        "1 of them are REVIEW",
        "1 of them are NG without a box",
        "1 parts were left out",
    ]
    assert len(read_folder(folder).samples) == 2
    assert main(["relabel", "export", str(tmp_path / "again")]) == 0
    assert "nothing was written" in capsys.readouterr().out
    assert not (tmp_path / "again").exists()


def test_a_lost_picture_and_a_folder_that_is_taken_end_with_status_one(
    own_home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with open_records(own_home / "records") as records:
        for seed in range(2):
            records.keep(part(seed, REVIEW))
    first, _ = sorted((own_home / "records").rglob("*.png"))
    first.unlink()
    assert main(["relabel", "export", str(own_home)]) == 1
    assert "There is something in" in capsys.readouterr().err
    assert main(["relabel", "export", str(tmp_path / "set")]) == 1
    assert "gone or altered" in capsys.readouterr().out
    assert len(read_folder(tmp_path / "set").samples) == 1
