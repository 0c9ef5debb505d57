"""V4L2 without a camera: what is told when it is not there. A device itself is not tested here."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from app.capture import open_source, v4l2
from app.errors import SourceLost
from capture.capture_parts import PATIENCE_S


@pytest.mark.parametrize("target", ["/dev/video99", "99", "/dev/no\nvideo", "/etc/hostname"])
def test_a_camera_that_is_not_there_is_told(target: str) -> None:
    with pytest.raises(SourceLost) as told:
        open_source(f"v4l2:{target}").open()
    assert told.value.code == "camera-missing"
    assert str(told.value.what).isprintable()


def test_a_device_that_is_no_camera_gives_no_picture(capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SourceLost) as told:
        open_source("v4l2:/dev/null").open()
    assert told.value.code == "camera-silent"
    assert capfd.readouterr() == ("", "")


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may use every device")
def test_a_camera_without_rights_is_told() -> None:
    with pytest.raises(SourceLost) as told:
        open_source("v4l2:/dev/mem").open()
    assert told.value.code == "camera-forbidden"


def test_cameras_are_listed_by_their_lasting_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, index in (("video0", "0"), ("video1", "1"), ("video10", "0"), ("video2", "0")):
        node = tmp_path / "class" / name
        node.mkdir(parents=True)
        (node / "index").write_text(f"{index}\n")
        (node / "name").write_text(f"Document Camera {name}\n")
    links = tmp_path / "by-id"
    links.mkdir()
    (links / "usb-camera-video-index0").symlink_to("/dev/video2")
    monkeypatch.setattr(v4l2, "_CLASS", tmp_path / "class")
    monkeypatch.setattr(v4l2, "_BY_ID", links)
    found = [(address.partition(":")[2], str(title)) for address, title in v4l2.find()]
    assert found == [
        ("/dev/video0", "Camera: Document Camera video0"),
        (str(links / "usb-camera-video-index0"), "Camera: Document Camera video2"),
        ("/dev/video10", "Camera: Document Camera video10"),
    ]


@pytest.mark.hardware
@pytest.mark.skipif(not Path("/dev/video0").exists(), reason="no camera on this machine")
def test_a_camera_gives_its_newest_frame_again_and_again() -> None:
    with open_source("v4l2:/dev/video0") as source:
        numbers = [frame.number for _ in range(10) if (frame := source.next_frame(PATIENCE_S))]
    assert numbers == sorted(set(numbers))
    assert len(numbers) == 10
