"""What the choices of settings are called; a setting that is missing here shows its raw values."""

from __future__ import annotations

from app import engine
from app.desktop.controls.described import Wording
from app.language import Message, message

SYSTEM = message("As the system")
CHOICES: dict[str, dict[object, Message]] = {
    "station.workplace": {"counter": message("Counter"), "line": message("Line")},
    "records.ok_pictures": {
        "full": message("Every pixel"),
        "small": message("A small picture"),
        "none": message("No picture"),
    },
    "desktop.language": {"": SYSTEM, "zh_CN": message("中文"), "en": message("English")},
    "desktop.theme": {
        "system": SYSTEM,
        "light": message("Light"),
        "dark": message("Dark"),
    },
    "desktop.font_scale": {
        scale: message("{n} %", n=round(scale * 100)) for scale in (1.0, 1.25, 1.5, 1.75, 2.0)
    },
    "reader.engine": {
        choice: message("Automatic") if choice == "auto" else Message(choice.upper())
        for choice in engine.CHOICES
    },
}
"""Only what exists is offered, and what leaves no choice is not shown."""

WORDING = Wording(CHOICES, folders=frozenset({"records.folder"}))
