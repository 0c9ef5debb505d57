"""What a drifting camera shows is told of the camera, and the process is left in peace."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from app.line.drift import FIRST_PARTS, CameraWatch
from app.vocabulary import Light

USUAL = Light(brightness=110.0, contrast=40.0, sharpness=2.0)


def lights(number: int, *, of: Light = USUAL, spread: float = 0.02, seed: int = 1) -> list[Light]:
    """Parts as they usually differ from each other."""
    dice = np.random.default_rng(seed)
    return [
        Light(
            *(
                value * (1 + spread * float(dice.normal()))
                for value in (of.brightness, of.contrast, of.sharpness)
            )
        )
        for _ in range(number)
    ]


def codes(watch: CameraWatch, process: int = 0) -> list[str]:
    return [drift.code for drift in watch.drifts(process)]


def watch_of(*runs: list[Light]) -> CameraWatch:
    watch = CameraWatch()
    for run in runs:
        for light in run:
            watch.add(light)
    return watch


def test_parts_as_they_usually_differ_are_no_drift() -> None:
    watch = watch_of(lights(3000, spread=0.05))
    assert watch.is_steady
    assert codes(watch) == []


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"brightness": 85.0}, "camera-dark"),
        ({"brightness": 140.0}, "camera-bright"),
        ({"sharpness": 1.3}, "camera-blurred"),
        ({"contrast": 28.0}, "camera-blurred"),
    ],
)
def test_a_camera_that_sees_otherwise_than_at_the_start_is_told(
    change: dict[str, float], code: str
) -> None:
    watch = watch_of(lights(FIRST_PARTS), lights(40, of=replace(USUAL, **change)))
    assert codes(watch) == [code]
    assert str(watch.drifts(0)[0].hint)


def test_a_slow_drift_is_found_before_it_is_large() -> None:
    watch = watch_of(lights(FIRST_PARTS))
    for place in range(400):
        watch.add(replace(USUAL, brightness=110.0 - place / 10))
        if not watch.is_steady:
            break
    assert 100 < place < 200


def test_a_camera_that_sees_sharper_than_at_the_start_is_no_fault() -> None:
    assert watch_of(lights(FIRST_PARTS), lights(40, of=replace(USUAL, sharpness=4.0))).is_steady


def test_a_drift_is_over_once_the_lens_is_cleaned() -> None:
    dull = lights(40, of=replace(USUAL, sharpness=1.0))
    watch = watch_of(lights(FIRST_PARTS), dull, lights(60))
    assert watch.is_steady


def test_nothing_is_said_before_the_first_parts_were_seen() -> None:
    assert watch_of(lights(10), lights(20, of=replace(USUAL, brightness=20.0))).is_steady


def test_parts_whose_light_was_not_measured_say_nothing() -> None:
    watch = watch_of(lights(FIRST_PARTS))
    watch.add(None)
    watch.add(Light(float("nan"), float("nan"), float("nan")))
    assert watch.is_steady


def test_the_process_is_named_only_under_a_steady_camera() -> None:
    steady = watch_of(lights(FIRST_PARTS))
    assert codes(steady, process=1) == ["process"]
    assert codes(steady, process=-1) == ["process"]
    assert steady.drifts(1) != steady.drifts(-1)
    dark = watch_of(lights(FIRST_PARTS), lights(40, of=replace(USUAL, brightness=60.0)))
    assert codes(dark, process=1) == ["camera-dark"]
