"""Cameras and scanners: there, and allowed to this user."""

from __future__ import annotations

from collections.abc import Iterator

from app.doctor import Finding, Level
from app.doctor._machine import Machine
from app.language import message


def findings(machine: Machine) -> Iterator[Finding]:
    """Look at the nodes of cameras and for SANE."""
    nodes = machine.names("/dev/video[0-9]*")
    shut = [path for path in nodes if not machine.may_use(path)]
    if shut:
        yield Finding(
            "camera-rights",
            Level.WARNING,
            message("This user may not use {paths}.", paths=", ".join(shut)),
            message("Cameras belong to the group video."),
            message("sudo usermod -a -G video $USER, then log in again."),
        )
    elif nodes:
        yield Finding("camera", Level.FINE, message("Cameras: {paths}", paths=", ".join(nodes)))
    else:
        yield Finding("camera", Level.NOTE, message("No camera is connected."))
    if machine.names("/usr/lib/*/libsane.so.1") or machine.names("/usr/lib64/libsane.so.1"):
        yield Finding("scanner", Level.FINE, message("SANE, which drives scanners, is installed."))
    else:
        yield Finding(
            "scanner",
            Level.NOTE,
            message("SANE, which drives scanners, is not installed."),
            message("Scanners are not found; cameras and folders do not need it."),
            message("Install libsane and the maker's back end for this processor."),
        )
