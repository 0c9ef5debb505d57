"""What a kind of specimen hands over: its contents and how to print them on a sheet."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from app.toolchain.specimens._sheet import Sheet

TODAY = date(2026, 1, 1)
"""The day on which specimens are looked at; fixed, so that a seed means the same for ever."""


@dataclass(frozen=True, slots=True)
class Layout:
    """One invented document, not yet printed."""

    variant: str
    size_mm: tuple[float, float]
    smallest_mm: float
    """Em of the smallest print that belongs to a field; decides how small a picture may be."""
    truth: Mapping[str, str]
    draw: Callable[[float], Sheet]
    """Print it at so many pixels a millimetre."""
    corner_mm: float = 0.0
    """Radius of its rounded corners."""
