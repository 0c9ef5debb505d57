"""``mingjian boards OUT``: draw invented boards with defects for a detector to learn from."""

from __future__ import annotations

from app.toolchain.boards._writing import add_arguments, run

__all__ = ["add_arguments", "run"]
