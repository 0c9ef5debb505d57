"""Where Ascend's software lies, and how its versions compare."""

from __future__ import annotations

import re

from app.doctor._machine import Machine

DRIVER = "/usr/local/Ascend/driver/version.info"
FIRMWARE = "/usr/local/Ascend/firmware/version.info"
INSTALLED = "/etc/ascend_install.info"
TOOLKITS = (
    "/usr/local/Ascend/cann/*-linux/ascend_toolkit_install.info",
    "/usr/local/Ascend/ascend-toolkit/latest/*-linux/ascend_toolkit_install.info",
    "/usr/local/Ascend/nnrt/latest/*-linux/ascend_nnrt_install.info",
)
NODES = "/dev/davinci[0-9]*"
MANAGERS = ("/dev/davinci_manager", "/dev/davinci_manager_docker")


def has_npu(machine: Machine) -> bool:
    """Whether anything of an NPU is here: its device, its driver, or its command."""
    return bool(machine.names(NODES) or machine.text(DRIVER) or machine.has("npu-smi"))


def toolkit(machine: Machine) -> dict[str, str]:
    """Return what the newest place says of CANN; empty without CANN."""
    for pattern in TOOLKITS:
        for path in machine.names(pattern):
            return {**machine.pairs(path), "_path": path}
    return {}


def numbers(version: str) -> tuple[int, ...]:
    """Return a version's numbers for comparison: 25.0.rc1.1 is (25, 0, 1, 1)."""
    return tuple(int(each) for each in re.findall(r"\d+", version))


def is_within(version: str, bounds: str) -> bool:
    """Whether a version lies in “[7.0.0,7.7.99]”; bounds that cannot be read hold everything."""
    found = re.fullmatch(r"\[([^,\]]+),([^,\]]+)\]", bounds.strip())
    if not found:
        return True
    low, high = numbers(found[1]), numbers(found[2])
    # 7.7.0.1.231 is within 7.7.99: only as many numbers count as the bound has.
    own = numbers(version)
    return low <= own and own[: len(high)] <= high
