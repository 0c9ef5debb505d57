"""What every kind of source promises, asked of each of them with real parts."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pytest

from app import kinds
from app.capture import Source, find_sources, open_source
from app.capture._address import written
from app.errors import KindError, SettingsError, SourceLost
from capture.capture_parts import await_frame, saved, scanner_config, upright, video_file

KINDS = kinds.names("app.capture")


class Specimen(NamedTuple):
    """A source with something to give, one that is away, and how more arrives."""

    address: str
    absent: str
    refill: Callable[[], object] = lambda: None


def _belt(place: Path) -> Specimen:
    _folder(place)
    small = {"rate": 100, "travel": 0.1, "width": 160, "height": 120}
    return Specimen(
        written("belt", str(place), **small), written("belt", str(place / "gone"), **small)
    )


def _folder(place: Path) -> Specimen:
    for name in ("a.png", "b.jpg"):
        (place / name).write_bytes(saved(upright(), "PNG"))
    return Specimen(written("folder", str(place)), written("folder", str(place / "gone")))


def _hotfolder(place: Path) -> Specimen:
    def refill() -> None:
        for count in range(2):
            path = place / f"{time.monotonic_ns()}-{count}.png"
            path.write_bytes(saved(upright(), "PNG"))

    refill()
    address = written("hotfolder", str(place), settle_s=0)
    return Specimen(address, written("hotfolder", str(place / "gone")), refill)


def _replay(place: Path) -> Specimen:
    _folder(place)
    address = written("replay", str(place), rate_hz=50)
    return Specimen(address, written("replay", str(place / "gone")))


def _scanner(place: Path) -> Specimen:
    scanner_config(place / "sane")
    return Specimen("scanner:test:0?resolution=75", "scanner:test:7")


def _stream(place: Path) -> Specimen:
    video = video_file(place / "video.avi")
    return Specimen(written("stream", str(video)), written("stream", str(place / "gone.avi")))


def _v4l2(place: Path) -> Specimen:
    return Specimen("v4l2:/dev/video0", written("v4l2", str(place / "gone")))


SPECIMENS = {
    "belt": _belt,
    "folder": _folder,
    "hotfolder": _hotfolder,
    "replay": _replay,
    "scanner": _scanner,
    "stream": _stream,
    "v4l2": _v4l2,
}


@pytest.fixture(params=KINDS)
def specimen(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Specimen:
    place = tmp_path / "place"
    place.mkdir()
    monkeypatch.setenv("SANE_CONFIG_DIR", str(place / "sane"))
    return SPECIMENS[str(request.param)](place)


@pytest.fixture
def source(specimen: Specimen) -> Source:
    if specimen.address.startswith("v4l2") and not Path("/dev/video0").exists():
        pytest.skip("no camera on this machine: V4L2 was not run on a device")
    return open_source(specimen.address)


def test_every_kind_has_a_specimen() -> None:
    assert set(SPECIMENS) == set(KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_says_what_it_is_and_what_can_be_set(kind: str) -> None:
    module = kinds.load("app.capture", kind)
    assert module.__doc__
    for field in module.Knobs.model_fields.values():
        assert field.title
        assert field.description
    assert module.Knobs.model_config["frozen"]
    assert module.Knobs.model_config["extra"] == "forbid"


@pytest.mark.parametrize("kind", KINDS)
def test_a_misspelt_knob_is_told_with_the_nearest_one(kind: str) -> None:
    knob = next(iter(kinds.load("app.capture", kind).Knobs.model_fields))
    with pytest.raises(SettingsError, match=f"Did you mean “{knob}”") as told:
        open_source(f"{kind}:x?{knob}x=1")
    assert told.value.code == "knob-unknown"


def test_a_misspelt_kind_is_told_with_the_nearest_one() -> None:
    with pytest.raises(KindError, match="Did you mean “scanner”"):
        open_source("scaner:test:0")


def test_a_source_is_made_without_touching_anything(specimen: Specimen) -> None:
    source = open_source(specimen.absent)
    assert source.address == specimen.absent
    source.close()
    source.close()


def test_a_source_that_is_away_is_told_in_a_sentence_as_often_as_it_is_tried(
    specimen: Specimen,
) -> None:
    source = open_source(specimen.absent)
    for _ in range(2):
        with pytest.raises(SourceLost) as told:
            source.open()
        assert str(told.value.what)
        assert str(told.value.hint)
        assert told.value.code
        source.close()


def test_frames_are_numbered_timed_and_never_written_to_again(source: Source) -> None:
    before = time.time()
    with source:
        frames = [await_frame(source), await_frame(source)]
    for frame in frames:
        assert frame.bgr.ndim == 3
        assert frame.bgr.shape[2] == 3
        assert frame.bgr.dtype == np.uint8
        assert frame.bgr.flags.c_contiguous
        assert not frame.bgr.flags.writeable
        assert before <= frame.time <= time.time()
        assert frame.source
        assert frame.page >= 1
    assert 0 < frames[0].number < frames[1].number


def test_a_source_can_be_closed_twice_and_opened_again(source: Source, specimen: Specimen) -> None:
    for _ in range(2):
        source.open()
        await_frame(source)
        source.close()
        source.close()
        specimen.refill()


def test_a_closed_source_leaves_no_thread_behind(source: Source) -> None:
    with source:
        await_frame(source)
    assert [thread.name for thread in threading.enumerate() if "capture" in thread.name] == []


def test_progress_is_a_share_or_unknown(source: Source) -> None:
    with source:
        shares = [source.progress]
        await_frame(source)
        shares.append(source.progress)
    assert all(share is None or 0 <= share <= 1 for share in shares)
    assert (shares[0] is None) == (shares[1] is None)


def test_what_is_found_can_be_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SANE_CONFIG_DIR", str(scanner_config(tmp_path / "sane")))
    found = find_sources()
    assert "scanner:test:0" in [source.address for source in found]
    for address, title in found:
        assert open_source(address).address == address
        assert str(title)
