"""Every test runs offscreen, in a home of its own, and leaves no thread behind."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
PATIENCE_S = 5.0


@pytest.fixture(scope="session", autouse=True)
def npu_models(tmp_path_factory: pytest.TempPathFactory) -> Path | None:
    """Where the packs are converted to, if this run is to be on the emulated NPU."""
    if os.environ.get("MINGJIAN_TESTS_ON") != "npu":
        return None
    from cann import switch

    return switch.install(tmp_path_factory.mktemp("npu"))


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, npu_models: Path | None) -> Path:
    home = tmp_path / "home"
    monkeypatch.setenv("MINGJIAN_HOME", str(home))
    if npu_models is not None:
        home.mkdir()
        (home / "models").symlink_to(npu_models)
    for name in ("LC_ALL", "LC_MESSAGES", "LANGUAGE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "C.UTF-8")
    return home


@pytest.fixture(autouse=True)
def no_thread_survives() -> Iterator[None]:
    before = set(threading.enumerate())
    yield
    # The models' own pools belong to fixtures that live longer than one test.
    new = [t for t in threading.enumerate() if t not in before and "ThreadPool" not in t.name]
    for thread in new:
        if not thread.daemon:
            thread.join(PATIENCE_S)
    assert [thread.name for thread in new if thread.is_alive() and not thread.daemon] == []


@pytest.fixture
def emulated_npu(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """A machine with one emulated NPU; whatever the test leaves open on it fails the test."""
    from cann import acl, switch
    from cann.machine import MACHINE

    from app.engine.ascend import finish

    if switch.is_on():
        pytest.skip("the NPU of this run has its models loaded")
    MACHINE.power_on()
    monkeypatch.setitem(sys.modules, "acl", acl)
    yield MACHINE
    open_still = MACHINE.leaks()
    finish()
    MACHINE.power_on()
    assert open_still == []
