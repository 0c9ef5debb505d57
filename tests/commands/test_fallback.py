"""An NPU that is here and is not taken is never passed over in silence."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from app.__main__ import main
from commands.files import Read


def test_a_fallback_is_said_once_to_people_and_in_every_object(
    card: Path, tmp_path: Path, emulated_npu: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    again = tmp_path / "again.png"
    again.write_bytes(card.read_bytes())
    assert main(["read", "--json", str(card), str(again)]) == 0
    told = capsys.readouterr()
    assert told.err.count("is not converted for the NPU here (Ascend310P3_emulation)") == 1
    for line in told.out.splitlines():
        engine = json.loads(line)["engine"]
        assert engine["device"] == "cpu"
        assert "not converted" in engine["fallback"]


def test_a_cpu_that_was_asked_for_is_no_fallback(read: Read, card: Path, emulated_npu: Any) -> None:
    status, (found,) = read(card, "--engine", "cpu")
    assert status == 0
    assert "fallback" not in found["engine"]


def test_an_npu_that_was_asked_for_is_not_replaced(
    card: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["read", str(card), "--engine", "npu:0"]) == 1
    assert "CANN" in capsys.readouterr().err
