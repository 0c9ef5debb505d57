"""``mingjian recipe``: recipes are listed, shown, begun, saved and checked."""

from __future__ import annotations

import json
from pathlib import Path

import cv2
import numpy as np
import pytest
from recipes.shelves import BOUND

from app.__main__ import main
from app.recipes import Limits, Recipe, Shelf, bound_to

Out = pytest.CaptureFixture[str]


def run(out: Out, *words: object) -> tuple[int, str, str]:
    out.readouterr()
    status = main(["recipe", *map(str, words)])
    said = out.readouterr()
    return status, said.out, said.err


def file(folder: Path, text: str) -> Path:
    path = folder / "recipe.toml"
    path.write_text('pack = "pcb-defects"\n' + text, encoding="utf-8")
    return path


def test_every_recipe_is_listed_with_version_title_and_pack(capsys: Out) -> None:
    Shelf().save("board-a", Recipe(pack="pcb-defects", title="甲板"))
    status, said, _ = run(capsys, "list")
    assert status == 0
    assert [line.split() for line in said.splitlines()[1:]] == [
        ["board-a", "1", "甲板", "pcb-defects"],
        ["pcb", "1", "裸板", "pcb-defects"],
    ]
    objects = [json.loads(line) for line in run(capsys, "list", "--json")[1].splitlines()]
    assert [(each["name"], each["versions"]) for each in objects] == [
        ("board-a", [1]),
        ("pcb", [1]),
    ]


def test_a_broken_recipe_is_listed_with_its_fault(own_home: Path, capsys: Out) -> None:
    broken = own_home / "recipes" / "board" / "1.toml"
    broken.parent.mkdir(parents=True)
    broken.write_text("titel = 1")
    status, said, _ = run(capsys, "list")
    assert status == 1
    assert "did you mean “title”?" in said
    assert "pcb-defects" in said


def test_a_recipe_is_begun_shown_changed_and_saved_as_the_next_version(
    tmp_path: Path, capsys: Out
) -> None:
    assert run(capsys, "new", "board", "--pack", "pcb-defects", "--title", "乙")[0] == 0
    status, text, _ = run(capsys, "show", "board")
    assert status == 0
    assert 'title = "乙"' in text
    changed = tmp_path / "changed.toml"
    changed.write_text(text.replace("score = 0.5", "score = 0.7"), encoding="utf-8")
    assert run(capsys, "save", changed, "board", "--note", "quieter")[1] == "board v2\n"
    version = Shelf().load("board")
    assert (version.version, version.note, version.recipe.others.score) == (2, "quieter", 0.7)
    shown = json.loads(run(capsys, "show", "board", "--version", "1", "--json")[1])
    assert (shown["version"], shown["recipe"]["others"]["score"]) == (1, 0.5)


def test_what_is_shown_cannot_steer_the_terminal(own_home: Path, capsys: Out) -> None:
    path = own_home / "recipes" / "board" / "1.toml"
    path.parent.mkdir(parents=True)
    path.write_text('pack = "pcb-defects"  # \u009b31m\n', encoding="utf-8")
    assert "\u009b" not in run(capsys, "show", "board")[1]


def test_a_file_that_does_not_fit_its_pack_is_not_saved(tmp_path: Path, capsys: Out) -> None:
    wrong = file(tmp_path, "[defects.pinhole]\ntolerated = 1\n")
    for words in (("save", wrong, "board"), ("check", wrong)):
        status, said, _ = run(capsys, *words)
        assert status == 1
        assert "knows no “pinhole”; did you mean “pin-hole”?" in said
    assert Shelf().names() == ("pcb",)


def test_areas_are_checked_on_a_picture(tmp_path: Path, capsys: Out) -> None:
    picture = tmp_path / "part.png"
    cv2.imwrite(str(picture), np.zeros((40, 60, 3), np.uint8))
    recipe = file(tmp_path, "region = [0, 0, 61, 40]\n")
    status, said, _ = run(capsys, "check", recipe, "--picture", picture)
    assert (status, said) == (1, "The region reaches to 61 × 40, the picture only to 60 × 40.\n")
    assert run(capsys, "check", recipe) == (0, "Nothing is wrong with it.\n", "")
    assert json.loads(run(capsys, "check", "pcb", "--json")[1]) == {"fits": True, "faults": []}


def test_a_bound_of_other_models_is_told(capsys: Out) -> None:
    pcb = Shelf().load("pcb").recipe
    Shelf().save("pcb", bound_to(pcb, BOUND))
    status, said, _ = run(capsys, "check", "pcb")
    assert status == 1
    assert "proven with other models" in said


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("show", "pbc"), "Did you mean “pcb”?"),
        (("show", "pcb", "--version", "9"), "Choose one of: 1."),
        (("save", "nowhere.toml", "board"), "cannot be read: No such file"),
        (("new", "Board", "--pack", "pcb-defects"), "“Board” cannot be the name"),
    ],
)
def test_a_wrong_word_is_told_as_wrong_use(words: tuple[str, ...], told: str, capsys: Out) -> None:
    status, _, said = run(capsys, *words)
    assert status == 2
    assert told in said


def test_a_pack_that_is_not_there_begins_no_recipe(capsys: Out) -> None:
    status, _, said = run(capsys, "new", "board", "--pack", "pcb-defect")
    assert status == 1
    assert "Did you mean “pcb-defects”?" in said
    assert Shelf().names() == ("pcb",)


def test_a_recipe_speaks_chinese_on_a_chinese_system(
    tmp_path: Path, capsys: Out, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    Shelf().save("board", Recipe(pack="pcb-defects", others=Limits(action="ignore")))
    assert "每个工件都会判为合格" in run(capsys, "check", "board")[1]
    assert run(capsys, "list")[1].startswith("检测方案")
