"""What a changed recipe would make of recorded parts, and what of that can be known."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtGui import QImage

from app.desktop.recipes.fates import within
from app.desktop.recipes.looker import looks_alike
from app.judgement.parts import judge_part
from app.recipes import Recipe, RecipeVersion
from app.vocabulary import Decision, Reading, Record, Verdict

Change = tuple[Decision, Decision]

ORDER: tuple[Change, ...] = (
    (Decision.NG, Decision.OK),
    (Decision.REVIEW, Decision.OK),
    (Decision.NG, Decision.REVIEW),
    (Decision.OK, Decision.NG),
    (Decision.OK, Decision.REVIEW),
    (Decision.REVIEW, Decision.NG),
)
"""Changes of a verdict, the most dangerous first: a defect that would go out."""


@dataclass(frozen=True, slots=True, eq=False)
class Outcome:
    """One recorded part before and after; no verdict after is one that cannot be known."""

    record: Record
    before: Decision
    after: Verdict | None
    was_looked_at: bool = False
    """Whether the model had to look at the picture again."""
    thumb: QImage | None = None

    @property
    def change(self) -> Change | None:
        """Return the verdict before and after where they differ."""
        if self.after is None or self.after.decision is self.before:
            return None
        return self.before, self.after.decision


@dataclass(frozen=True, slots=True, eq=False)
class Trial:
    """One recipe in work, tried on recorded parts."""

    base: RecipeVersion
    recipe: Recipe
    outcomes: tuple[Outcome, ...]
    asked: int
    """How many parts there were; fewer outcomes are a trial that was cancelled."""

    @property
    def changed(self) -> tuple[Outcome, ...]:
        """The parts that would be judged otherwise, the most dangerous first."""
        changed = [each for each in self.outcomes if each.change is not None]
        return tuple(sorted(changed, key=lambda each: ORDER.index(each.change or ORDER[0])))

    @property
    def unknown(self) -> int:
        """How many parts cannot be told."""
        return sum(each.after is None for each in self.outcomes)

    @property
    def looked_at(self) -> int:
        """How many parts the model looked at again."""
        return sum(each.was_looked_at for each in self.outcomes)

    def counts(self) -> tuple[Counter[Decision], Counter[Decision]]:
        """Count verdicts before and after, of the parts that can be told."""
        told = [each for each in self.outcomes if each.after is not None]
        after = Counter(each.after.decision for each in told if each.after)
        return Counter(each.before for each in told), after


def suffices(then: Recipe | None, now: Recipe) -> bool:
    """Say whether what was recorded by one recipe is all that another would have seen.

    None is a recipe that is gone. Recorded is what counted at least as doubtful, in the region and
    in no mask; a limit further down, or an area that was left out, needs another look.
    """
    if then is None or not looks_alike(then, now) or not set(then.masks) <= set(now.masks):
        return False
    kinds = {*then.defects, *now.defects, ""}
    return all(then.limits(kind).review <= now.limits(kind).review for kind in kinds)


def judged(reading: Reading, recipe: Recipe) -> Verdict:
    """Judge a reading that may hold more than the recipe looks at."""
    return judge_part(within(reading, recipe), recipe)


def floor_of(recipes: Sequence[Recipe]) -> float:
    """Return the lowest score that any of the recipes asks about."""
    limits = [each for recipe in recipes for each in (recipe.others, *recipe.defects.values())]
    return min(each.review for each in limits)
