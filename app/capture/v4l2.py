"""A camera or document camera at USB or on board, through Video4Linux; always its newest frame."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import cv2
from pydantic import Field

from app.capture import Found
from app.capture._address import AnyKnobs, written
from app.capture._faults import shown
from app.capture._live import LiveSource
from app.errors import SourceLost
from app.language import message

_OPEN_S = 10.0
"""Document cameras take some seconds until the first picture."""
_SILENT_S = 3.0
_BY_ID = Path("/dev/v4l/by-id")
_CLASS = Path("/sys/class/video4linux")


class Knobs(AnyKnobs):
    """What can be set on a camera; it takes the nearest that it can."""

    width: int = Field(
        default=1920, ge=160, le=16384, title="Width (px)", description="Width of the picture"
    )
    height: int = Field(
        default=1080, ge=120, le=16384, title="Height (px)", description="Height of the picture"
    )
    fps: int = Field(
        default=30, ge=1, le=240, title="Pictures a second", description="At full size"
    )


class CameraSource(LiveSource):
    """One camera."""

    def __init__(self, device: str, knobs: Knobs) -> None:
        address = written("v4l2", device)
        super().__init__(address, shown_as=address, open_s=_OPEN_S, silent_s=_SILENT_S)
        self._named = device
        self._device = ""
        self._knobs = knobs

    def _check(self) -> None:
        self._device = _node(self._named)
        try:
            is_device = stat.S_ISCHR(Path(self._device).stat().st_mode)
        except (OSError, ValueError):
            is_device = False
        if not is_device:
            raise SourceLost(
                "The camera {device} is not there.",
                "Plug it in; it is tried again by itself.",
                "camera-missing",
                device=shown(self._device),
            )
        if not os.access(self._device, os.R_OK | os.W_OK):
            raise SourceLost(
                "The camera {device} may not be used.",
                "Add this user to the group “video”, and log in again.",
                "camera-forbidden",
                device=shown(self._device),
            )

    def _connect(self) -> cv2.VideoCapture:
        camera = cv2.VideoCapture(self._device, cv2.CAP_V4L2)
        # MJPG before the size: raw pictures of this size do not fit through USB 2 at full speed.
        camera.set(cv2.CAP_PROP_FOURCC, cv2.VideoWriter.fourcc(*"MJPG"))
        camera.set(cv2.CAP_PROP_FRAME_WIDTH, self._knobs.width)
        camera.set(cv2.CAP_PROP_FRAME_HEIGHT, self._knobs.height)
        camera.set(cv2.CAP_PROP_FPS, self._knobs.fps)
        return camera

    def _missing(self) -> SourceLost:
        return SourceLost(
            "The camera {device} gives no picture.",
            "Close other programs that use it, or plug it in again.",
            "camera-silent",
            device=shown(self._device),
        )

    def _lost(self) -> SourceLost:
        return SourceLost(
            "The camera {device} went away.",
            "Check its cable; it is tried again by itself.",
            "camera-lost",
            device=shown(self._device),
        )


def make(target: str, knobs: Knobs) -> CameraSource:
    """Return the camera ``/dev/video0``, ``0`` or, for an empty target, the first one."""
    return CameraSource(target, knobs)


def find() -> list[Found]:
    """List the cameras by the name that stays theirs in whichever socket they are plugged."""
    return [
        Found(written("v4l2", device), message("Camera: {name}", name=_title(device)))
        for device in _cameras()
    ]


def _node(named: str) -> str:
    if named.isdecimal():
        return f"/dev/video{named}"
    return named or next(iter(_cameras()), "/dev/video0")


def _cameras() -> list[str]:
    nodes = sorted(_CLASS.glob("video*"), key=lambda node: (len(node.name), node.name))
    stable = {os.path.realpath(link): str(link) for link in sorted(_BY_ID.glob("*"))}
    # Index 0 gives pictures; further nodes of the same camera give metadata.
    devices = [f"/dev/{node.name}" for node in nodes if _read(node / "index") in ("0", "")]
    return [stable.get(device, device) for device in devices]


def _title(device: str) -> str:
    return _read(_CLASS / Path(os.path.realpath(device)).name / "name") or device


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace").strip()
    except OSError:
        return ""
