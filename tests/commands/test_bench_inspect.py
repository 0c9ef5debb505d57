"""``mingjian bench inspect`` measures what really runs."""

from __future__ import annotations

import json
from pathlib import Path

import cv2
import pytest
from reader.coded_network import SIDE, black, write_pack

from app import paths
from app.__main__ import main
from app.commands import _bench_inspect
from app.recipes import Recipe, Shelf


@pytest.fixture(autouse=True)
def quick(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    models = tmp_path_factory.mktemp("models")
    write_pack(models)
    monkeypatch.setattr(paths, "models", lambda: models)
    monkeypatch.setattr(_bench_inspect, "WARM_UP_S", 0.1)
    Shelf().save("coded", Recipe(pack="coded"))


def test_rates_latencies_and_lost_frames_are_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    cv2.imwrite(str(tmp_path / "a.png"), black(SIDE, SIDE))
    words = ["--recipe", "coded", "--rounds", "2", "--seconds", "0.1", "--threads", "1", "--json"]
    assert main(["bench", "inspect", str(tmp_path), *words]) == 0
    told = json.loads(capsys.readouterr().out)
    still = told["still"]
    assert (still["pictures"], still["rounds"], still["threads"]) == (1, 2, 1)
    assert 0 < still["per_second"] <= still["from_frame_per_second"]
    assert 0 <= still["over_model_p50"] <= still["over_model_p99"]
    assert [run["verdicts"] > 0 for run in told["live"]] == [True] * 3
    assert all(run["lost"] >= 0 and run["model_p50"] > 0 for run in told["live"])
    assert told["recipe"]["name"] == "coded"
    assert "Python" in told["machine"]


def test_people_get_tables(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    cv2.imwrite(str(tmp_path / "a.png"), black(SIDE, SIDE))
    words = ["--recipe", "coded", "--rounds", "1", "--seconds", "0.1"]
    assert main(["bench", "inspect", str(tmp_path), *words]) == 0
    printed = capsys.readouterr().out
    assert printed.count("| 1080p at 30/s |") == 1
    assert "| 1 × 1 |" in printed
