"""``mingjian inspect``: one object a picture, judged by a recipe."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import cv2
import openpyxl
import pytest
from PIL import Image
from reader.coded_network import SIDE, black, draw, write_pack

from app import paths
from app.__main__ import main
from app.recipes import Limits, Recipe, Shelf, Tiling
from commands.files import Objects

KEYS = ["file", "verdict", "reasons", "detections", "engine", "recipe", "timings_ms"]
CERTAIN, DOUBTED, NOISE = 250, 125, 105
"""Grey levels of scores of 0.9999, 0.45 and 0.15."""
Inspect = Callable[..., tuple[int, Objects]]


@pytest.fixture(autouse=True)
def site(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Shelf:
    """Put a pack whose answers are drawn, and a recipe for it, where the product looks."""
    models = tmp_path_factory.mktemp("models")
    write_pack(models)
    monkeypatch.setattr(paths, "models", lambda: models)
    shelf = Shelf()
    shelf.save("coded", Recipe(pack="coded", tiling=Tiling(overlap=40)))
    return shelf


@pytest.fixture
def inspect(capsys: pytest.CaptureFixture[str]) -> Inspect:
    """Run ``mingjian inspect --json`` in this process: exit status and objects."""

    def run(*words: object) -> tuple[int, Objects]:
        capsys.readouterr()
        status = main(["inspect", "--json", "--recipe", "coded", *map(str, words)])
        return status, [json.loads(line) for line in capsys.readouterr().out.splitlines()]

    return run


def part(path: Path, *greys: int) -> Path:
    """Write a part with one open circuit a grey level, from left to right."""
    bgr = black(SIDE, SIDE)
    bgr[64:] = 60
    for place, grey in enumerate(greys):
        cell = (1 + 4 * place, 5)
        left, top = cell[0] * 8, cell[1] * 8
        draw(bgr, cell, (left - 4, top - 4, left + 12, top + 12), grey=grey)
    cv2.imwrite(str(path), bgr)
    return path


def test_a_part_becomes_one_object_with_exactly_the_promised_keys(
    inspect: Inspect, tmp_path: Path, site: Shelf
) -> None:
    status, (found,) = inspect(part(tmp_path / "ng.png", CERTAIN))
    assert status == 0
    assert list(found) == KEYS
    assert (found["verdict"], len(found["reasons"])) == ("NG", 1)
    (defect,) = found["detections"]
    assert list(defect) == ["label", "score", "box"]
    assert (defect["label"], defect["box"]) == ("open", [4, 36, 20, 52])
    mark = site.load("coded").mark
    assert found["recipe"] == {"name": "coded", "version": 1, "sha256": mark.sha256}
    assert list(found["engine"]["models"]) == ["coded"]
    assert {"decode", "prepare", "model", "merge", "judge", "total"} == set(found["timings_ms"])


def test_faint_detections_are_told_but_not_judged(inspect: Inspect, tmp_path: Path) -> None:
    noisy = part(tmp_path / "noisy.png", NOISE)
    _, (by_itself,) = inspect(noisy)
    assert by_itself["verdict"] == "OK"
    assert by_itself["reasons"] == []
    assert [each["score"] for each in by_itself["detections"]] == [pytest.approx(0.15, abs=0.02)]
    _, (without,) = inspect(noisy, "--floor", "1")
    assert without["detections"] == []
    assert without["verdict"] == "OK"


@pytest.mark.parametrize("floor", ["0", "-3", "nan", "1", "7"])
def test_no_floor_hides_a_defect_from_the_verdict(
    inspect: Inspect, tmp_path: Path, floor: str
) -> None:
    _, (found,) = inspect(part(tmp_path / "ng.png", CERTAIN, DOUBTED), f"--floor={floor}")
    assert found["verdict"] == "NG"
    assert len(found["detections"]) >= 2


def test_a_version_of_the_recipe_can_be_named(
    inspect: Inspect, tmp_path: Path, site: Shelf
) -> None:
    site.save(
        "coded", Recipe(pack="coded", others=Limits(action="ignore"), defects={"short": Limits()})
    )
    board = part(tmp_path / "a.png", CERTAIN)
    verdicts = [inspect(board, *words)[1][0] for words in ([], ["--version", 1])]
    assert [each["verdict"] for each in verdicts] == ["OK", "NG"]
    assert [each["recipe"]["version"] for each in verdicts] == [2, 1]


def test_what_cannot_be_read_is_review_in_its_place(inspect: Inspect, tmp_path: Path) -> None:
    broken = tmp_path / "broken.png"
    broken.write_bytes(b"no picture")
    status, found = inspect(broken, part(tmp_path / "ok.png"))
    assert status == 1
    assert [each["verdict"] for each in found] == ["REVIEW", "OK"]
    assert list(found[0]) == KEYS
    assert found[0]["detections"] == []
    assert found[0]["recipe"] == found[1]["recipe"]
    assert found[0]["recipe"]["name"] == "coded"


def test_a_region_outside_a_picture_is_review_with_that_sentence(
    inspect: Inspect, tmp_path: Path, site: Shelf
) -> None:
    site.save("coded", Recipe(pack="coded", region=(0, 0, 500, 100)))
    status, (found,) = inspect(part(tmp_path / "a.png"))
    assert (status, found["verdict"]) == (1, "REVIEW")
    assert "lies outside the picture of 128 × 128 pixels" in found["reasons"][0]
    assert found["recipe"]["version"] == 2


def test_boxes_are_pixels_of_the_picture_as_it_lies_upright(
    inspect: Inspect, tmp_path: Path
) -> None:
    turned = tmp_path / "turned.png"
    exif = Image.Exif()
    exif[0x0112] = 6  # EXIF orientation: turn clockwise to see it upright
    upright = part(tmp_path / "a.png", CERTAIN)
    Image.open(upright).rotate(90, expand=True).save(turned, exif=exif)
    _, (one, other) = inspect(upright, turned)
    assert one["detections"] == other["detections"] != []


@pytest.mark.parametrize("mode", ["L", "RGBA", "I;16", "P"])
def test_grey_deep_and_translucent_pictures_are_inspected_alike(
    inspect: Inspect, tmp_path: Path, mode: str
) -> None:
    plain = part(tmp_path / "a.png", CERTAIN)
    grey = Image.open(plain).convert("L")
    other = tmp_path / "other.png"
    if mode == "I;16":
        deep = cv2.imread(str(plain), cv2.IMREAD_GRAYSCALE)
        assert deep is not None
        cv2.imwrite(str(other), deep.astype("uint16") * 257)
    else:
        grey.convert(mode).save(other)
    _, (one, same) = inspect(plain, other)
    assert one["detections"] == same["detections"] != []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--recipe", "codex"], "coded"),
        (["--recipe", "coded", "--version", "9"], "no version 9"),
        (["--recipe", "coded", "--engine", "gpu"], "auto, cpu"),
        (["--recipe", "coded", "--threads", "-1"], "threads"),
        (["--recipe", "unfit"], "knows no “opne”"),
    ],
)
def test_wrong_use_is_status_2_and_says_what_was_meant(
    words: list[str], said: str, tmp_path: Path, site: Shelf, capsys: pytest.CaptureFixture[str]
) -> None:
    site.save("unfit", Recipe(pack="coded", defects={"opne": Limits()}))
    assert main(["inspect", str(part(tmp_path / "a.png")), *words]) == 2
    assert said in capsys.readouterr().err


def test_a_pack_that_was_altered_ends_the_batch_with_its_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    weights = paths.models() / "coded" / "model.onnx"
    weights.write_bytes(weights.read_bytes()[:-1])
    assert main(["inspect", "--recipe", "coded", str(part(tmp_path / "a.png"))]) == 1
    assert "altered" in capsys.readouterr().err


def test_people_get_a_line_a_defect_and_a_line_a_reason(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    board = part(tmp_path / "a.png", CERTAIN, NOISE)
    assert main(["inspect", "--recipe", "coded", str(board)]) == 0
    headline, defect, reason = capsys.readouterr().out.splitlines()
    assert headline == f"{board}  不合格"
    assert defect.split() == ["开路", "1.00", "4", "36", "20", "52"]
    assert reason.startswith("  ! 开路 × 1")


def test_the_out_folder_holds_pictures_tables_and_a_summary(
    inspect: Inspect, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    inspect(part(tmp_path / "a.png", CERTAIN, NOISE), part(tmp_path / "b.png"), "--out", out)
    names = sorted(path.name for path in out.iterdir())
    assert names == ["0001-a.jpg", "0002-b.jpg", "results.csv", "results.xlsx", "summary.md"]
    red, _, _ = Image.open(out / "0001-a.jpg").convert("RGB").getpixel((4, 44))  # type: ignore[misc]
    assert red > 120, "the defect has a frame"
    summary = (out / "summary.md").read_text(encoding="utf-8")
    assert "| coded 1 | NG | 1 |" in summary
    rows = list(openpyxl.load_workbook(out / "results.xlsx").active.values)  # type: ignore[union-attr]
    assert "coded" in rows[1]
    assert "open 1.00" in str(rows[1])
    assert "0.15" not in str(rows[1])
