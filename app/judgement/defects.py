"""What defects are called in words."""

from __future__ import annotations

from app.language import Message, message

_TITLES = {
    "open": message("open circuit"),
    "short": message("short circuit"),
    "mousebite": message("mouse bite"),
    "spur": message("spur"),
    "copper": message("spurious copper"),
    "pin-hole": message("pin-hole"),
    "missing-hole": message("missing hole"),
    "scratch": message("scratch"),
    "crack": message("crack"),
    "dent": message("dent"),
    "stain": message("stain"),
    "chip": message("chipping"),
    "bubble": message("bubble"),
    "particle": message("foreign particle"),
}
"""Labels of the bundled pack, and those that sites most often choose for their own."""


def defect_title(label: str) -> Message:
    """Return what a detector's label is called; one that is not known here goes by itself."""
    # Braces in a label would be taken for a placeholder.
    return _TITLES.get(label) or message("{label}", label=label)
