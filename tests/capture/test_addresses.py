"""Addresses: taken apart and put together without loss, and what a camera's URL keeps."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.capture._address import knobs_of, parse, without_password, written
from app.capture.stream import Knobs
from app.errors import SettingsError

NAMES = st.from_regex(r"[a-z_]{1,12}", fullmatch=True)
VALUES = st.from_regex(r"[a-z0-9.:/ -]{0,12}", fullmatch=True)


@settings(max_examples=60, deadline=None, database=None)
@given(target=st.text(), knobs=st.dictionaries(NAMES, VALUES, max_size=3))
def test_what_is_written_is_parsed_into_just_that(target: str, knobs: dict[str, str]) -> None:
    assert parse(written("folder", target, **knobs)) == ("folder", target, knobs)


@pytest.mark.parametrize(
    ("address", "parsed"),
    [
        ("v4l2", ("v4l2", "", {})),
        ("scanner:test:0?resolution=300", ("scanner", "test:0", {"resolution": "300"})),
        ("folder:/what?/a.jpg", ("folder", "/what?/a.jpg", {})),
        ("/scans/a:b", ("folder", "/scans/a:b", {})),
        ("~/scans", ("folder", "~/scans", {})),
        ("rtsp://host/1", ("stream", "rtsp://host/1", {})),
    ],
)
def test_addresses_as_people_write_them(
    address: str, parsed: tuple[str, str, dict[str, str]]
) -> None:
    assert parse(address) == parsed


@pytest.mark.parametrize(
    ("address", "url", "timeout_s"),
    [
        ("rtsp://h/cam?channel=1&subtype=0", "rtsp://h/cam?channel=1&subtype=0", 5),
        ("rtsp://h/cam?channel=1&timeout_s=2", "rtsp://h/cam?channel=1", 2),
        ("rtsp://h/cam?transportmode=unicast", "rtsp://h/cam?transportmode=unicast", 5),
        ("stream:rtsp://h/cam?timeout_s=2", "rtsp://h/cam", 2),
    ],
)
def test_what_a_cameras_url_asks_for_itself_stays_in_it(
    address: str, url: str, timeout_s: float
) -> None:
    kind, target, given_knobs = parse(address)
    target, knobs = knobs_of(kind, Knobs, target, given_knobs)
    assert (target, knobs.timeout_s) == (url, timeout_s)


def test_a_misspelt_knob_in_a_url_is_told() -> None:
    kind, target, given_knobs = parse("rtsp://h/cam?channel=1&timeouts=2")
    with pytest.raises(SettingsError, match="Did you mean “timeout_s”"):
        knobs_of(kind, Knobs, target, given_knobs)


@pytest.mark.parametrize(
    ("value", "allowed"), [("0.1", "0.5 to 120"), ("soon", "0.5 to 120"), ("", "0.5 to 120")]
)
def test_a_value_out_of_bounds_is_told_with_its_bounds(value: str, allowed: str) -> None:
    with pytest.raises(SettingsError, match=allowed) as told:
        knobs_of("stream", Knobs, "x", {"timeout_s": value})
    assert told.value.code == "knob-value"


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("rtsp://user:pass@h:554/1?a=b", "rtsp://user:***@h:554/1?a=b"),
        ("rtsp://user:p@ss:word@h/1", "rtsp://user:***@h/1"),
        ("rtsp://h/1", "rtsp://h/1"),
        ("rtsp://h/user=a_password=b_channel=1.sdp", "rtsp://h/user=a_password=***_channel=1.sdp"),
        ("http://h/video?usr=a&pwd=b&c=1", "http://h/video?usr=a&pwd=***&c=1"),
        ("rtsp://user@h/1", "rtsp://user@h/1"),
    ],
)
def test_a_password_is_never_shown(url: str, shown: str) -> None:
    assert without_password(url) == shown
