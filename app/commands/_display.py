"""Whether a window could be opened here."""

from __future__ import annotations

import os
import re
import socket
import sys
from collections.abc import Mapping
from pathlib import Path

PATIENCE_S = 1.0
X_SOCKETS = Path("/tmp/.X11-unix")  # noqa: S108 - the X protocol's own place
X_PORT = 6000
NO_WINDOW = frozenset({"offscreen", "minimal", "vnc"})


def has_display(environment: Mapping[str, str] = os.environ) -> bool:
    """Say whether a display answers, without loading Qt (which would abort where none does)."""
    if environment.get("QT_QPA_PLATFORM", "").partition(":")[0] in NO_WINDOW:
        return False
    if sys.platform in ("win32", "darwin"):
        return True
    return _answers_wayland(environment) or _answers_x(environment.get("DISPLAY", ""))


def _answers_wayland(environment: Mapping[str, str]) -> bool:
    name = environment.get("WAYLAND_DISPLAY", "")
    if not name:
        return False
    return _connects(str(Path(environment.get("XDG_RUNTIME_DIR", "/"), name)))


def _answers_x(display: str) -> bool:
    found = re.fullmatch(r"(?:unix|([^/]*?)):(\d+)(?:\.\d+)?", display)
    if found is None:
        return False
    host, number = found.group(1) or "", found.group(2)
    if host:
        return _connects((host, X_PORT + int(number)))
    # The abstract name is there even where /tmp is not shared, as in a sandbox.
    return _connects(str(X_SOCKETS / f"X{number}")) or _connects(f"\0{X_SOCKETS}/X{number}")


def _connects(address: str | tuple[str, int]) -> bool:
    family = socket.AF_UNIX if isinstance(address, str) else socket.AF_INET
    try:
        with socket.socket(family, socket.SOCK_STREAM) as line:
            line.settimeout(PATIENCE_S)
            line.connect(address)
    except OSError:
        return False
    return True
