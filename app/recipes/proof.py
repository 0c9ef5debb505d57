"""Whether the bound that calibration proved still holds: for these limits, on these models."""

from __future__ import annotations

import hashlib

from app.recipes.recipe import Bound, Recipe
from app.vocabulary import EngineMark

UNTOUCHED = ("title", "trigger", "golden", "bound")
"""What a recipe says beside how one picture of a part is judged."""


def fingerprint(recipe: Recipe) -> str:
    """Return the SHA-256 of everything in a recipe that decides what is judged OK."""
    asked = recipe.model_copy(update={"defects": dict(sorted(recipe.defects.items()))})
    return hashlib.sha256(asked.model_dump_json(exclude=set(UNTOUCHED)).encode()).hexdigest()


def bound_to(recipe: Recipe, bound: Bound) -> Recipe:
    """Return the recipe with a bound that was proven for exactly what it asks."""
    stamped = bound.model_copy(update={"limits": fingerprint(recipe)})
    return recipe.model_copy(update={"bound": stamped})


def without_stale_bound(recipe: Recipe) -> Recipe:
    """Return the recipe, without its bound where that was proven for other limits or packs."""
    if recipe.bound is None or recipe.bound.limits == fingerprint(recipe):
        return recipe
    return recipe.model_copy(update={"bound": None})


def holds(bound: Bound, engine: EngineMark) -> bool:
    """Say whether the models that run are those that the bound was proven with."""
    return sorted(bound.models) == sorted(sha256 for _, sha256 in engine.models)
