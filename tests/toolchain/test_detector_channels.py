"""Channels leave together, the least important first, where it saves most for the least harm."""

from __future__ import annotations

import numpy as np
import pytest

from app.toolchain.detector.channels import Group, Reach, Unit, Work, cost, groups, without
from app.toolchain.detector.choice import Harm, choose
from app.toolchain.detector.criteria import importance

WIDE = 32


def reaches(
    source: str, *readers: str, width: int = WIDE, offset: int = 0, leaves: bool = False
) -> list[Reach]:
    return [
        Reach((source, c), frozenset((reader, c + offset) for reader in readers), leaves)
        for c in range(width)
    ]


CHAIN = reaches("a", "a.norm", "b") + reaches("b", "c") + reaches("c", leaves=True)
WORKS = {"a": Work(1, 100), "b": Work(9, 100), "c": Work(1, 100)}
WIDTHS = {"a": (1, WIDE), "b": (WIDE, WIDE), "c": (WIDE, WIDE)}


def test_what_reaches_the_output_stays() -> None:
    assert [group.makers for group in groups(CHAIN)] == [("a",), ("b",)]


def test_what_is_added_together_leaves_together() -> None:
    branches = reaches("left", "next") + reaches("right", "next")
    (group,) = groups(branches)
    assert group.makers == ("left", "right")
    assert group.units[3].makers == (("left", 3), ("right", 3))


def test_what_stands_side_by_side_leaves_on_its_own() -> None:
    beside = reaches("left", "next") + reaches("right", "next", offset=WIDE)
    assert [group.makers for group in groups(beside)] == [("left",), ("right",)]


def test_removed_channels_are_gone_from_every_layer_that_knew_them() -> None:
    arrays = {
        "a.weight": np.zeros((4, 1, 1, 1)),
        "a.bias": np.arange(4),
        "a.norm.weight": np.arange(4),
        "a.norm._mean": np.arange(4),
        "b.weight": np.arange(8).reshape(2, 4, 1, 1),
        "b.bias": np.arange(2),
    }
    unit = Unit((("a", 1),), (("a.norm", 1), ("b", 1)))
    left = without(arrays, [unit])
    assert left["a.weight"].shape == (3, 1, 1, 1)
    for name in ("a.bias", "a.norm.weight", "a.norm._mean"):
        assert left[name].tolist() == [0, 2, 3]
    assert left["b.weight"].ravel().tolist() == [0, 2, 3, 4, 6, 7]
    assert left["b.bias"].tolist() == [0, 1]


def test_the_work_falls_with_both_sides_of_a_convolution() -> None:
    found = groups(CHAIN)
    full = cost(WORKS, WIDTHS, found, {"a": WIDE, "b": WIDE})
    half = cost(WORKS, WIDTHS, found, {"a": WIDE // 2, "b": WIDE // 2})
    assert full == 100 * (WIDE * 13 + WIDE * (9 * WIDE + 12) + WIDE * (WIDE + 12))
    assert half < full / 2


def test_a_value_read_several_times_over_is_counted_each_time() -> None:
    pyramid = [
        Reach(("a", c), frozenset(("b", c + WIDE * n) for n in range(4)), leaves=False)
        for c in range(WIDE)
    ]
    widths = {"a": (1, WIDE), "b": (4 * WIDE, 8)}
    works = {"a": Work(1, 1), "b": Work(1, 1)}
    assert cost(works, widths, groups(pyramid), {"a": 8}) == 8 * (1 + 12) + 8 * (4 * 8 + 12)


def harms(**at: tuple[float, float, float]) -> dict[str, Harm]:
    return {name: Harm(name, numbers) for name, numbers in at.items()}


def chosen(measured: dict[str, Harm], keep: float, multiple: int = 8) -> dict[str, int]:
    found: tuple[Group, ...] = groups(CHAIN)

    def work(kept: object) -> float:
        return cost(WORKS, WIDTHS, found, dict(kept))  # type: ignore[call-overload]

    budget = keep * work({"a": WIDE, "b": WIDE})
    return choose(found, measured, work, budget, multiple)


def test_the_group_that_feels_it_least_gives_most() -> None:
    kept = chosen(harms(a=(1.0, 2.0, 4.0), b=(0.0, 0.01, 0.02)), keep=0.5)
    assert kept["b"] < kept["a"]


def test_channels_left_are_a_multiple() -> None:
    kept = chosen(harms(a=(0.1, 0.2, 0.4), b=(0.1, 0.2, 0.4)), keep=0.4, multiple=16)
    assert set(kept.values()) <= {16, 32}


def test_a_group_never_loses_more_than_was_measured() -> None:
    kept = chosen(harms(a=(0, 0, 0), b=(0, 0, 0)), keep=0.0, multiple=2)
    assert kept == {"a": WIDE // 4, "b": WIDE // 4}


def test_harm_that_seems_to_fall_is_taken_as_level() -> None:
    harm = Harm("a", (0.4, 0.1, 0.5))
    assert harm.of(1.0) == 0
    assert harm.of(0.5) == pytest.approx(0.4)
    assert harm.of(0.25) == pytest.approx(0.5)


def test_the_filter_in_the_middle_of_the_others_goes_first() -> None:
    filters = np.array([[0.0, 0.0], [4.0, 0.0], [0.0, 4.0], [1.2, 1.2]]).reshape(4, 2, 1, 1)
    assert importance(filters.astype(np.float32), "fpgm").argmin() == 3


def test_the_smallest_filter_goes_first() -> None:
    filters = np.array([3.0, -0.5, 2.0], np.float32).reshape(3, 1, 1, 1)
    worth = importance(filters, "l1")
    assert worth.argmin() == 1
    assert worth.mean() == pytest.approx(1)
