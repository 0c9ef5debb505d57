"""Is there an NPU, and how does it do? As npu-smi tells it."""

from __future__ import annotations

from collections.abc import Iterator

from app.doctor import Finding, Level
from app.doctor._ascend import has_npu
from app.doctor._machine import Machine
from app.doctor._npu_smi import Chip, overview_of
from app.language import message

HOT_C = 85.0
"""Above it a card of this kind throttles soon, and wears; its own alarm comes later."""
FULL = 0.95
"""Share of the memory above which the next model may not fit."""


def findings(machine: Machine) -> Iterator[Finding]:
    """Look for an NPU and at its health, temperature and memory."""
    if not has_npu(machine):
        yield Finding(
            "npu-none", Level.NOTE, message("This machine has no NPU; models run on the CPU.")
        )
        return
    answer = machine.ask("npu-smi", "info")
    if answer is None:
        yield Finding(
            "npu-smi-missing",
            Level.WARNING,
            message("There is an NPU, but npu-smi is not found."),
            message("Without it nobody sees the health and temperature of the NPU."),
            message("It comes with the driver: add /usr/local/bin and /usr/local/sbin to PATH."),
        )
        return
    overview = overview_of(answer.text)
    if overview is None or not overview.chips:
        yield _silent(answer.text, answer.status)
        return
    for chip in overview.chips:
        yield from _of_chip(chip)


def _silent(text: str, status: int | None) -> Finding:
    if status is None:
        return Finding(
            "npu-hangs",
            Level.FAULT,
            message("npu-smi does not answer."),
            message("The driver hangs; models would, too."),
            message("Switch the machine off and on; a restart alone may not reset the card."),
        )
    if "-8005" in text:
        return Finding(
            "npu-dcmi",
            Level.FAULT,
            message("The driver cannot be reached (dcmi -8005)."),
            message("No model can run on the NPU."),
            message(
                "Restart after an upgrade of driver or firmware; look whether the driver is loaded"
                " (lsmod) and the user is in the group HwHiAiUser."
            ),
        )
    return Finding(
        "npu-smi-odd",
        Level.FAULT,
        message("npu-smi says nothing of use: {text}", text=" ".join(text.split())[:200]),
        message("No model can run on the NPU."),
        message("Install the driver again, then restart the machine."),
    )


def _of_chip(chip: Chip) -> Iterator[Finding]:
    yield _health(chip)
    if chip.temperature_c is not None and chip.temperature_c > HOT_C:
        yield Finding(
            "npu-hot",
            Level.WARNING,
            message("NPU {npu} has {degrees:.0f} °C.", npu=chip.npu, degrees=chip.temperature_c),
            message("It slows down, and wears."),
            message("Clean filters and fans, and give the card air."),
        )
    used, whole = chip.memory_mb or (0, 0)
    if whole and used > FULL * whole:
        yield Finding(
            "npu-full",
            Level.WARNING,
            message(
                "{used} of {whole} MB of NPU {npu} are used.", used=used, whole=whole, npu=chip.npu
            ),
            message("The next model may not fit."),
            message("Look what else uses it: npu-smi info -t proc-mem -i {npu}", npu=chip.npu),
        )


def _health(chip: Chip) -> Finding:
    told = message("NPU {npu} ({name}): {health}", npu=chip.npu, name=chip.name, health=chip.health)
    match chip.health:
        case "OK":
            return Finding("npu-health", Level.FINE, told)
        case "Warning" | "Alarm":
            # An Orange Pi AIpro alarms for ever (80E3A203, its current meter) and works.
            return Finding(
                "npu-health",
                Level.WARNING,
                told,
                message(
                    "It may work nevertheless; some boards alarm for their current meter only."
                ),
                message("See what it says: npu-smi info -t health -i {npu}", npu=chip.npu),
            )
        case _:
            return Finding(
                "npu-health",
                Level.FAULT,
                told,
                message("Models fail on it."),
                message(
                    "Restart the machine; if it stays so: npu-smi info -t health -i {npu}",
                    npu=chip.npu,
                ),
            )
