"""``mingjian line``: the line without a window, one object a part and a change."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from reader.coded_network import write_pack

from app import paths
from app.__main__ import main
from app.capture._address import written
from app.recipes import Golden, PictureLimits, Recipe, Shelf
from app.records import open_records
from app.settings import Settings
from commands.files import Objects
from commands.known_parts import write_parts

LIT = PictureLimits(darkest=1)


@pytest.fixture(autouse=True)
def shelf(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Shelf:
    """Put a pack whose answers are drawn, and a recipe for it, where the product looks."""
    models = tmp_path_factory.mktemp("models")
    write_pack(models)
    monkeypatch.setattr(paths, "models", lambda: models)
    shelf = Shelf()
    shelf.save("coded", Recipe(pack="coded", picture=LIT))
    return shelf


@pytest.fixture
def source(tmp_path: Path) -> str:
    """A good, a bad and a doubtful part."""
    return written("folder", str(write_parts(tmp_path / "parts", [0, 0.99, 0.4])))


def run(*words: object) -> int:
    return main(["line", "--recipe", "coded", *map(str, words)])


def objects(capsys: pytest.CaptureFixture[str]) -> Objects:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_every_part_state_and_record_is_an_object(
    source: str, capsys: pytest.CaptureFixture[str], own_home: Path
) -> None:
    assert run("--source", source, "--json") == 0
    told = objects(capsys)
    found = [each for each in told if "verdict" in each]
    assert [each["verdict"] for each in found] == ["OK", "NG", "REVIEW"]
    assert [each["parts"] for each in found] == [1, 2, 3]
    assert found[1]["detections"][0]["label"] == "open"
    assert found[1]["recipe"]["name"] == "coded"
    recorded = [record_id for each in told for record_id in each.get("recorded", [])]
    assert recorded == [each["record"] for each in found]
    states = [each["state"] for each in told if "state" in each]
    assert states[0] == "running"
    assert "stopped" in states
    with open_records(own_home / "records") as records:
        assert [each.id for each in records.each()] == recorded


def test_people_get_sentences_in_their_language(
    source: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    assert run("--source", source) == 0
    said = capsys.readouterr().out.splitlines()
    assert said[0] == "产线运行中。"
    assert said.count("产线运行中。") == 1
    assert any("不合格" in line for line in said)


def test_it_ends_after_so_many_parts_of_an_endless_belt(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_parts(tmp_path / "parts", [0.99, 0.99])
    belt = written("belt", str(tmp_path / "parts"), width=256, height=192, rest=0.5, travel=0.3)
    assert run("--source", belt, "--parts", 1, "--json") == 0
    assert sum("verdict" in each for each in objects(capsys)) >= 1


def test_a_line_that_is_locked_to_its_end_says_why_and_ends_in_trouble(
    source: str, shelf: Shelf, capsys: pytest.CaptureFixture[str]
) -> None:
    shelf.save("coded", Recipe(pack="coded", golden=Golden(parts="boards")))
    assert run("--source", source, "--seconds", 0.5, "--json") == 1
    told = objects(capsys)
    (locked,) = (each for each in told if each.get("state") == "locked")
    assert [lock["code"] for lock in locked["locks"]] == ["golden-due"]
    assert not any("verdict" in each for each in told)


def test_a_source_that_is_not_there_ends_it_with_the_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("--source", f"v4l2:{tmp_path}/video9", "--seconds", 0.5, "--json") == 1
    assert any("problem" in each for each in objects(capsys))


def test_an_unknown_recipe_is_wrong_use_with_the_nearest_name(
    source: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["line", "--recipe", "cdoed", "--source", source]) == 2
    assert "coded" in capsys.readouterr().err


def test_an_interrupted_line_records_what_it_judged(tmp_path: Path, own_home: Path) -> None:
    child = subprocess.Popen(
        [sys.executable, "-m", "app", "line", "--recipe", "pcb", "--json"],
        cwd=Path(__file__).parent.parent.parent,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert child.stdout
    told = []
    for line in child.stdout:
        told.append(json.loads(line))
        if "verdict" in told[-1]:
            child.send_signal(signal.SIGTERM)
            break
    told += [json.loads(line) for line in child.stdout]
    child.stdout.close()
    assert child.wait() == 128 + signal.SIGTERM
    judged = [each["record"] for each in told if "record" in each]
    assert Settings().records.folder == ""
    with open_records(own_home / "records") as records:
        assert [each.id for each in records.each()] == judged


def test_the_endurance_of_a_line_is_measured_in_ten_points(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["bench", "line", "--frames", "20", "--idle"]) == 0
    said = capsys.readouterr().out.splitlines()
    assert sum(line.startswith("| ") for line in said) == 11
    assert "judged 20, told as recorded 20, in the records 20" in said
