"""``mingjian recipe calibrate``: from pictures of known parts to a saved version with its bound."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import pytest
from reader.coded_network import write_pack

from app import paths
from app.__main__ import main
from app.engine._pack import load_pack
from app.recipes import Limits, PictureLimits, Recipe, Shelf, holds
from app.vocabulary import EngineMark
from commands.known_parts import write_parts

Run = Callable[..., tuple[int, str]]
GOOD, BAD = (0.1, 0.15, 0.2), (0.6, 0.8, 0.9, 0.95)


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run the command on a coded network; without folders with clearly different parts."""
    write_pack(tmp_path / "models")
    monkeypatch.setattr(paths, "models", lambda: tmp_path / "models")
    light = PictureLimits(darkest=1, contrast=1)
    Shelf().save("board", Recipe(pack="coded", picture=light))
    write_parts(tmp_path / "good", GOOD)
    write_parts(tmp_path / "bad", BAD)

    def calibrate(*words: object, ok: str = "good", ng: str = "bad") -> tuple[int, str]:
        folders = ("--ok", str(tmp_path / ok), "--ng", str(tmp_path / ng))
        capsys.readouterr()
        status = main(["recipe", "calibrate", "board", *folders, *map(str, words)])
        said = capsys.readouterr()
        return status, said.out + said.err

    return calibrate


ASKED = ("--escapes", "0.5", "--confidence", "0.9")
"""Four parts without an escape prove 44 % at 90 %."""


def test_thresholds_are_saved_with_the_bound_that_the_parts_prove(run: Run) -> None:
    status, said = run(*ASKED, "--write", "--note", "spring")
    assert status == 0
    assert "Saved as board v2." in said
    version = Shelf().load("board")
    bound = version.recipe.bound
    assert bound is not None
    assert bound.escapes == pytest.approx(1 - 0.1 ** (1 / 4))
    assert (bound.ng_parts, bound.escaped, bound.ok_parts, bound.false_alarms) == (4, 0, 3, 0)
    assert 0.2 < version.recipe.others.review < 0.6
    assert version.recipe.others.score == pytest.approx(0.6, abs=0.05)
    assert version.note == "spring"
    sha256 = load_pack("coded").manifest.weights[0].sha256
    assert holds(bound, EngineMark("onnxruntime", "cpu", (("coded", sha256),)))


def test_without_being_asked_nothing_is_saved(run: Run) -> None:
    status, said = run(*ASKED)
    assert status == 0
    assert "“--write” saves it" in said
    assert Shelf().versions("board") == (1,)


def test_too_few_parts_say_what_they_prove_and_how_many_are_needed(run: Run) -> None:
    status, said = run("--write")
    assert status == 1
    assert "At most 52.8 % of all, with 95 % confidence." in said
    assert "598 NG parts are needed for it, 594 more." in said
    assert Shelf().versions("board") == (1,)


def test_the_curve_and_the_doubtful_labels_are_shown(run: Run, tmp_path: Path) -> None:
    _, said = run(*ASKED)
    assert "good/2.png" in said.split("The strongest OK parts")[1]
    assert "bad/0.png" in said.split("The weakest NG parts")[1].split("\n")[1]
    assert "──── doubtful from 0." in said
    curve = said.split("Threshold")[1].splitlines()
    row = next(line for line in curve if line.strip().startswith("0.85"))
    assert row.split() == ["0.85", "2", "85.8", "%", "0", "0", "%", "0"]


def test_the_curve_is_drawn_where_asked(run: Run, tmp_path: Path) -> None:
    assert run(*ASKED, "--out", tmp_path / "curve.png")[0] == 0
    drawn = cv2.imread(str(tmp_path / "curve.png"))
    assert drawn is not None
    assert len(np.unique(drawn.reshape(-1, 3), axis=0)) > 4
    status, said = run(*ASKED, "--out", tmp_path / "nowhere" / "curve.png")
    assert status == 1
    assert "cannot be written" in said


def test_everything_comes_as_one_object_where_asked(run: Run) -> None:
    status, said = run(*ASKED, "--json", "--write")
    shown = json.loads(said)
    assert status == 0
    assert (shown["recipe"], shown["saved"]) == ({"name": "board", "version": 1}, 2)
    assert [part["known"] for part in shown["parts"]] == ["OK"] * 3 + ["NG"] * 4
    assert shown["parts"][3]["scores"]["open"] == pytest.approx(0.6, abs=0.05)
    assert {"threshold", "escaped", "bound", "stopped", "reviewed", "alarmed"} == set(
        shown["curve"][0]
    )


def test_copies_poor_and_broken_pictures_prove_nothing(run: Run, tmp_path: Path) -> None:
    bad = tmp_path / "bad"
    shutil.copy(bad / "3.png", bad / "copy.png")
    (bad / "broken.png").write_bytes(b"\x89PNG")
    cv2.imwrite(str(bad / "dark.png"), np.zeros((128, 128, 3), np.uint8))
    _, said = run(*ASKED)
    assert "3 OK parts and 4 NG parts were measured, 3 were left out." in said
    assert "copy.png: The same picture as" in said
    assert "dark.png: No part is seen" in said


def test_a_picture_that_is_labelled_both_ways_is_told(run: Run, tmp_path: Path) -> None:
    shutil.copy(tmp_path / "good" / "1.png", tmp_path / "bad" / "9.png")
    status, said = run(*ASKED, "--write")
    assert status == 1
    assert "show the same picture, one as OK and one as NG" in said
    assert Shelf().versions("board") == (1,)


def test_an_unseen_ng_part_keeps_the_bound_from_being_proven(run: Run, tmp_path: Path) -> None:
    write_parts(tmp_path / "blind", (0.0, 0.9, 0.95, 0.99))
    status, said = run(*ASKED, ng="blind")
    assert status == 1
    assert "On 1 NG parts the detector sees nothing at all" in said


def test_limits_of_size_count_before_scores(run: Run) -> None:
    light = PictureLimits(darkest=1, contrast=1)
    small = Recipe(pack="coded", picture=light, others=Limits(smallest=17))
    Shelf().save("board", small)
    status, said = run(*ASKED)
    assert status == 1
    assert "On 4 NG parts the detector sees nothing at all" in said


def test_a_folder_without_pictures_proves_nothing(run: Run, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    status, said = run(*ASKED, ok="empty")
    assert status == 1
    assert "Of 0 OK and 4 NG parts that could be measured nothing can be proven." in said


@pytest.mark.parametrize(
    "words",
    [("--escapes", "0"), ("--escapes", "5"), ("--confidence", "1"), ("--false-alarms", "-1")],
)
def test_a_share_that_is_none_is_wrong_use(run: Run, words: tuple[str, str]) -> None:
    assert run(*words)[0] == 2


def test_the_proof_is_told_in_chinese_too(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    said = run()[1]
    assert "漏检率不超过 52.8 %，置信度 95 %。" in said
    assert "需要 598 个不良品，还差 594 个。" in said
