"""Drafts that were not saved when the window was closed; the next start brings them back."""

from __future__ import annotations

from pathlib import Path

from pydantic import ValidationError

from app.recipes import Recipe


def keep_draft(folder: Path, name: str, recipe: Recipe) -> None:
    """Put a draft aside; one that cannot be written is lost, as it would be without this."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        (folder / f"{name}.json").write_text(recipe.model_dump_json(), "utf-8")
    except OSError:
        return


def take_draft(folder: Path, name: str) -> Recipe | None:
    """Return a draft that was put aside, once; None where there is none that can be read."""
    path = folder / f"{name}.json"
    try:
        recipe = Recipe.model_validate_json(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, ValidationError):
        recipe = None
    try:
        path.unlink(missing_ok=True)
    except OSError:
        return recipe
    return recipe
