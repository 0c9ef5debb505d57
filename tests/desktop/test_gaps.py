"""The meter of the window's gaps: nothing while nobody measures, the longest gap while it does."""

from __future__ import annotations

import time

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.desktop.gaps import GapMeter, percentile, table


def test_a_busy_window_shows_as_a_gap_at_least_as_long(qapp: QApplication, qtbot: QtBot) -> None:
    meter = GapMeter(qapp)
    meter.begin()
    qtbot.wait(5)
    time.sleep(0.05)
    qtbot.wait(5)
    assert meter.end() >= 45
    assert meter.laps_ms == [meter.laps_ms[0]]


def test_no_beat_is_taken_outside_of_a_stretch(qapp: QApplication, qtbot: QtBot) -> None:
    meter = GapMeter(qapp)
    qtbot.wait(5)
    beating = [meter.is_beating]
    for step in (meter.begin, meter.end):
        step()
        beating.append(meter.is_beating)
    assert beating == [False, True, False]


def test_a_percentile_is_a_value_that_was_measured() -> None:
    values = [float(n) for n in range(1, 101)]
    assert percentile(values, 0.99) == 99.0
    assert percentile(values, 0.5) == 50.0
    assert percentile([7.0], 0.99) == 7.0
    assert percentile([], 0.99) == 0.0


def test_the_table_tells_median_p99_and_longest() -> None:
    lines = table([1.0, 2.0, 30.0]).splitlines()
    assert "| 2.0 |" in lines[2]
    assert "| 30.0 |" in lines[3]
    assert "| 30.0 |" in lines[4]
