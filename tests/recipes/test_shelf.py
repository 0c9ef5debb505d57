"""Versions are numbered, never change, and are never lost or given out twice."""

from __future__ import annotations

import hashlib
import os
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from app.errors import RecipeError
from app.language import catalogue
from app.recipes import Limits, Recipe, Shelf, bound_to, read_file
from recipes.shelves import BOUND, PLAIN, changed, recipes, shelf

DARK = changed(title="dark")


def code(use: object, *words: object, **more: object) -> str:
    with pytest.raises(RecipeError) as told:
        use(*words, **more)  # type: ignore[operator]
    assert "{" not in told.value.what.text(catalogue("zh_CN"))
    return told.value.code


def test_the_bundled_recipe_names_its_pack_and_runs_unlocked() -> None:
    version = Shelf().load("pcb")
    assert (version.name, version.version, version.saved_at) == ("pcb", 1, None)
    assert version.recipe.pack == "pcb-defects"
    assert version.recipe.golden.parts == ""
    assert version.recipe.title == "裸板"


def test_a_bundled_recipe_is_version_1_and_a_changed_one_the_next(tmp_path: Path) -> None:
    here = shelf(tmp_path)
    assert (here.names(), here.versions("pcb")) == (("pcb",), (1,))
    saved = here.save("pcb", DARK, "  for the\n dark hall ")
    assert (saved.version, saved.note) == (2, "for the dark hall")
    assert saved.saved_at is not None
    assert abs(saved.saved_at - datetime.now(UTC)) < timedelta(minutes=1)
    assert here.versions("pcb") == (1, 2)
    assert here.load("pcb") == saved
    assert here.load("pcb", 1).recipe == PLAIN


def test_a_recipe_of_the_sites_own_begins_at_1(tmp_path: Path) -> None:
    here = shelf(tmp_path)
    assert here.save("board-a", DARK).version == 1
    assert here.names() == ("board-a", "pcb")


def test_what_equals_the_newest_version_stays_that_version(tmp_path: Path) -> None:
    here = shelf(tmp_path)
    assert here.save("pcb", PLAIN).version == 1
    assert not (tmp_path / "own").exists()
    second = here.save("pcb", DARK, "why")
    assert here.save("pcb", DARK, "again") == second
    assert here.save("pcb", PLAIN).version == 3


def test_a_mark_holds_the_hash_of_the_text(tmp_path: Path) -> None:
    here = shelf(tmp_path)
    here.save("pcb", DARK)
    for number, path in ((1, "bundled/pcb.toml"), (2, "own/pcb/2.toml")):
        expected = hashlib.sha256((tmp_path / path).read_bytes()).hexdigest()
        assert here.load("pcb", number).mark.sha256 == expected


def test_two_writers_never_get_the_same_number(tmp_path: Path) -> None:
    numbers: list[int] = []
    start = threading.Barrier(4)

    def write(writer: int) -> None:
        start.wait()
        for turn in range(8):
            recipe = changed(title=f"{writer} {turn}")
            saved = shelf(tmp_path).save("board", recipe)
            assert saved.recipe == recipe
            numbers.append(saved.version)

    writers = [threading.Thread(target=write, args=(each,)) for each in range(4)]
    for each in writers:
        each.start()
    for each in writers:
        each.join()
    assert sorted(numbers) == list(range(1, 33))
    assert shelf(tmp_path).versions("board") == tuple(range(1, 33))
    assert [p.name for p in (tmp_path / "own" / "board").iterdir() if p.suffix != ".toml"] == []


@given(recipes)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
def test_every_recipe_comes_back_as_it_was_saved(tmp_path: Path, recipe: Recipe) -> None:
    here = shelf(tmp_path)
    saved = here.save("any", recipe)
    assert saved.recipe == recipe
    assert here.load("any", saved.version) == saved


def test_a_file_shows_what_there_is_to_change_and_else_only_differences(tmp_path: Path) -> None:
    shelf(tmp_path).save(
        "pcb", changed(defects={"spur": Limits(smallest=4)}, masks=((1, 2, 3, 4),))
    )
    text = (tmp_path / "own" / "pcb" / "2.toml").read_text(encoding="utf-8")
    assert text.partition("[saved]")[0].split("\n") == [
        'title = "裸板"',
        'pack = "pcb-defects"',
        'trigger = "part"',
        "masks = [[1, 2, 3, 4]]",
        "",
        "[tiling]",
        'mode = "tiles"',
        "overlap = 64",
        "",
        "[others]",
        'action = "NG"',
        "score = 0.5",
        "review = 0.25",
        "",
        "[defects.spur]",
        'action = "NG"',
        "score = 0.5",
        "review = 0.25",
        "smallest = 4",
        "tolerated = 0",
        "",
        "",
    ]


