"""Changes to a recipe, each giving a new one; what no recipe may say is refused."""

from __future__ import annotations

from app.desktop.recipes.kinds_table import OTHERS
from app.desktop.recipes.shapes import Shapes
from app.recipes import Recipe


def with_field(recipe: Recipe, key: str, value: object) -> Recipe:
    """Set a field, or one of a section, as in ``tiling.overlap``. Raises ValidationError."""
    section, _, name = key.rpartition(".")
    if section:
        value = {**getattr(recipe, section).model_dump(), name: value}
        name = section
    return Recipe.model_validate({**recipe.model_dump(), name: value})


def with_limit(recipe: Recipe, kind: str, name: str, value: object) -> Recipe:
    """Set one limit of a kind of defect; it then has limits of its own. Raises ValidationError."""
    limits = {**recipe.limits(kind).model_dump(), name: value}
    if kind == OTHERS:
        return Recipe.model_validate({**recipe.model_dump(), "others": limits})
    defects = {**recipe.model_dump()["defects"], kind: limits}
    return Recipe.model_validate({**recipe.model_dump(), "defects": defects})


def without_limits(recipe: Recipe, kind: str) -> Recipe:
    """Let a kind of defect have the limits of every defect again."""
    defects = {name: limits for name, limits in recipe.defects.items() if name != kind}
    return recipe.model_copy(update={"defects": defects})


def with_shapes(recipe: Recipe, shapes: Shapes) -> Recipe:
    """Set region and masks."""
    return recipe.model_copy(update={"region": shapes.region, "masks": shapes.masks})


def shapes_of(recipe: Recipe) -> Shapes:
    """Return region and masks."""
    return Shapes(recipe.region, recipe.masks)
