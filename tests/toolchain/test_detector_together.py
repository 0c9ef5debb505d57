"""Processes that learn together hear the same mean, and notice when one of them is gone."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from app.toolchain.detector._together import PartnerLost, Together


def test_every_process_hears_the_mean_of_all() -> None:
    ranks, rounds = 3, 5
    first = Together(0, ranks, 4, "", lambda: True)
    others = [Together(rank, ranks, 4, first.name, lambda: True) for rank in (1, 2)]

    def go(together: Together) -> list[list[float]]:
        return [
            together.average(np.full(4, together.rank * 3 + turn, np.float32)).tolist()
            for turn in range(rounds)
        ]

    with ThreadPoolExecutor(ranks) as pool:
        heard = list(pool.map(go, [first, *others]))
    for together in (*others, first):
        together.close()
    assert heard == [[[3.0 + turn] * 4 for turn in range(rounds)]] * ranks


def test_a_process_on_its_own_waits_for_nobody() -> None:
    alone = Together(0, 1, 2, "", lambda: False)
    assert alone.average(np.array([1, 2], np.float32)).tolist() == [1, 2]
    alone.close()


def test_a_partner_that_is_gone_is_not_waited_for() -> None:
    left = Together(0, 2, 2, "", lambda: False)
    with pytest.raises(PartnerLost):
        left.average(np.zeros(2, np.float32))
    left.close()
