"""Parts under a camera through a whole station, and single steps while it is paused."""

from __future__ import annotations

import numpy as np
import pytest

from app.inspector import Inspector
from app.station import FrameSeen, Inspected, Problem, Solved, Station, StationState, Trigger
from app.vocabulary import Bgr, Frame
from station.parts import (
    ColourReader,
    GivenSource,
    Told,
    engine_failed,
    frame,
    inspector_of,
    judged,
    running,
)


def board(level: int) -> Bgr:
    """A part of a rough pattern; ``level`` stands in its first pixel."""
    dice = np.random.default_rng(level)
    cells = dice.integers(0, 2, (6, 8), np.uint8) * 150 + 40
    bgr = np.full((96, 128, 3), 90, np.uint8)
    bgr[24:72, 32:96] = cells.repeat(8, 0).repeat(8, 1)[:, :, None]
    bgr[0, 0] = level
    return bgr


class Belt(GivenSource):
    """A camera that shows what the test lays under it, a hundred frames a second of its own."""

    def __init__(self) -> None:
        super().__init__([], is_live=True)
        self.lying = board(0)
        self.number = 0

    def next_frame(self, timeout_s: float = 1.0) -> Frame:
        super().next_frame(timeout_s)
        self.number += 1
        return Frame(self.lying, self.number, self.number / 100, "belt")


def test_under_a_camera_each_part_is_told_once_and_the_empty_belt_never() -> None:
    told, belt = Told(), Belt()
    belt.lying = empty = np.full((96, 128, 3), 90, np.uint8)
    line = Station(lambda: belt, inspector_of(ColourReader()), told, trigger=Trigger.PART)
    with running(line):
        for count, level in enumerate((40, 80, 80, 40), 1):
            until = belt.number + 60
            told.until(lambda until=until: belt.number >= until)  # type: ignore[misc]
            told.until(lambda: line.state is StationState.WAITING)
            belt.lying = board(level)
            told.until(lambda count=count: len(told.texts()) == count)  # type: ignore[misc]
            told.until(lambda: line.state is StationState.RUNNING)
            belt.lying = empty
    assert told.texts() == ["40", "80", "80", "40"]


def test_a_part_that_lies_there_is_asked_for_again_by_whoever_rearms() -> None:
    told, belt = Told(), Belt()
    belt.lying = board(40)
    line = Station(lambda: belt, inspector_of(ColourReader()), told, trigger=Trigger.PART)
    with running(line):
        told.until_texts("40")
        line.rearm()
        told.until_texts("40", "40")


def test_a_part_whose_engine_failed_is_judged_again_where_it_lies() -> None:
    told, belt, readers = Told(), Belt(), [ColourReader(), ColourReader()]
    belt.lying = board(40)
    readers[0].errors.append(engine_failed())
    line = Station(
        lambda: belt,
        lambda: Inspector(readers.pop(0), judged),
        told,
        trigger=Trigger.PART,
        back_off_s=(0.0,),
    )
    with running(line):
        told.until_texts("40")
    kinds = [type(news) for news in told.news if isinstance(news, Inspected | Problem | Solved)]
    assert kinds == [Inspected, Problem, Solved, Inspected]


@pytest.mark.parametrize("trigger", [Trigger.EVERY, Trigger.HAND, Trigger.PART])
def test_a_paused_camera_steps_by_exactly_one_frame_a_key(trigger: Trigger) -> None:
    told, source = Told(), GivenSource([], is_live=True)
    desk = Station(lambda: source, inspector_of(ColourReader()), told, trigger=trigger)
    desk.pause()
    with running(desk):
        for step in (1, 2):
            desk.trigger()
            source.given += [frame(20 * step), frame(20 * step + 1), frame(20 * step + 2)]
            told.until(lambda step=step: len(told.of(FrameSeen)) == 3 * step)  # type: ignore[misc]
            told.until(lambda step=step: len(told.inspections()) == step)  # type: ignore[misc]
        assert desk.state is StationState.PAUSED
    assert told.texts() == ["20", "40"]


@pytest.mark.parametrize("trigger", [Trigger.EVERY, Trigger.HAND])
def test_a_paused_folder_gives_exactly_one_page_a_key(trigger: Trigger) -> None:
    told, source = Told(), GivenSource([frame(n) for n in range(1, 6)])
    desk = Station(lambda: source, inspector_of(ColourReader()), told, trigger=trigger)
    desk.pause()
    with running(desk):
        for step in (1, 2):
            desk.trigger()
            told.until(lambda step=step: len(told.texts()) == step)  # type: ignore[misc]
            assert len(source.given) == 5 - step
    assert told.texts() == ["1", "2"]


def test_a_folder_whose_recipe_waits_for_parts_gives_every_picture() -> None:
    told, source = Told(), GivenSource([frame(n) for n in range(1, 6)])
    line = Station(lambda: source, inspector_of(ColourReader()), told, trigger=Trigger.PART)
    with running(line):
        told.until_texts("1", "2", "3", "4", "5")
