"""The file name is the registration: ``capture/v4l2.py`` is what ``v4l2`` finds."""

from __future__ import annotations

import difflib
import importlib
import pkgutil
from types import ModuleType

from app.errors import KindError


def names(room: str) -> tuple[str, ...]:
    """List the kinds of a room, e.g. ``names("app.capture")``; underscore files are not kinds."""
    package = importlib.import_module(room)
    found = (module.name for module in pkgutil.iter_modules(package.__path__))
    return tuple(sorted(name for name in found if not name.startswith("_")))


def load(room: str, kind: str) -> ModuleType:
    """Import one kind and nothing else.

    Raises KindError naming the nearest kind if there is none of this name.
    """
    known = names(room)
    if kind not in known:
        near = difflib.get_close_matches(kind, known, n=1)
        raise KindError(
            "There is no kind “{kind}” of {room}.",
            "Did you mean “{near}”? Known: {known}.",
            "kind-unknown",
            kind=kind,
            room=room.rpartition(".")[2],
            near=near[0] if near else known[0] if known else "–",
            known=", ".join(known),
        )
    return importlib.import_module(f"{room}.{kind}")
