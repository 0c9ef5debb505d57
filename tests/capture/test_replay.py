"""Replay: a rate, an end or none, and what a live source loses."""

from __future__ import annotations

import time
from pathlib import Path

import numpy as np
import pytest

from app import paths
from app.capture import open_source
from app.capture.replay import Knobs, replay
from app.errors import BadPicture, SourceLost
from app.vocabulary import Bgr
from capture.capture_parts import await_frame, drain, saved, upright


def levels(count: int) -> list[Bgr]:
    return [np.full((20, 30, 3), level, np.uint8) for level in range(count)]


def test_pictures_in_memory_are_given_once_in_order_and_not_copied() -> None:
    pictures = levels(4)
    with replay(pictures) as source:
        frames = drain(source)
    assert [int(frame.bgr[0, 0, 0]) for frame in frames if not isinstance(frame, BadPicture)] == [
        0,
        1,
        2,
        3,
    ]
    for frame, picture in zip(frames, pictures, strict=True):
        assert not isinstance(frame, BadPicture)
        assert np.shares_memory(frame.bgr, picture)
        assert not frame.bgr.flags.writeable
        assert picture.flags.writeable


def test_a_loop_has_no_end_and_counts_on() -> None:
    with replay(levels(2), Knobs(rate_hz=0, loop=True)) as source:
        frames = [await_frame(source) for _ in range(5)]
        assert not source.is_finished
    assert [frame.number for frame in frames] == [1, 2, 3, 4, 5]
    assert [int(frame.bgr[0, 0, 0]) for frame in frames] == [0, 1, 0, 1, 0]


def test_a_picture_that_is_not_due_is_waited_for_no_longer_than_asked() -> None:
    with replay(levels(2), Knobs(rate_hz=1)) as source:
        assert source.next_frame(0) is not None
        assert source.next_frame(0) is None
        assert not source.is_finished
        assert await_frame(source).number == 2


def test_a_live_replay_counts_what_nobody_took() -> None:
    with replay(levels(3), Knobs(rate_hz=100, live=True)) as source:
        assert source.is_live
        await_frame(source)
        time.sleep(0.1)
        assert await_frame(source).number > 5


def test_a_replay_that_is_not_live_loses_nothing() -> None:
    with replay(levels(3), Knobs(rate_hz=100)) as source:
        await_frame(source)
        time.sleep(0.1)
        assert await_frame(source).number == 2


def test_files_are_replayed_and_a_bad_one_is_told(tmp_path: Path) -> None:
    (tmp_path / "1.png").write_bytes(saved(upright(), "PNG"))
    (tmp_path / "2.png").write_bytes(b"")
    with open_source(f"replay:{tmp_path}?rate_hz=0") as source:
        first, bad = drain(source)
    assert not isinstance(first, BadPicture)
    assert first.source == str(tmp_path / "1.png")
    assert isinstance(bad, BadPicture)


def test_a_folder_without_pictures_is_told_even_for_a_loop(tmp_path: Path) -> None:
    with pytest.raises(SourceLost) as told:
        open_source(f"replay:{tmp_path}?loop=1").open()
    assert told.value.code == "folder-empty"


def test_an_empty_target_replays_the_samples() -> None:
    source = open_source("replay:")
    assert source.address == "replay:"
    if any((paths.resources() / "samples").glob("*.*")):
        with source:
            assert await_frame(source).source.startswith(str(paths.resources()))
