"""Recipes: what to look for on a part and what to accept; numbered versions that never change."""

from __future__ import annotations

from app.recipes.check import check
from app.recipes.proof import bound_to, fingerprint, holds, without_stale_bound
from app.recipes.recipe import (
    Area,
    Bound,
    Golden,
    Limits,
    PictureLimits,
    Recipe,
    Tiling,
)
from app.recipes.shelf import RecipeVersion, Shelf, read_file

__all__ = [
    "Area",
    "Bound",
    "Golden",
    "Limits",
    "PictureLimits",
    "Recipe",
    "RecipeVersion",
    "Shelf",
    "Tiling",
    "bound_to",
    "check",
    "fingerprint",
    "holds",
    "read_file",
    "without_stale_bound",
]
