"""What `auto` takes, and that it says why: a fallback is never silent."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from app.engine import joined, open_session
from app.errors import EngineError, KindError
from app.language import message
from app.vocabulary import EngineMark
from engine.packs import STATIC, tiny_pack


def test_auto_takes_the_npu_if_the_pack_has_a_model_for_its_very_chip(
    tmp_path: Path, emulated_npu: Any
) -> None:
    with open_session(tiny_pack(tmp_path, *STATIC)) as session:
        mark = session.mark
    assert (mark.engine, mark.device) == ("ascend", "npu:0 Ascend310P3_emulation")
    assert "Ascend310P3_emulation" in str(mark.note)
    assert not mark.is_fallback


def test_auto_without_an_npu_takes_the_cpu_and_that_is_no_fallback(tmp_path: Path) -> None:
    with open_session(tiny_pack(tmp_path, *STATIC)) as session:
        mark = session.mark
    assert (mark.engine, mark.device, mark.is_fallback) == ("onnxruntime", "cpu", False)
    assert "No NPU software" in str(mark.note)


def test_a_module_that_only_has_the_name_of_the_library_is_not_taken_for_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "acl", ModuleType("acl"))
    with open_session(tiny_pack(tmp_path)) as session:
        assert not session.mark.is_fallback


def no_model(shelf: Path, npu: Any) -> Any:
    return tiny_pack(shelf)


def other_chip(shelf: Path, npu: Any) -> Any:
    return tiny_pack(shelf, *STATIC, chip="Ascend310B4")


def no_device(shelf: Path, npu: Any) -> Any:
    npu.power_on(devices=0)
    return tiny_pack(shelf, *STATIC)


def lost_device(shelf: Path, npu: Any) -> Any:
    npu.fail("acl.mdl.load_from_mem", 507010)
    return tiny_pack(shelf, *STATIC)


def altered_model(shelf: Path, npu: Any) -> Any:
    pack = tiny_pack(shelf, *STATIC)
    (shelf / "tiny" / "model.om").write_bytes(b"IMOD")
    return pack


def broken_library(shelf: Path, npu: Any) -> Any:
    del sys.modules["acl"]
    (shelf / "acl.py").write_text("raise ImportError('libascendcl.so: cannot open')")
    sys.path.insert(0, str(shelf))
    return tiny_pack(shelf, *STATIC)


@pytest.mark.parametrize(
    ("arrange", "why"),
    [
        (no_model, "not converted"),
        (other_chip, "not converted"),
        (no_device, "cannot be set up"),
        (lost_device, "was lost"),
        (altered_model, "were altered"),
        (broken_library, "libascendcl"),
    ],
)
def test_an_npu_that_is_here_and_not_taken_is_told_as_a_fallback(
    arrange: Callable[[Path, Any], Any],
    why: str,
    tmp_path: Path,
    emulated_npu: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sys, "path", [*sys.path])
    with open_session(arrange(tmp_path, emulated_npu)) as session:
        mark = session.mark
    assert (mark.engine, mark.device, mark.is_fallback) == ("onnxruntime", "cpu", True)
    assert why in str(mark.note)


def test_a_device_that_is_named_is_taken_or_refused(tmp_path: Path, emulated_npu: Any) -> None:
    with open_session(tiny_pack(tmp_path, *STATIC), choice="cpu") as session:
        assert (session.mark.device, session.mark.note) == ("cpu", None)
    with open_session(tiny_pack(tmp_path, *STATIC), choice="npu") as session:
        assert (session.mark.device[:5], session.mark.note) == ("npu:0", None)
    with pytest.raises(EngineError) as told:
        open_session(tiny_pack(tmp_path / "other"), choice="npu:0")
    assert told.value.code == "pack-no-weights"


@pytest.mark.parametrize("choice", ["gpu", "npu:", "npu:x", "npu:0 ", "onnx", "ascend", ""])
def test_a_device_that_nobody_knows_is_refused(choice: str, tmp_path: Path) -> None:
    with pytest.raises(KindError) as told:
        open_session(tiny_pack(tmp_path), choice=choice)
    assert told.value.code == "engine-unknown"


def test_models_on_different_devices_are_told_together() -> None:
    fallback = message("not converted")
    marks = [
        EngineMark("ascend", "npu:0 X", (("a", "1"),), message("taken")),
        EngineMark("onnxruntime", "cpu", (("b", "2"),), fallback, is_fallback=True),
        EngineMark("ascend", "npu:0 X", (("c", "3"),), message("taken")),
    ]
    mark = joined(marks)
    assert (mark.engine, mark.device) == ("ascend + onnxruntime", "npu:0 X + cpu")
    assert mark.models == (("a", "1"), ("b", "2"), ("c", "3"))
    assert (mark.note, mark.is_fallback) == (fallback, True)
