"""The environment of child processes: what they need and nothing that our own libraries left."""

from __future__ import annotations

import os

_KEPT = ("PATH", "HOME", "USER", "LOGNAME", "TMPDIR", "XDG_RUNTIME_DIR")


def clean_environment() -> dict[str, str]:
    """Return an environment without LD_LIBRARY_PATH, which ``import cv2`` sets, in plain English.

    Messages of the child can then be understood; what SANE is told reaches it.
    """
    kept = {
        name: value
        for name, value in os.environ.items()
        if name in _KEPT or name.startswith("SANE_")
    }
    return kept | {"LC_ALL": "C.UTF-8"}
