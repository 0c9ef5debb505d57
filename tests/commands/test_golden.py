"""``mingjian golden``: sets are made and listed, a run is told part by part and recorded."""

from __future__ import annotations

from pathlib import Path

import pytest
from reader.coded_network import write_pack

from app import paths
from app.__main__ import main
from app.recipes import Golden, PictureLimits, Recipe, Shelf, Tiling
from app.records import open_records
from commands.known_parts import write_parts

CERTAIN, DOUBTFUL, NOTHING = 0.99, 0.4, 0.0


@pytest.fixture(autouse=True)
def site(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Shelf:
    """Put a pack whose answers are drawn, and a recipe for it, where the product looks."""
    models = tmp_path_factory.mktemp("models")
    write_pack(models)
    monkeypatch.setattr(paths, "models", lambda: models)
    shelf = Shelf()
    shelf.save(
        "coded",
        Recipe(
            pack="coded",
            tiling=Tiling(overlap=40),
            picture=PictureLimits(darkest=1),
            golden=Golden(parts="boards"),
        ),
    )
    return shelf


def add(tmp_path: Path, good: float, bad: float) -> None:
    for kind, score in (("good", good), ("bad", bad)):
        folder = write_parts(tmp_path / kind, [score])
        assert main(["golden", "add", "boards", kind, str(folder)]) == 0


def test_a_set_that_is_judged_as_it_must_be_passes_and_is_recorded(
    own_home: Path, tmp_path: Path, site: Shelf, capsys: pytest.CaptureFixture[str]
) -> None:
    add(tmp_path, NOTHING, CERTAIN)
    assert "boards: 1 good, 1 bad" in capsys.readouterr().out
    assert main(["golden", "run", "boards", "--recipe", "coded"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "good/0.png: OK, as it must be",
        "bad/0.png: NG, as it must be",
        "Passed: all 2 golden parts.",
    ]
    with open_records(own_home / "records") as records:
        (run,) = records.golden_runs("coded")
    assert run.passed
    assert (run.parts, run.recipe) == ("boards", site.load("coded").mark)


def test_a_bad_part_that_only_raises_doubt_fails_and_the_set_is_that_of_the_recipe(
    own_home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    add(tmp_path, NOTHING, DOUBTFUL)
    capsys.readouterr()
    assert main(["golden", "run", "--recipe", "coded"]) == 1
    told = capsys.readouterr().out.splitlines()
    assert told[1].startswith("bad/0.png: REVIEW, must be NG: Perhaps open")
    assert told[2].startswith("Not passed: 1 of 2")
    with open_records(own_home / "records") as records:
        assert [run.passed for run in records.golden_runs()] == [False]


def test_the_list_names_each_set_and_its_last_run(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["golden", "list"]) == 0
    assert "no golden parts yet" in capsys.readouterr().out
    add(tmp_path, NOTHING, CERTAIN)
    main(["golden", "run", "--recipe", "coded"])
    capsys.readouterr()
    assert main(["golden", "list"]) == 0
    listed = capsys.readouterr().out.splitlines()
    assert listed[0] == "boards: 1 good, 1 bad"
    assert listed[1].startswith("  last run 2")
    assert listed[1].endswith("coded 1: Passed: all 2 golden parts.")


def test_a_missing_set_a_one_sided_set_and_an_unknown_recipe_are_told(
    tmp_path: Path, site: Shelf, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["golden", "run", "--recipe", "coded"]) == 1
    assert "no set of golden parts “boards”" in capsys.readouterr().err
    pictures = write_parts(tmp_path / "good", [NOTHING])
    main(["golden", "add", "boards", "good", str(pictures)])
    assert main(["golden", "run", "--recipe", "coded"]) == 1
    assert "1 good and 0 bad" in capsys.readouterr().err
    assert main(["golden", "run", "boards", "--recipe", "codec"]) == 2
    site.save("free", Recipe(pack="coded"))
    assert main(["golden", "run", "--recipe", "free"]) == 1
    assert "asks for no golden parts" in capsys.readouterr().err


def test_a_picture_that_cannot_be_read_is_not_added(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "0.png").write_bytes(b"no picture")
    assert main(["golden", "add", "boards", "bad", str(tmp_path / "0.png")]) == 1
    assert "0.png" in capsys.readouterr().err
    main(["golden", "list"])
    assert "no golden parts yet" in capsys.readouterr().out
