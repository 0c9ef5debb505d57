"""What came of an export for the next training, as a notice."""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce

from app.desktop.notices import Notice
from app.language import Message, message
from app.line.relabel import Relabelled

SHOW_FOLDER = message("Show in its folder")


def relabelled_notice(result: Relabelled, name: str, show: Callable[[], object]) -> Notice:
    """Say how many parts were written, and what is left to a person to do or was left out."""
    said = [message("{name}.", name=name)] if result.exported else []
    for number, sentence in (
        (result.unjudged, message("{n} of them nobody has judged yet.", n=result.unjudged)),
        (result.undrawn, message("On {n} the defect is still to be drawn.", n=result.undrawn)),
        (result.unfit, message("{n} were left out: no whole picture is kept.", n=result.unfit)),
        (result.lost, message("{n} were left out: their picture is gone.", n=result.lost)),
    ):
        if number:
            said.append(sentence)
    if not result.exported:
        what = message("No part was waiting for relabelling.")
        return Notice(what, _joined(said), "relabelled", tone="read")
    what = message("{n} parts were exported for the next training.", n=result.exported)
    return Notice(what, _joined(said), "relabelled", SHOW_FOLDER, show, "proven")


def _joined(said: list[Message]) -> Message:
    if not said:
        return Message("")
    return reduce(lambda one, next_: message("{one} {next}", one=one, next=next_), said)