def test_an_unknown_recipe_or_version_names_what_there_is(tmp_path: Path) -> None:
    here = shelf(tmp_path)
    with pytest.raises(RecipeError, match=r"There is no recipe “pbc”. Did you mean “pcb”\?"):
        here.load("pbc")
    with pytest.raises(RecipeError, match=r"no version 7. Choose one of: 1\."):
        here.load("pcb", 7)
    assert code(Shelf(tmp_path / "none", tmp_path / "none").load, "pcb") == "recipe-unknown"


@pytest.mark.parametrize("name", ["", "../pcb", "Board A", "板", "a" * 41, "a/b", "pcb\n"])
def test_a_name_leads_nowhere_but_onto_the_shelf(tmp_path: Path, name: str) -> None:
    here = shelf(tmp_path)
    assert code(here.save, name, PLAIN) == "recipe-wrong"
    assert code(here.load, name) == "recipe-unknown"


def test_foreign_files_on_the_shelf_are_no_versions(tmp_path: Path) -> None:
    here = shelf(tmp_path)
    here.save("pcb", DARK)
    folder = tmp_path / "own" / "pcb"
    for name in ("0.toml", "07.toml", "x.toml", "8.toml~", "-1.toml", ".recipe-abc"):
        (folder / name).write_text("")
    (tmp_path / "own" / "empty").mkdir()
    (tmp_path / "own" / "Notes").mkdir()
    assert (here.names(), here.versions("pcb")) == (("pcb",), (1, 2))


def test_a_broken_newest_version_is_told_and_followed_by_a_sound_one(tmp_path: Path) -> None:
    here = shelf(tmp_path)
    here.save("pcb", DARK)
    broken = tmp_path / "own" / "pcb" / "3.toml"
    broken.write_text("pack = ")
    assert code(here.load, "pcb") == "recipe-wrong"
    assert here.load("pcb", 2).recipe == DARK
    assert here.save("pcb", DARK).version == 4
    assert broken.read_text() == "pack = "


def test_what_is_no_file_is_not_waited_for(tmp_path: Path) -> None:
    here = shelf(tmp_path)
    folder = tmp_path / "own" / "pcb"
    folder.mkdir(parents=True)
    os.mkfifo(folder / "5.toml")
    (folder / "6.toml").mkdir()
    assert code(here.load, "pcb", 5) == "recipe-wrong"
    assert code(here.load, "pcb", 6) == "recipe-wrong"
    assert code(read_file, tmp_path / "nothing.toml") == "recipe-wrong"


def test_what_could_not_be_read_again_is_never_written(tmp_path: Path) -> None:
    here = shelf(tmp_path)
    assert code(here.save, "pcb", DARK, "why " * 100_000) == "recipe-wrong"
    assert here.versions("pcb") == (1,)
    assert not (tmp_path / "own").exists()


def test_a_shelf_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    here = shelf(tmp_path)
    (tmp_path / "own").write_text("a file where the folder should be")
    assert code(here.save, "pcb", DARK) == "recipe-not-written"
    assert here.load("pcb").version == 1


def test_a_bound_goes_with_what_it_was_proven_for(tmp_path: Path) -> None:
    here = shelf(tmp_path)
    proven = here.save("pcb", bound_to(PLAIN, BOUND))
    assert proven.recipe.bound is not None
    assert here.load("pcb") == proven
    renamed = here.save("pcb", changed(proven.recipe, title="renamed"))
    assert renamed.recipe.bound == proven.recipe.bound
    loosened = here.save("pcb", changed(proven.recipe, others=Limits(score=0.9)))
    assert loosened.recipe.bound is None


def test_a_bound_in_a_file_changed_by_hand_is_not_believed(tmp_path: Path) -> None:
    here = shelf(tmp_path)
    here.save("pcb", bound_to(PLAIN, BOUND))
    path = tmp_path / "own" / "pcb" / "2.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("score = 0.5", "score = 0.6"))
    assert here.load("pcb", 2).recipe.bound is None
    assert read_file(path).bound is None
