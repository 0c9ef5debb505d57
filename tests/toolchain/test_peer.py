"""The comparison counts time, not threads."""

from __future__ import annotations

from app.reader._look import covered_s
from app.toolchain.peer import Comparison, table


def test_models_at_work_side_by_side_count_once() -> None:
    assert covered_s([(1.0, 2.0), (1.5, 3.0), (5.0, 6.0), (5.2, 5.4)]) == 3.0
    assert covered_s([]) == 0.0


def test_the_table_ends_with_the_ratio_over_all_pictures() -> None:
    told = table([Comparison("a", 10, 9, 50), Comparison("b", 30, 27, 90)])
    assert "**3.50**" in told.splitlines()[-3]
    assert told.endswith("Time outside the models: 10.0 %")
