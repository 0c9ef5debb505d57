"""What stands above the live picture, as one value."""

from __future__ import annotations

from dataclasses import dataclass

from app.line import LineState


@dataclass(frozen=True, slots=True)
class Sign:
    """What the bar says of the line at work."""

    recipe: str = ""
    recipe_words: str = ""
    bound: str = ""
    has_bound: bool = False
    address: str = ""
    source_words: str = ""
    engine: str = ""
    engine_hint: str = ""
    is_fallback: bool = False
    """Another device ran than the one that is here for it; said in red."""
    state: LineState = LineState.STOPPED
