"""The whole way of a detector, in the toolchain's own environment, on six tiny boards."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from app.toolchain.detector.samples import read_folder
from toolchain.detector_boards import HELD_OUT, LEARNT, SIDE, deeppcb

ROOT = Path(__file__).resolve().parents[2]
NEEDS = ROOT / ".venv-toolchain" / ".ready"
STEPS = 4

pytestmark = [
    pytest.mark.skipif(not NEEDS.exists(), reason="“make toolchain” was not run here"),
    pytest.mark.xdist_group("detector training"),
    pytest.mark.timeout(600),
]


def start(*words: str | Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "app", "model", *map(str, words)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        cwd=ROOT,
        start_new_session=True,
    )


def said(*words: str | Path) -> str:
    child = start(*words)
    text, _ = child.communicate()
    assert child.returncode == 0, text
    return text


def learning(boards: Path, out: Path) -> list[str | Path]:
    tiny: list[str | Path] = [
        "--batch",
        "2",
        "--crop",
        "64",
        "--processes",
        "2",
        "--keep-every",
        "1",
    ]
    return ["--data", boards, "--out", out, "--held-out", HELD_OUT, "--steps", str(STEPS), *tiny]


@pytest.fixture(scope="module")
def boards(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return deeppcb(tmp_path_factory.mktemp("boards"))


@pytest.fixture(scope="module")
def trained(boards: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Train, killed without warning after the first checkpoint and then gone on with."""
    out = tmp_path_factory.mktemp("trained")
    child = start("train", *learning(boards, out))
    while not (out / "weights.npz").exists() and child.poll() is None:
        time.sleep(0.02)
    child.send_signal(signal.SIGSTOP)
    subprocess.run(["kill", "-KILL", "--", f"-{child.pid}"], check=True)
    child.communicate()
    assert f"step {STEPS} of {STEPS}" in said("train", *learning(boards, out))
    return out


@pytest.fixture(scope="module")
def pruned(boards: Path, trained: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Prune a network that says the same with weights as large and negative as some become."""
    out = tmp_path_factory.mktemp("pruned")
    loud = out / "loud.npz"
    with np.load(trained / "weights.npz") as stored:
        arrays = {name: stored[name] for name in stored.files}
    dice = np.random.default_rng(4)
    for name in [name.removesuffix("conv.weight") for name in arrays if "conv.weight" in name]:
        factor = np.float32(dice.uniform(10, 40) * dice.choice([-1, 1]))
        arrays[f"{name}conv.weight"] *= factor
        arrays[f"{name}bn._mean"] *= factor
        arrays[f"{name}bn._variance"] *= factor**2
        arrays[f"{name}bn.weight"] *= np.sign(factor)
    np.savez(loud, **arrays)
    few: list[str | Path] = ["--weights", loud, "--keep", "0.3", "--trial", "2"]
    assert "% of the work is left" in said("prune", *learning(boards, out), *few)
    return out


def sizes(weights: Path) -> dict[str, tuple[int, ...]]:
    with np.load(weights) as stored:
        return {name: stored[name].shape for name in stored.files}


def test_training_goes_on_where_it_was_killed_and_scores_what_was_held_out(trained: Path) -> None:
    with np.load(trained / "state.npz") as state:
        assert json.loads(str(state["meta"]))["step"] == STEPS


def test_a_course_that_is_over_is_not_begun_again(boards: Path, trained: Path) -> None:
    before = (trained / "weights.npz").read_bytes()
    said("train", *learning(boards, trained))
    assert (trained / "weights.npz").read_bytes() == before


def test_a_device_that_paddle_cannot_use_is_told_before_anything_is_learnt(
    boards: Path, tmp_path: Path
) -> None:
    child = start("train", *learning(boards, tmp_path / "out"), "--device", "npu:0")
    text, _ = child.communicate()
    assert child.returncode != 0
    assert "npu:0" in text
    assert "Traceback" not in text
    assert not (tmp_path / "out" / "weights.npz").exists()


def test_data_that_is_held_out_as_a_whole_is_told(boards: Path, tmp_path: Path) -> None:
    child = start("train", "--data", boards, "--out", tmp_path, "--held-out", LEARNT, HELD_OUT)
    text, _ = child.communicate()
    assert child.returncode != 0
    assert "left to learn from" in text


def test_pruning_really_removes_channels_and_says_what_each_group_was_worth(
    trained: Path, pruned: Path
) -> None:
    before, after = sizes(trained / "weights.npz"), sizes(pruned / "weights.npz")
    assert after.keys() == before.keys()
    assert sum(map(np.prod, after.values())) < sum(map(np.prod, before.values())) / 2
    report = json.loads((pruned / "sensitivity.json").read_text(encoding="utf-8"))
    assert all(len(group["harm"]) == 3 for group in report["groups"])
    assert {
        group["kept"] % 16 for group in report["groups"] if group["kept"] < group["before"]
    } == {0}


def test_what_is_exported_says_what_the_network_said(
    boards: Path, pruned: Path, tmp_path: Path
) -> None:
    exported = tmp_path / "exported"
    size: list[str | Path] = ["--size", str(SIDE), str(SIDE)]
    text = said("export", "--weights", pruned / "weights.npz", "--out", exported, *size)
    assert text.count("differs by") == 2
    assert (exported / "model.pdiparams").exists()
    words: list[str | Path] = ["--exported", exported, "--licence", "Apache-2.0", "--out", tmp_path]
    said("pack", "--name", "tiny", *words)
    _, held_out = read_folder(boards).split([HELD_OUT])
    boxes = sum(len(sample.boxes) for sample in held_out)
    measured = said("evaluate", tmp_path / "tiny", "--data", boards, "--groups", HELD_OUT)
    assert f"| **all** | {boxes} |" in measured
