"""The exact binomial bound of a share, from a count among so many; standard library only."""

from __future__ import annotations

import math

_STEPS = 200
"""More halvings than a double has bits between 0 and 1: the last ones change nothing."""


def upper_bound(count: int, among: int, confidence: float) -> float:
    """Return the one-sided upper confidence bound of a share, of which ``count`` were seen.

    Clopper and Pearson, “The use of confidence or fiducial limits illustrated in the case of the
    binomial”, Biometrika 26 (1934): the largest share with which so few would still be seen with
    probability 1 − ``confidence``. Never too small, whatever the share is.
    """
    if count >= among:
        return 1.0
    low, high = count / among, 1.0
    for _ in range(_STEPS):
        middle = (low + high) / 2
        if not low < middle < high:
            break
        if at_most(count, among, middle) > 1 - confidence:
            low = middle
        else:
            high = middle
    return high


def at_most(count: int, among: int, share: float) -> float:
    """Return the probability of ``count`` or fewer among so many, where each has ``share``."""
    if not 0 < share < 1:
        return float(share <= 0 or count >= among)
    ways = math.lgamma(among + 1) - math.lgamma(count + 1) - math.lgamma(among - count + 1)
    term = math.exp(ways + count * math.log(share) + (among - count) * math.log1p(-share))
    odds = (1 - share) / share
    total = 0.0
    for below in range(count, -1, -1):
        total += term
        term *= below / (among - below + 1) * odds
        # Above the mean share the terms only fall; what follows is less than a rounding error.
        if term < total * 1e-17:
            break
    return min(1.0, total)


def parts_needed(share: float, confidence: float, count: int = 0) -> int:
    """Return among how many ``count`` may be seen and the bound still be ``share`` or less.

    For none it is ln(1 − confidence) ÷ ln(1 − share), rounded up: 598 for 0.5 % at 95 %.
    """
    low = count
    high = max(1, math.ceil(math.log1p(-confidence) / math.log1p(-share)))
    while upper_bound(count, high, confidence) > share:
        low, high = high, 2 * high
    while high - low > 1:
        middle = (low + high) // 2
        if upper_bound(count, middle, confidence) > share:
            low = middle
        else:
            high = middle
    return high


def most_allowed(among: int, share: float, confidence: float) -> int | None:
    """Return how many may be seen among so many with a bound of ``share``; None: not even 0."""
    if upper_bound(0, among, confidence) > share:
        return None
    low, high = 0, among
    while high - low > 1:
        middle = (low + high) // 2
        if upper_bound(middle, among, confidence) > share:
            high = middle
        else:
            low = middle
    return low
