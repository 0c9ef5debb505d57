from __future__ import annotations

import csv
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import openpyxl
import pytest
from cann import switch
from PIL import Image

from app.__main__ import main
from app.capture import open_files
from app.errors import BadPicture
from app.toolchain.specimens import Specimen
from commands.files import KEYS, READABLE, REFUSED, Read

FIELD_KEYS = ["value", "proof", "score", "box", "corrected_from"]
NOBODY = 65534


def test_a_card_becomes_one_object_with_exactly_the_promised_keys(
    read: Read, card: Path, specimen: Specimen
) -> None:
    status, (found,) = read(card)
    assert status == 0
    assert list(found) == KEYS
    assert all(list(field) == FIELD_KEYS for field in found["fields"].values())
    assert set(found["fields"]) == set(specimen.truth)
    number = found["fields"]["id_number"]
    assert (number["value"], number["proof"]) == (specimen.truth["id_number"], "proven")
    assert found["document"] == "id_card_front"
    assert (found["verdict"] == "OK") is (found["reasons"] == [])
    assert found["engine"]["device"] == switch.device()
    assert {"decode", "judge", "total"} <= set(found["timings_ms"])


def test_boxes_are_pixels_of_the_picture_as_it_lies_upright(
    read: Read, card: Path, tmp_path: Path
) -> None:
    turned = tmp_path / "turned.jpg"
    exif = Image.Exif()
    exif[0x0112] = 6  # EXIF orientation: turn clockwise to see it upright
    Image.open(card).rotate(90, expand=True).save(turned, quality=95, exif=exif)
    _, (upright, by_exif) = read(card, turned)
    for name, field in upright["fields"].items():
        assert by_exif["fields"][name]["box"] == pytest.approx(field["box"], abs=6), name


def test_what_cannot_be_read_says_so_in_its_place_and_the_rest_goes_on(
    read: Read, card: Path, tmp_path: Path
) -> None:
    files = [tmp_path / name for name in REFUSED]
    for path, (make, _) in zip(files, REFUSED.values(), strict=True):
        make(path, card)
    status, found = read(*files, card)
    assert status == 1
    assert [each["file"] for each in found] == [str(path) for path in (*files, card)]
    assert found[-1]["document"] == "id_card_front"
    for each, path in zip(found[:-1], files, strict=True):
        assert list(each) == KEYS
        assert (each["verdict"], each["document"], each["fields"]) == ("REVIEW", "", {})
        (sentence,) = each["reasons"]
        assert sentence.startswith("“")
        assert "\n" not in sentence
        assert each["engine"]["runtime"] == "", path


def test_each_refusal_is_the_one_that_fits(card: Path, tmp_path: Path) -> None:
    for name, (make, code) in REFUSED.items():
        path = tmp_path / name
        make(path, card)
        with open_files([path]) as source, pytest.raises(BadPicture) as refusal:
            source.next_frame()
        assert refusal.value.code == code, name


def test_odd_but_whole_pictures_are_read(read: Read, card: Path, tmp_path: Path) -> None:
    for name, make in READABLE.items():
        make(tmp_path / name, card)
    status, found = read(*(tmp_path / name for name in READABLE))
    assert status == 0
    read_well = {Path(each["file"]).name for each in found if each["document"] == "id_card_front"}
    assert read_well == set(READABLE)


