"""Driver and firmware of the NPU: loaded, fitting each other, and allowed to this user."""

from __future__ import annotations

from collections.abc import Iterator

from app.doctor import Finding, Level
from app.doctor._ascend import DRIVER, FIRMWARE, INSTALLED, MANAGERS, NODES, has_npu, is_within
from app.doctor._machine import Machine
from app.language import message

GROUP = "HwHiAiUser"


def findings(machine: Machine) -> Iterator[Finding]:
    """Compare driver, firmware, kernel and rights."""
    if not has_npu(machine):
        return
    driver = machine.pairs(DRIVER)
    if not driver:
        yield Finding(
            "driver-none",
            Level.FAULT,
            message("No driver of the NPU is installed, or its version.info cannot be read."),
            message("No model can run on the NPU."),
            message("Install the driver, then the firmware, then restart the machine."),
        )
        return
    version = driver.get("Version", "?")
    yield Finding("driver", Level.FINE, message("Driver {version}", version=version))
    yield from _firmware(machine, driver)
    yield from _loaded(machine)
    yield from _rights(machine)
    if machine.text(INSTALLED) == "":
        yield Finding(
            "driver-note-empty",
            Level.WARNING,
            message("{path} is empty.", path=INSTALLED),
            message("CANN's set_env.sh looks there for the driver, and fails."),
            message("Install the driver again; its installer writes the file."),
        )


def _firmware(machine: Machine, driver: dict[str, str]) -> Iterator[Finding]:
    firmware = machine.pairs(FIRMWARE).get("Version")
    bounds = driver.get("compatible_version_fw", "")
    if firmware is None:
        yield Finding(
            "driver-firmware",
            Level.WARNING,
            message("The version of the firmware is not known."),
            message("Driver and firmware must fit each other."),
            message("Look with: npu-smi info -t board -i 0"),
        )
    elif not is_within(firmware, bounds):
        yield Finding(
            "driver-firmware",
            Level.FAULT,
            message(
                "Firmware {firmware} does not fit the driver, which wants {bounds}.",
                firmware=firmware,
                bounds=bounds,
            ),
            message("The NPU may fail at any time, or not start."),
            message(
                "Upgrade both from one package: firmware first, then the driver, then restart."
            ),
        )
    else:
        yield Finding(
            "driver-firmware", Level.FINE, message("Firmware {version}", version=firmware)
        )


def _loaded(machine: Machine) -> Iterator[Finding]:
    modules = machine.text("/proc/modules") or ""
    if machine.names(NODES) or any(line.startswith("drv_") for line in modules.splitlines()):
        return
    yield Finding(
        "driver-not-loaded",
        Level.FAULT,
        message(
            "The driver is installed, but not loaded into the kernel {kernel}.",
            kernel=machine.kernel,
        ),
        message("It is built for one kernel; an update of the system brings another."),
        message(
            "Install the kernel's headers and dkms, then the driver again; or start the old kernel."
        ),
    )


def _rights(machine: Machine) -> Iterator[Finding]:
    nodes = machine.names(NODES)
    if not nodes:
        return
    # A 310B has no /dev/hisi_hdc and no /dev/devmm_svm: only what every chip has is looked for.
    if not any(machine.at(path).exists() for path in MANAGERS):
        yield Finding(
            "driver-manager",
            Level.FAULT,
            message("{path} is missing.", path=MANAGERS[0]),
            message("No program reaches the NPU."),
            message("In a container, hand the device in; else restart the machine."),
        )
    shut = [path for path in nodes if not machine.may_use(path)]
    if shut:
        yield Finding(
            "driver-rights",
            Level.FAULT,
            message("This user may not use {paths}.", paths=", ".join(shut)),
            message("Devices of the NPU belong to the group {group}.", group=GROUP),
            message("sudo usermod -a -G {group} $USER, then log in again.", group=GROUP),
        )
    elif not machine.is_root and GROUP not in machine.groups:
        yield Finding(
            "driver-group",
            Level.WARNING,
            message("This user is not in the group {group}.", group=GROUP),
            message("npu-smi and the driver's logs want it."),
            message("sudo usermod -a -G {group} $USER, then log in again.", group=GROUP),
        )
