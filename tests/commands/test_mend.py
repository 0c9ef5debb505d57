"""``mingjian mend`` on sound, damaged and lost databases."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.__main__ import main
from app.records import open_records


def test_sound_records_are_left_as_they_are(
    own_home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    open_records(own_home / "records").close()
    before = (own_home / "records" / "records.db").read_bytes()
    assert main(["mend"]) == 0
    assert capsys.readouterr().out == "Nothing is damaged: 0 records.\n"
    assert (own_home / "records" / "records.db").read_bytes() == before


def test_a_damaged_database_is_kept_beside_the_new_one(
    own_home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    open_records(own_home / "records").close()
    (own_home / "records" / "records.db").write_bytes(b"damaged")
    assert main(["mend"]) == 0
    (aside,) = (own_home / "records").glob("records-damaged-*.db")
    assert str(aside) in capsys.readouterr().out
    assert aside.read_bytes() == b"damaged"
    open_records(own_home / "records").close()


def test_a_folder_may_be_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    open_records(tmp_path / "elsewhere").close()
    assert main(["mend", str(tmp_path / "elsewhere")]) == 0
    assert main(["mend", str(tmp_path / "nowhere")]) == 1
    assert "cannot be used" in capsys.readouterr().err


def test_records_that_are_in_use_are_told(
    own_home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with open_records(own_home / "records"):
        assert main(["mend"]) == 1
    assert "Another program is using the records" in capsys.readouterr().err


def test_a_lost_database_is_told_with_its_pictures(
    own_home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    day = own_home / "records" / "pictures" / "2026" / "01" / "02"
    day.mkdir(parents=True)
    (day / f"{'0' * 32}.png").touch()
    assert main(["mend"]) == 1
    assert "pictures of 1 records" in capsys.readouterr().out
