"""Which device runs a pack, and why: a fallback is said, never silent."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from app import kinds
from app.engine._acl import library
from app.engine._pack import ModelPack
from app.errors import EngineError, KindError
from app.language import Message, message

if TYPE_CHECKING:
    from app.engine import Session


def named(choice: str) -> tuple[str, dict[str, int]]:
    """Return the runtime of a device that was named, and what to open it with.

    Raises KindError for an unknown name.
    """
    if choice == "cpu":
        return "onnx", {}
    if found := re.fullmatch(r"npu(?::(\d{1,3}))?", choice):
        return "ascend", {"device": int(found[1] or 0)}
    raise KindError(
        "There is no engine “{choice}”.",
        "Choose one of: {known}.",
        "engine-unknown",
        choice=choice,
        known="auto, cpu, npu:0, npu:1 …",
    )


def open_best(pack: ModelPack, *, threads: int, across: bool) -> Session:
    """Open a pack on the first NPU if it has a model for its chip, else on the CPU.

    Raises EngineError if the CPU cannot run it either.
    """
    session, why = _on_npu(pack, threads, across)
    is_fallback = session is None and why is not None
    if session is None:
        onnx = kinds.load("app.engine", "onnx")
        session = onnx.open_session(pack, threads=threads, across=across)
    note = why or message("No NPU software (CANN) is installed here; the CPU was taken.")
    session.mark = replace(session.mark, note=note, is_fallback=is_fallback)
    return session


def _on_npu(pack: ModelPack, threads: int, across: bool) -> tuple[Session | None, Message | None]:
    """Return a session and why it was taken; or why there is none; or nothing without an NPU."""
    try:
        if library() is None:
            return None, None
        ascend = kinds.load("app.engine", "ascend")
        chip: str = ascend.chip_of(0)
        if not pack.has("ascend", chip):
            return None, message(
                "The model pack {pack} is not converted for the NPU here ({chip});"
                " the CPU was taken.",
                pack=pack.name,
                chip=chip,
            )
        session: Session = ascend.open_session(pack, threads=threads, across=across)
    except EngineError as error:
        return None, message("The NPU cannot be used; the CPU was taken. {why}", why=error.what)
    return session, message(
        "The NPU was taken: the model pack {pack} has a model for {chip}.",
        pack=pack.name,
        chip=chip,
    )