def test_people_get_aligned_lines_that_a_file_name_cannot_break(
    card: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    odd = tmp_path / "two\nlines\x1b[31m.png"
    odd.write_bytes(card.read_bytes())
    assert main(["read", str(odd)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert "two\\nlines\\x1b[31m.png:1  ID card, front  " in lines[0]
    assert any(line.split()[0] == "Sex" and "≈ Confirmed" in line for line in lines[1:])


def test_the_out_folder_holds_pictures_tables_and_a_summary(
    read: Read, card: Path, specimen: Specimen, tmp_path: Path
) -> None:
    out = tmp_path / "new" / "out"
    status, _ = read(card, tmp_path / "absent.png", "--out", out)
    assert status == 1
    names = ["0001-card.jpg", "results.csv", "results.xlsx", "summary.md"]
    assert sorted(path.name for path in out.iterdir()) == names
    with Image.open(out / names[0]) as picture:
        assert picture.size == specimen.bgr.shape[1::-1]
    with (out / "results.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert rows[0]["Name"] == specimen.truth["name"]
    assert len(rows) == 2
    sheet = openpyxl.load_workbook(out / "results.xlsx").worksheets[0]
    assert specimen.truth["id_number"] in [cell.value for row in sheet.rows for cell in row]
    summary = (out / "summary.md").read_text(encoding="utf-8")
    assert "0001-card.jpg" in summary
    assert "absent.png” is not there." in summary
    assert specimen.truth["name"] not in summary


def test_an_out_folder_that_cannot_be_made_is_told_before_anything_is_read(
    read: Read, card: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").touch()
    assert main(["read", str(card), "--out", str(tmp_path / "file" / "out")]) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert "cannot be written" in told.err


def test_options_may_stand_before_between_and_behind_the_paths(
    read: Read, card: Path, tmp_path: Path
) -> None:
    for words in (
        ["--kind", "id_card_front", card, tmp_path / "a.png"],
        [card, "--kind", "id_card_front", tmp_path / "a.png"],
        [card, tmp_path / "a.png", "--kind=id_card_front"],
    ):
        status, found = read(*words)
        assert (status, len(found)) == (1, 2)


def test_a_name_that_begins_with_a_dash_stands_behind_two_dashes(
    read: Read, card: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("-card.png").write_bytes(card.read_bytes())
    status, (found,) = read("--", "-card.png")
    assert (status, found["file"]) == (0, "-card.png")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["read", "a.png", "--kind", "id_crad_front"], "id_card_front"),
        (["read", "a.png", "--engine", "gpu"], "auto, cpu"),
        (["read"], "PATHS"),
        (["read", "a.png", "--jsno"], "--jsno"),
        (["raed", "a.png"], "read"),
    ],
)
def test_wrong_use_is_status_2_and_says_what_was_meant(
    words: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(words) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert said in told.err


def test_a_folder_is_read_with_all_below_it_in_natural_order(
    read: Read, card: Path, tmp_path: Path
) -> None:
    for name in ("page 10.png", "page 2.png", "deep/er/page 1.png"):
        path = tmp_path / "in" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")
    (tmp_path / "in" / "notes.txt").write_text("not offered as a picture")
    _, found = read(tmp_path / "in")
    names = [Path(each["file"]).name for each in found]
    assert names == ["page 1.png", "page 2.png", "page 10.png"]


def test_a_pattern_is_taken_where_the_shell_left_it(read: Read, card: Path, tmp_path: Path) -> None:
    for name in ("a.png", "b.png", "c.tif"):
        (tmp_path / name).touch()
    _, found = read(tmp_path / "*.png")
    assert [Path(each["file"]).name for each in found] == ["a.png", "b.png"]


def test_a_folder_without_pictures_is_told(read: Read, tmp_path: Path) -> None:
    (tmp_path / "bare").mkdir()
    status, (found,) = read(tmp_path / "bare")
    assert status == 1
    assert found["reasons"] == [f"There is no picture in “{tmp_path / 'bare'}”."]


@contextmanager
def without_rights(folder: Path) -> Iterator[None]:
    """Shut a folder; root, whom nothing shuts out, becomes nobody meanwhile."""
    folder.chmod(0)
    is_root = os.geteuid() == 0
    if is_root:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        if is_root:
            os.seteuid(0)
        folder.chmod(0o700)


def test_a_folder_without_rights_is_told() -> None:
    with tempfile.TemporaryDirectory() as open_to_all:
        Path(open_to_all).chmod(0o711)
        shut = Path(open_to_all, "shut")
        shut.mkdir()
        with without_rights(shut), open_files([shut], recursive=True) as source:
            with pytest.raises(BadPicture) as refusal:
                source.next_frame()
            assert refusal.value.code == "picture-forbidden"


def test_the_reasons_speak_the_language_of_the_system(
    read: Read, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    _, (found,) = read(tmp_path / "无.png")
    assert "无.png" in found["reasons"][0]
    assert "is not there" not in found["reasons"][0]
