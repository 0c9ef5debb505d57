"""The operating system, its C library and the processor."""

from __future__ import annotations

from collections.abc import Iterator

from app.doctor import Finding, Level
from app.doctor._ascend import numbers
from app.doctor._machine import Machine
from app.language import message

OLDEST_LIBC = "2.28"
"""Of UOS V20, the oldest system that the product is built for."""
MANY_CORES = 32


def findings(machine: Machine) -> Iterator[Finding]:
    """Name the system, and advise on the threads of a large machine."""
    name = machine.pairs("/etc/os-release").get("PRETTY_NAME", "Linux")
    yield Finding(
        "system",
        Level.FINE,
        message("{name}, kernel {kernel}", name=name, kernel=machine.kernel),
    )
    yield _libc(machine.libc)
    yield Finding(
        "processor",
        Level.FINE,
        message(
            "{count} cores, {kind}, {model}",
            count=machine.cores,
            kind=machine.processor,
            model=_model(machine) or "–",
        ),
    )
    nodes = machine.names("/sys/devices/system/node/node[0-9]*")
    if len(nodes) > 1 or machine.cores > MANY_CORES:
        yield Finding(
            "processor-threads",
            Level.NOTE,
            message(
                "{nodes} memory nodes share {cores} cores.",
                nodes=len(nodes) or 1,
                cores=machine.cores,
            ),
            message("Threads on far nodes wait for memory: more of them can be slower."),
            message("Try: numactl --cpunodebind=0 --membind=0 mingjian …, and fewer threads."),
        )


def _libc(version: str) -> Finding:
    if not version:
        return Finding(
            "libc",
            Level.FAULT,
            message("The C library is not glibc."),
            message("The packages of the product need it."),
            message("Use a system with glibc {oldest} or newer.", oldest=OLDEST_LIBC),
        )
    if numbers(version) < numbers(OLDEST_LIBC):
        return Finding(
            "libc",
            Level.FAULT,
            message("glibc {version} is older than {oldest}.", version=version, oldest=OLDEST_LIBC),
            message("Libraries of the product do not load."),
            message("Upgrade the system: UOS V20, Kylin V10 SP1 and newer have it."),
        )
    return Finding("libc", Level.FINE, message("glibc {version}", version=version))


def _model(machine: Machine) -> str:
    """Return the processor's name: x86 and Phytium write it down, other Arm kernels do not."""
    for line in (machine.text("/proc/cpuinfo") or "").splitlines():
        key, _, value = line.partition(":")
        if key.strip().lower() in ("model name", "hardware"):
            return value.strip()
    return ""
