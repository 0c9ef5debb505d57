"""The belt: parts ride in, lie still in the middle and ride out, seen by a camera with noise."""

from __future__ import annotations

import time
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from app import paths
from app.capture import Source, open_source
from app.capture._address import written
from app.errors import BadPicture, SourceLost
from app.vocabulary import Bgr, Frame
from capture.capture_parts import await_frame, drain, saved

VIEW = (160, 120)
PART = (40, 30)
BARE = {"rate": 0, "live": 0, "loop": 0, "noise": 0, "jitter": 0, "travel": 0.2, "rest": 0.5}
RESTING = 15
"""Frames in which a part lies still: half a second of the belt's own time."""


def write_parts(folder: Path, *levels: int) -> Path:
    for place, level in enumerate(levels):
        part = Image.new("L", PART, level)
        (folder / f"{place}.png").write_bytes(saved(part, "PNG"))
    return folder


def belt(folder: Path, **knobs: object) -> Source:
    size = {"width": VIEW[0], "height": VIEW[1]}
    return open_source(written("belt", str(folder), **{**size, **BARE, **knobs}))


def frames_of(source: Source) -> list[Frame]:
    with source:
        return [each for each in drain(source) if isinstance(each, Frame)]


def still(frames: list[Frame]) -> list[Frame]:
    """Return the frames that show just what the one before showed."""
    return [after for before, after in pairwise(frames) if (before.bgr == after.bgr).all()]


def middle(bgr: Bgr) -> int:
    return int(bgr[VIEW[1] // 2, VIEW[0] // 2, 0])


def test_every_part_rides_in_and_lies_still_in_the_middle_in_order(tmp_path: Path) -> None:
    frames = frames_of(belt(write_parts(tmp_path, 200, 230, 250)))
    resting = still(frames)
    assert list(dict.fromkeys(middle(frame.bgr) for frame in resting)) == [200, 230, 250]
    assert len(resting) == pytest.approx(3 * RESTING, abs=6)
    assert [Path(frame.source).name for frame in resting[:1] + resting[-1:]] == ["0.png", "2.png"]
    for frame in resting:
        is_part = frame.bgr[:, :, 0] > 150
        rows, columns = np.nonzero(is_part)
        left, top = (VIEW[0] - PART[0]) // 2, (VIEW[1] - PART[1]) // 2
        assert (columns.min(), rows.min()) == (left, top)
        assert (columns.max(), rows.max()) == (left + PART[0] - 1, top + PART[1] - 1)


def test_a_part_comes_from_the_left_and_leaves_to_the_right(tmp_path: Path) -> None:
    frames = frames_of(belt(write_parts(tmp_path, 250), travel=1.0))
    centres = [np.nonzero(f.bgr[:, :, 0] > 150)[1].mean() for f in frames if f.bgr.max() > 150]
    assert centres[0] < VIEW[0] / 4 < 3 * VIEW[0] / 4 < centres[-1]
    assert all(after >= before for before, after in pairwise(centres))


def test_the_belt_ends_after_its_last_part_unless_it_goes_over_and_over(tmp_path: Path) -> None:
    source = belt(write_parts(tmp_path, 200, 250))
    shares = []
    with source:
        while not source.is_finished:
            shares.append(source.progress)
            source.next_frame()
        assert source.progress == 1
    assert shares == sorted(shares, key=lambda share: share or 0)
    with belt(tmp_path, loop=1) as endless:
        frames = [await_frame(endless) for _ in range(3 * len(shares))]
        assert endless.progress is None
    assert [frame.number for frame in frames] == list(range(1, len(frames) + 1))
    assert len({frame.source for frame in frames[-len(shares) :]}) == 2


def test_a_part_may_lie_off_the_middle_but_each_time_the_same(tmp_path: Path) -> None:
    write_parts(tmp_path, 250, 250, 250, 250)
    first, again = (still(frames_of(belt(tmp_path, jitter=9))) for _ in range(2))
    places = {tuple(np.argwhere(frame.bgr[:, :, 0] > 150)[0]) for frame in first}
    assert len(places) == 4
    assert all((one.bgr == other.bgr).all() for one, other in zip(first, again, strict=True))


def test_noise_is_as_strong_as_asked_and_never_the_same_twice(tmp_path: Path) -> None:
    frames = frames_of(belt(write_parts(tmp_path, 128), noise=4))
    one, other = (frame.bgr.astype(float) for frame in frames[12:14])
    assert still(frames) == []
    assert np.std(one - other) == pytest.approx(4 * np.sqrt(2), rel=0.2)
    assert abs(one.mean() - other.mean()) < 8


def test_a_live_belt_keeps_its_clock_and_counts_what_nobody_took(tmp_path: Path) -> None:
    with belt(write_parts(tmp_path, 250), rate=100, live=1, loop=1) as source:
        assert source.is_live
        first = await_frame(source)
        time.sleep(0.1)
        assert await_frame(source).number >= first.number + 9


def test_a_belt_that_is_not_live_waits_for_whoever_takes_its_frames(tmp_path: Path) -> None:
    with belt(write_parts(tmp_path, 250), rate=100) as source:
        await_frame(source)
        time.sleep(0.1)
        assert await_frame(source).number == 2


def test_a_part_that_cannot_be_read_is_told_once_and_left_out(tmp_path: Path) -> None:
    write_parts(tmp_path, 200, 230, 250)
    (tmp_path / "1.png").write_bytes(b"")
    with belt(tmp_path) as source:
        taken = drain(source)
    told = [each for each in taken if isinstance(each, BadPicture)]
    assert [bad.code for bad in told] == ["picture-empty"]
    resting = still([each for each in taken if isinstance(each, Frame)])
    assert list(dict.fromkeys(middle(frame.bgr) for frame in resting)) == [200, 250]


def test_a_belt_without_one_part_that_can_be_read_is_lost(tmp_path: Path) -> None:
    (tmp_path / "1.png").write_bytes(b"")
    with belt(tmp_path, loop=1) as source, pytest.raises(SourceLost):
        await_frame(source)


def test_a_part_larger_than_the_view_is_shrunk_and_colours_stay(tmp_path: Path) -> None:
    part = Image.new("RGB", (4 * VIEW[0], VIEW[1]), (255, 0, 0))
    (tmp_path / "red.png").write_bytes(saved(part, "PNG"))
    frame = still(frames_of(belt(tmp_path, noise=0)))[0]
    is_red = (frame.bgr == (0, 0, 255)).all(axis=2)
    assert is_red.sum() == VIEW[0] * (VIEW[1] // 4)


def test_an_empty_target_shows_the_bundled_boards() -> None:
    with open_source("belt:") as source:
        frame = await_frame(source)
    assert frame.bgr.shape == (1080, 1920, 3)
    assert Path(frame.source).parent == paths.resources() / "samples" / "boards"
