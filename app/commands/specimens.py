"""``mingjian specimens OUT``: write pictures of invented documents and their truth."""

from __future__ import annotations

from app.toolchain.specimens._writing import add_arguments, run

__all__ = ["add_arguments", "run"]
