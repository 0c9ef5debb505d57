"""Every test on the emulated NPU: ``MINGJIAN_TESTS_ON=npu pytest tests/reader tests/commands …``.

The product's packs are converted once a run, in half precision as by default. Tests that bring an
emulated NPU of their own are left out; processes that a test starts stay on the CPU.
"""

from __future__ import annotations

import contextlib
import io
import os
import sys
from pathlib import Path

from app import paths
from app.engine._pack import load_pack
from app.toolchain.conversion.convert import keep
from app.toolchain.conversion.plan import Wish, plan_for
from cann import acl, atc
from cann.machine import MACHINE


def is_on() -> bool:
    """Whether this run is to be on the emulated NPU."""
    return os.environ.get("MINGJIAN_TESTS_ON") == "npu"


def device() -> str:
    """What the mark of a reader names in this run."""
    return f"npu:0 {MACHINE.soc}" if is_on() else "cpu"


def install(home: Path) -> Path:
    """Give this process an emulated NPU and the converted packs; returns their folder."""
    MACHINE.power_on(memory=4 << 30)
    sys.modules["acl"] = acl
    before = os.environ.get("MINGJIAN_HOME")
    os.environ["MINGJIAN_HOME"] = str(home)
    for manifest in sorted(paths.models().glob("*/manifest.toml")):
        _convert(manifest.parent.name, home / "work")
    if before is not None:
        os.environ["MINGJIAN_HOME"] = before
    return home / "models"


def _convert(name: str, folder: Path) -> None:
    pack = load_pack(name)
    plan = plan_for(pack, Wish(MACHINE.soc))
    folder.mkdir(parents=True, exist_ok=True)
    with contextlib.chdir(folder), contextlib.redirect_stdout(io.StringIO()) as told:
        Path("model.onnx").write_bytes(plan.onnx)
        assert atc.main(plan.words[1:]) == 0, told.getvalue()
        keep(pack, plan, Path("model.om").read_bytes())
