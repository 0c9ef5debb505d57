"""Whatever fails on a line: one sentence, a state to be seen, nothing OK that was not seen."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
import threading
from pathlib import Path

import numpy as np
import pytest
from commands.known_parts import write_parts
from reader.coded_network import write_pack
from station.parts import PATIENCE_S

from app import assembly, paths
from app.capture._address import written
from app.errors import RecipeError
from app.line import Judged, Line, LineState
from app.line.hosting import hosted
from app.recipes import Limits, PictureLimits, Recipe, Shelf
from app.records import Records, open_records
from app.settings import Settings
from app.station import Problem, Solved, Station
from app.vocabulary import Decision
from line.line_parts import GOOD, Heard, work_off

TESTS = Path(__file__).parent.parent
LIT = PictureLimits(darkest=1)
ALONE = ["unshare", "--user", "--map-root-user", "--mount"]
"""A namespace of its own, in which any user may mount."""


def start_child(task: str, folder: Path, *before: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [*before, sys.executable, "-m", "line.child", task, str(folder)],
        cwd=TESTS,
        stdout=subprocess.PIPE,
        text=True,
    )


def test_a_killed_line_has_recorded_what_it_told_and_counts_it_again(folder: Path) -> None:
    child = start_child("work", folder)
    assert child.stdout
    assert child.stdout.readline() == "open\n"
    moment = float(np.random.default_rng().uniform(1.2, 1.8))
    killer = threading.Timer(moment, child.send_signal, (signal.SIGKILL,))
    killer.start()
    told = [line.strip() for line in child.stdout if line.endswith("\n")]
    killer.join()
    child.stdout.close()
    assert child.wait() == -signal.SIGKILL
    assert told
    with open_records(folder) as records:
        kept = {each.id: each for each in records.each()}
        assert set(told) <= set(kept)
        for record_id, record in kept.items():
            assert records.picture(record_id).shape == (60, 80, 3), record.decision
        tally = work_off(records, GOOD).judged()[-1].tally
        assert tally.parts == len(kept) + 1
        assert tally.ng == sum(each.decision is Decision.NG for each in kept.values())


def test_a_disk_that_fills_in_mid_run_locks_the_line_and_nothing_judged_is_lost(
    tmp_path: Path,
) -> None:
    if shutil.which("unshare") is None or subprocess.call(
        [*ALONE, "mount", "-t", "tmpfs", "none", tmp_path], stderr=subprocess.DEVNULL
    ):
        pytest.skip("this machine lets nobody mount a small disk")
    child = start_child("full", tmp_path / "disk", *ALONE)
    said = child.communicate()[0].splitlines()
    assert child.returncode == 0
    assert said[0] == "locked records-stuck"
    assert said[1].startswith("Judged parts cannot be recorded. The disk of")
    assert said[2:] == ["whole"]


@pytest.fixture
def folder_of_parts(tmp_path: Path) -> str:
    """Two good parts, as the address of a source."""
    return written("folder", str(write_parts(tmp_path / "parts", [0, 0])))


@pytest.fixture
def packs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shelf = tmp_path / "models"
    write_pack(shelf)
    monkeypatch.setattr(paths, "models", lambda: shelf)
    return shelf


def open_line(records: Records, recipe: Recipe, source: str, heard: Heard) -> tuple[Line, Station]:
    Shelf().save("parts", recipe)
    return assembly.open_line(Settings(), "parts", heard, records=records, source=source)


def faulted(records: Records, recipe: Recipe, source: str) -> tuple[Heard, Problem]:
    """Run a line until it is faulted; return what it told and its problem."""
    heard = Heard()
    line, station = open_line(records, recipe, source, heard)
    with hosted(line, station):
        heard.until_state(LineState.FAULTED)
        heard.until(lambda: bool(heard.of(Problem)))
    problem = heard.of(Problem)[0]
    assert isinstance(problem, Problem)
    assert heard.judged() == []
    assert records.count() == 0
    return heard, problem


def test_a_damaged_model_pack_faults_the_line_and_judges_nothing(
    records: Records, packs: Path, folder_of_parts: str
) -> None:
    model = packs / "coded" / "model.onnx"
    model.write_bytes(model.read_bytes()[:-1] + b"!")
    _, problem = faulted(records, Recipe(pack="coded", picture=LIT), folder_of_parts)
    assert "coded" in str(problem.what)
    assert str(problem.hint)


def test_a_pack_that_is_put_back_is_taken_and_the_parts_are_judged(
    records: Records, packs: Path, folder_of_parts: str
) -> None:
    model = packs / "coded" / "model.onnx"
    whole = model.read_bytes()
    model.write_bytes(whole[:-1] + b"!")
    heard = Heard()
    line, station = open_line(
        records, Recipe(pack="coded", picture=LIT, trigger="every"), folder_of_parts, heard
    )
    with hosted(line, station):
        heard.until_state(LineState.FAULTED)
        model.write_bytes(whole)
        heard.until_judged(2)
    assert len(heard.of(Solved)) == 1


def test_a_recipe_that_names_a_class_the_pack_lacks_is_told_with_the_nearest(
    records: Records, packs: Path, folder_of_parts: str
) -> None:
    recipe = Recipe(pack="coded", picture=LIT, defects={"opne": Limits()})
    _, problem = faulted(records, recipe, folder_of_parts)
    assert "opne" in str(problem.what)
    assert "open" in str(problem.what)


def test_a_region_outside_the_picture_makes_every_part_review_with_the_sentence(
    records: Records, packs: Path, folder_of_parts: str
) -> None:
    heard = Heard()
    recipe = Recipe(pack="coded", picture=LIT, trigger="every", region=(0, 0, 5000, 5000))
    line, station = open_line(records, recipe, folder_of_parts, heard)
    with hosted(line, station) as ended:
        assert ended.wait(PATIENCE_S)
    assert heard.decisions() == [Decision.REVIEW] * 2
    (news, _) = heard.judged()
    assert isinstance(news, Judged)
    assert "5000" in str(news.inspection.verdict.reasons[0].message)
    assert [each.decision for each in records.each()] == [Decision.REVIEW] * 2


def test_a_source_that_cannot_be_opened_faults_the_line(
    records: Records, packs: Path, tmp_path: Path
) -> None:
    _, problem = faulted(
        records, Recipe(pack="coded", picture=LIT), written("belt", str(tmp_path / "nowhere"))
    )
    assert "nowhere" in str(problem.what)


def test_a_picture_that_cannot_be_read_is_review_and_the_next_part_is_judged(
    records: Records, packs: Path, folder_of_parts: str, tmp_path: Path
) -> None:
    (tmp_path / "parts" / "0.png").write_bytes(b"\x89PNG")
    heard = Heard()
    line, station = open_line(
        records, Recipe(pack="coded", picture=LIT, trigger="every"), folder_of_parts, heard
    )
    with hosted(line, station) as ended:
        assert ended.wait(PATIENCE_S)
    assert heard.decisions() == [Decision.REVIEW, Decision.OK]


def test_what_is_given_without_a_recipe_of_that_name_is_refused_at_once(records: Records) -> None:
    with pytest.raises(RecipeError):
        assembly.open_line(Settings(), "parst", Heard(), records=records, source="belt:")
