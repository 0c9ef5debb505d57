"""Labels that belong together: one group a document, however many lie on the page."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import combinations

from app.documents import PlacedLine
from app.documents._labels import Anchor
from app.documents._page import Page

DOUBLES = 2
"""Two documents of one kind have at least this many labels in common."""

Group = list[Anchor]
MayJoin = Callable[[Anchor, Anchor], bool]

SAME_ROW = 0.6
"""Anchors whose heights on the page differ by fewer line heights may stand side by side."""


def grouped(anchors: Sequence[Anchor], may_join: MayJoin) -> list[Group]:
    """Join the nearest anchors first, as long as no document gets a label twice."""
    groups = [[anchor] for anchor in anchors]
    if not _has_doubles(anchors):
        return [list(anchors)] if anchors else []
    home = {id(anchor): group for anchor, group in zip(anchors, groups, strict=True)}
    for one, other in sorted(combinations(anchors, 2), key=lambda pair: _distance(*pair)):
        mine, theirs = home[id(one)], home[id(other)]
        if mine is not theirs and _fit(mine, theirs, may_join):
            mine += theirs
            groups.remove(theirs)
            home.update((id(anchor), mine) for anchor in theirs)
    return _without_strays(groups, may_join)


def in_reading_order(first: Anchor, second: Anchor) -> bool:
    """Tell whether ``first`` may be read before ``second``: above it, or left of it."""
    fall = (second.y - first.y) / min(first.height, second.height)
    return fall > SAME_ROW or (fall >= -SAME_ROW and second.x > first.x)


def shared_out(page: Page, groups: Sequence[Group]) -> list[list[PlacedLine]]:
    """Give every line of the page to the group that it is nearest to."""
    hulls = [_hull(group) for group in groups]
    shares: list[list[PlacedLine]] = [[] for _ in groups]
    for strip in page.strips:
        x1, x2, y = strip.left, strip.right, (strip.left_y + strip.right_y) / 2
        away = [
            math.hypot(max(left - x2, x1 - right, 0), max(top - y, y - bottom, 0))
            for left, top, right, bottom in hulls
        ]
        shares[away.index(min(away))].append(strip.line)
    return shares


def _without_strays(groups: Sequence[Group], may_join: MayJoin) -> list[Group]:
    """Join groups that have at most one label in common: that one stands in some value."""
    kept: list[Group] = []
    for group in sorted(groups, key=len, reverse=True):
        for other in kept:
            keys = {anchor.label.key for anchor in other}
            new = [anchor for anchor in group if anchor.label.key not in keys]
            is_stray = len({anchor.label.key for anchor in group} & keys) < DOUBLES
            if is_stray and all(may_join(one, anchor) for one in new for anchor in other):
                other += new
                break
        else:
            kept.append(group)
    return kept


def _fit(mine: Group, theirs: Group, may_join: MayJoin) -> bool:
    if _has_doubles((*mine, *theirs)):
        return False
    return all(may_join(one, other) for one in mine for other in theirs)


def _has_doubles(anchors: Sequence[Anchor]) -> bool:
    counts = Counter(anchor.label for anchor in anchors)
    return any(count > label.repeats for label, count in counts.items())


def _distance(one: Anchor, other: Anchor) -> float:
    return math.hypot(one.x - other.x, one.y - other.y)


def _hull(group: Group) -> tuple[float, float, float, float]:
    rights = [anchor.right for anchor in group]
    lefts, ys = [anchor.x for anchor in group], [anchor.y for anchor in group]
    return min(lefts), min(ys), max(rights), max(ys)
