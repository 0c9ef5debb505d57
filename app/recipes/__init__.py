"""Recipes: what to look for on a part and what to accept; numbered versions that never change."""

from __future__ import annotations

from app.recipes.recipe import (
    Area,
    Bound,
    Golden,
    Limits,
    PictureLimits,
    Recipe,
    Tiling,
)

__all__ = ["Area", "Bound", "Golden", "Limits", "PictureLimits", "Recipe", "Tiling"]
