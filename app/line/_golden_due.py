"""Whether the golden parts bar the line: never run, failed, too long ago, or by another model."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from app.line._news import Lock
from app.line._reasons import DUE, failed
from app.recipes import RecipeVersion
from app.vocabulary import EngineMark, GoldenRun

LONGEST_SHIFT = timedelta(hours=24)


def newest_run(version: RecipeVersion, runs: Sequence[GoldenRun]) -> GoldenRun | None:
    """Return the newest run of the recipe's golden parts by this very version of it."""
    parts = version.recipe.golden.parts
    own = (run for run in runs if run.recipe == version.mark and run.parts == parts)
    return max(own, key=lambda run: run.at, default=None)


def golden_lock(
    version: RecipeVersion, run: GoldenRun | None, engine: EngineMark | None, now: datetime
) -> Lock | None:
    """Return what bars the line; ``engine`` is what judged the last part, None before the first."""
    golden = version.recipe.golden
    if not golden.parts:
        return None
    if run is None:
        return DUE
    if not run.passed:
        return failed(run)
    is_other = engine is not None and engine.models != run.engine.models
    return DUE if is_other or now - run.at > timedelta(hours=golden.every_hours) else None


def shift_start(run: GoldenRun | None, now: datetime) -> datetime:
    """Return when the shift began: with the golden run of the last day, else at local midnight."""
    if run and run.passed and now - run.at < LONGEST_SHIFT:
        return run.at
    return now.astimezone().replace(hour=0, minute=0, second=0, microsecond=0)
