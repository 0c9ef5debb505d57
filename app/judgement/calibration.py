"""Thresholds from a site's own labelled parts, with a proven bound of the escapes; pure.

An escape is an NG part called OK. A part's *strength* is the score of its strongest defect, so a
part is OK where its strength lies below “doubtful from”. Put the strengths of n NG parts in order:
the share of all NG parts that are weaker than the k-th weakest one is distributed as
Beta(k, n − k + 1), whatever detector and defects are like (Wilks, “Determination of sample sizes
for setting tolerance limits”, Annals of Mathematical Statistics 12, 1941). The upper bound of that
share is the one of Clopper and Pearson for k − 1 escapes among n. As k follows from n and from
what is asked, before any score is seen, choosing the threshold and proving it may use the same
parts; and what holds at the k-th weakest holds at every lower threshold. If even that part lies
below what the reader reports, the threshold is fixed there, and the escapes are counted.

It holds for NG parts that come as those did which were measured: drawn from the line's own, each
once, not chosen for being easy to see.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from app.judgement.binomial import most_allowed, parts_needed, upper_bound
from app.judgement.parts import Scores
from app.recipes import Limits, Recipe

FLOOR = 0.05
"""Scores below it are noise: nothing weaker is asked of the reader, and no threshold lies lower."""
STEPS = 10_000
"""Thresholds are written with four digits."""
GRID = tuple(step / 20 for step in range(1, 20))
"""Thresholds at which the curve is told, beside the chosen ones."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What the site asks of its thresholds; shares are of parts, 0–1."""

    escapes: float = 0.005
    confidence: float = 0.95
    false_alarms: float = 0.005
    """Share of the OK parts that may be called NG; the rest of the doubtful go to REVIEW."""


@dataclass(frozen=True, slots=True)
class Point:
    """What one threshold comes to on the measured parts."""

    threshold: float
    escaped: int
    """NG parts that are weaker: called OK if “doubtful from” were here."""
    bound: float
    """Of their share among all; for a threshold chosen before looking at this curve."""
    stopped: int
    """OK parts that are as strong: not called OK if “doubtful from” were here."""
    reviewed: float
    """Share of all parts between here and the chosen “certain from”."""
    alarmed: int
    """OK parts called NG if “certain from” were here."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """The chosen thresholds, what they come to on the measured parts, and what is proven."""

    asked: Asked
    review: float
    score: float
    bound: float
    """Proven upper bound of the escapes; above what was asked if the parts do not prove it."""
    ng_parts: int
    escaped: int
    ok_parts: int
    false_alarms: int
    reviewed: int
    unseen: int
    """NG parts on which the detector sees nothing at all."""
    needed: int
    """NG parts that would prove what was asked if of them as many were unseen as of these."""
    curve: tuple[Point, ...]

    @property
    def is_met(self) -> bool:
        """Whether the asked bound is proven."""
        return self.bound <= self.asked.escapes


@dataclass(frozen=True, slots=True)
class _Part:
    seen: float
    """At or below this threshold it is not OK."""
    certain: float
    """At or below this threshold it is NG."""


def calibrate(
    recipe: Recipe, ok: Sequence[Scores], ng: Sequence[Scores], asked: Asked
) -> Calibration:
    """Choose the thresholds of a recipe.

    ``ok`` and ``ng`` are what ``part_scores`` gave for parts known to be so, each once, with a
    reader that reports everything from ``FLOOR`` on; there is at least one NG part.
    """
    goods = [_strength(recipe, scores) for scores in ok]
    bads = [_strength(recipe, scores) for scores in ng]
    review, weakest, bound = _review_from(goods, bads, asked)
    score = max(review, weakest, _score_from(goods, asked.false_alarms))
    unseen = sum(part.seen < FLOOR for part in bads)
    chosen = sorted({*GRID, review, score})
    return Calibration(
        asked=asked,
        review=review,
        score=score,
        bound=bound,
        ng_parts=len(bads),
        escaped=sum(part.seen < review for part in bads),
        ok_parts=len(goods),
        false_alarms=sum(part.certain >= score for part in goods),
        reviewed=_between(review, score, goods, bads),
        unseen=unseen,
        needed=parts_needed(asked.escapes, asked.confidence, unseen),
        curve=tuple(_point(at, score, goods, bads, asked.confidence) for at in chosen),
    )


def with_thresholds(recipe: Recipe, review: float, score: float) -> Recipe:
    """Return the recipe with the same two thresholds for every kind of defect."""

    def changed(limits: Limits) -> Limits:
        return Limits.model_validate(limits.model_dump() | {"review": review, "score": score})

    defects = {label: changed(limits) for label, limits in recipe.defects.items()}
    return recipe.model_copy(update={"others": changed(recipe.others), "defects": defects})


def _strength(recipe: Recipe, scores: Scores) -> _Part:
    certain = (s for label, s in scores.items() if recipe.limits(label).action == "NG")
    return _Part(max(scores.values(), default=0.0), max(certain, default=0.0))


def _review_from(
    goods: Sequence[_Part], bads: Sequence[_Part], asked: Asked
) -> tuple[float, float, float]:
    """Return “doubtful from”, the weakest NG part above it, and the bound."""
    among = len(bads)
    allowed = most_allowed(among, asked.escapes, asked.confidence) or 0
    rests_on = sorted(part.seen for part in bads)[allowed]
    if rests_on < FLOOR:
        unseen = sum(part.seen < FLOOR for part in bads)
        return FLOOR, FLOOR, upper_bound(unseen, among, asked.confidence)
    # Down to the next OK part the bound still holds, NG parts that might escape are caught, and no
    # measured OK part is stopped for it. Between the two nothing was measured: half-way.
    below = max((part.seen for part in goods if part.seen < rests_on), default=FLOOR)
    below = max(below, FLOOR)
    weakest = min(part.seen for part in bads if part.seen > below or part.seen == rests_on)
    review = max(FLOOR, _at_or_below((weakest + below) / 2))
    return review, _at_or_below(weakest), upper_bound(allowed, among, asked.confidence)


def _score_from(goods: Sequence[_Part], false_alarms: float) -> float:
    """Return the lowest “certain from” that calls no more OK parts NG than may be."""
    strengths = sorted((part.certain for part in goods), reverse=True)
    may_be = math.floor(false_alarms * len(goods))
    return _above(strengths[may_be]) if may_be < len(strengths) else 0.0


def _at_or_below(score: float) -> float:
    written = math.floor(score * STEPS) / STEPS
    return written if written <= score else (math.floor(score * STEPS) - 1) / STEPS


def _above(score: float) -> float:
    written = math.ceil(score * STEPS) / STEPS
    return min(1.0, written if written > score else (math.ceil(score * STEPS) + 1) / STEPS)


def _between(review: float, score: float, *kinds: Sequence[_Part]) -> int:
    """Count the parts that are neither OK nor NG."""
    return sum(part.seen >= review and part.certain < score for parts in kinds for part in parts)


def _point(
    at: float, score: float, goods: Sequence[_Part], bads: Sequence[_Part], confidence: float
) -> Point:
    escaped = sum(part.seen < at for part in bads)
    return Point(
        threshold=at,
        escaped=escaped,
        bound=upper_bound(escaped, len(bads), confidence),
        stopped=sum(part.seen >= at for part in goods),
        reviewed=_between(at, score, goods, bads) / (len(goods) + len(bads)),
        alarmed=sum(part.certain >= at for part in goods),
    )
