"""CANN: installed, new enough for its driver, and in the environment of this process."""

from __future__ import annotations

from collections.abc import Iterator

from app.doctor import Finding, Level
from app.doctor._ascend import DRIVER, has_npu, numbers, toolkit
from app.doctor._machine import Machine
from app.language import message

_SOURCE = message(
    "source /usr/local/Ascend/ascend-toolkit/set_env.sh, and start the program there."
)


def findings(machine: Machine) -> Iterator[Finding]:
    """Look for CANN, its demand on the driver, and its variables."""
    if not has_npu(machine):
        return
    told = toolkit(machine)
    if not told:
        yield Finding(
            "cann-none",
            Level.FAULT,
            message("There is an NPU, but CANN is not installed."),
            message("Without its runtime no model runs on the NPU."),
            message("Install CANN's nnrt (to run) or toolkit (to convert, too)."),
        )
        return
    yield Finding("cann", Level.FINE, message("CANN {version}", version=told.get("version", "?")))
    yield from _demand(machine, told)
    yield from _environment(machine)


def _demand(machine: Machine, told: dict[str, str]) -> Iterator[Finding]:
    path = told["_path"].rpartition("/")[0]
    needed = told.get("required_driver_ascendhal_version") or machine.pairs(
        f"{path}/version.info"
    ).get("required_driver_ascendhal_version", "")
    has = machine.pairs(DRIVER).get("ascendhal_version", "")
    if needed and has and numbers(has) < numbers(needed):
        yield Finding(
            "cann-driver",
            Level.FAULT,
            message(
                "CANN wants a driver (hal) of {needed}, here is {has}.", needed=needed, has=has
            ),
            message("Opening the device fails (507033 and others)."),
            message("Upgrade the driver, or install an older CANN."),
        )


def _environment(machine: Machine) -> Iterator[Finding]:
    variables = machine.environment
    libraries = variables.get("LD_LIBRARY_PATH", "")
    if not variables.get("ASCEND_HOME_PATH") and not variables.get("ASCEND_TOOLKIT_HOME"):
        yield Finding(
            "cann-environment",
            Level.FAULT,
            message("CANN's variables are not set."),
            message("Neither its libraries nor its Python module are found."),
            _SOURCE,
        )
    if "devlib" in libraries:
        yield Finding(
            "cann-stubs",
            Level.FAULT,
            message("LD_LIBRARY_PATH leads to devlib."),
            message("There lie stubs for compiling; with them every call fails (100039)."),
            _SOURCE,
        )
    visible = variables.get("ASCEND_RT_VISIBLE_DEVICES")
    if visible is not None:
        yield Finding(
            "cann-visible",
            Level.NOTE,
            message("ASCEND_RT_VISIBLE_DEVICES is “{ids}”.", ids=visible),
            message("Only these NPUs are seen, and they are counted from 0 again."),
        )
