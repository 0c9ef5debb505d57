"""Opening the window from the command line, and what to say where that cannot be."""

from __future__ import annotations

import os

from app.commands._display import has_display
from app.errors import AppError


def open_window(source: str) -> int:
    """Open the window and return its exit status once it is closed.

    Raises AppError where there is no display, or a system library that Qt needs is missing.
    """
    # Whoever names a platform of Qt's knows where its windows go, e.g. to nowhere in a test.
    if not has_display() and not os.environ.get("QT_QPA_PLATFORM"):
        raise AppError(
            "There is no display here to open a window on.",
            "Start it at the machine's own screen, or use “mingjian read”.",
            "no-display",
        )
    from app import desktop

    try:
        return desktop.run(source=source)
    except ImportError as error:
        if ".so" not in str(error):
            raise
        raise AppError(
            "A system library is missing: {fault}",
            "Run “sh packaging/system-libraries.sh”, which installs it or names the command.",
            "library-missing",
            fault=error,
        ) from error
