"""A machine, freshly powered on; and a process on it that has come as far as a stream."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from cann import acl, atc, switch, tiny
from cann.machine import MACHINE, Machine


@pytest.fixture
def machine() -> Iterator[Machine]:
    if switch.is_on():
        pytest.skip("the NPU of this run has its models loaded")
    MACHINE.power_on()
    yield MACHINE
    MACHINE.power_on()


@pytest.fixture
def context(machine: Machine) -> int:
    assert acl.init() == 0
    assert acl.rt.set_device(0) == 0
    handle, code = acl.rt.create_context(0)
    assert code == 0
    return handle


@pytest.fixture
def stream(context: int) -> int:
    handle, code = acl.rt.create_stream()
    assert code == 0
    return handle


@pytest.fixture
def converted(tmp_path: Path) -> Callable[..., Path]:
    def convert(*options: str, chip: str = "Ascend310P3", onnx: bytes | None = None) -> Path:
        source = tmp_path / "tiny.onnx"
        source.write_bytes(onnx or tiny.pooling())
        out = tmp_path / "tiny"
        words = ["--framework=5", f"--model={source}", f"--output={out}", f"--soc_version={chip}"]
        assert atc.main([*words, *options]) == 0
        return out.with_suffix(".om")

    return convert
