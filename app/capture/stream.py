"""A network camera (RTSP, HTTP) or a video file."""

from __future__ import annotations

import time
from pathlib import Path
from urllib.parse import urlsplit

import cv2
from pydantic import Field

from app.capture import Found, Source
from app.capture._address import AnyKnobs, without_password, written
from app.capture._faults import as_lost, printable, shown
from app.capture._files import open_picture
from app.capture._grabber import bgr_of
from app.capture._live import LiveSource
from app.errors import BadPicture, SettingsError, SourceLost
from app.vocabulary import Frame

_MILLISECONDS = 1000


class Knobs(AnyKnobs):
    """What can be set on a stream."""

    timeout_s: float = Field(
        default=5.0,
        ge=0.5,
        le=120,
        title="Patience (s)",
        description="A camera that sends nothing for so long counts as lost",
    )


class StreamSource(LiveSource):
    """A network camera."""

    def __init__(self, url: str, knobs: Knobs) -> None:
        self._url = url
        self._shown_url = without_password(url)
        self._timeout_s = knobs.timeout_s
        super().__init__(
            written("stream", url),
            shown_as=written("stream", self._shown_url),
            open_s=2 * knobs.timeout_s,
            silent_s=knobs.timeout_s,
        )

    def _connect(self) -> cv2.VideoCapture:
        patience_ms = int(self._timeout_s * _MILLISECONDS)
        limits = (cv2.CAP_PROP_OPEN_TIMEOUT_MSEC, cv2.CAP_PROP_READ_TIMEOUT_MSEC)
        options = [part for limit in limits for part in (limit, patience_ms)]
        return cv2.VideoCapture(self._url, cv2.CAP_FFMPEG, options)

    def _missing(self) -> SourceLost:
        return SourceLost(
            "The camera {url} sends nothing.",
            "Check its address, its password and the network; it is tried again by itself.",
            "stream-missing",
            url=self._shown_url,
        )

    def _lost(self) -> SourceLost:
        return SourceLost(
            "The stream of the camera {url} broke off.",
            "Check the camera and the network; it is tried again by itself.",
            "stream-lost",
            url=self._shown_url,
        )


class VideoSource(Source):
    """A video file: every frame, as fast as it is asked for."""

    is_live = False

    def __init__(self, path: Path) -> None:
        self.address = written("stream", str(path))
        self._path = path
        self._video: cv2.VideoCapture | None = None
        self._number = 0
        self._count = 0

    def open(self) -> None:
        """Open the file. Raises SourceLost if it is away or no video."""
        self.close()
        try:
            open_picture(self._path).close()
        except BadPicture as bad:
            raise as_lost(bad) from bad
        # An absolute path: FFmpeg takes what stands before a colon for a protocol.
        video = cv2.VideoCapture(str(self._path.absolute()), cv2.CAP_FFMPEG)
        if not video.isOpened():
            video.release()
            raise SourceLost(
                "“{file}” is no video that can be read.",
                "Save it as MP4 (H.264).",
                "video-format",
                file=shown(self._path),
            )
        self._video, self._number = video, 0
        self._count = int(video.get(cv2.CAP_PROP_FRAME_COUNT))

    def next_frame(self, timeout_s: float = 1.0) -> Frame | None:  # noqa: ARG002 - never waits
        """Return the next frame; none are skipped."""
        if self._video is None:
            return None
        is_read, picture = self._video.read()
        if not is_read:
            self.close()
            return None
        self._number += 1
        return Frame(bgr_of(picture), self._number, time.time(), printable(self._path))

    @property
    def is_finished(self) -> bool:
        """Whether the file is at its end."""
        return self._video is None

    @property
    def progress(self) -> float | None:
        """Share of the frames that were handed out, by the file's own count."""
        return min(1.0, self._number / self._count) if self._count > 0 else None

    def close(self) -> None:
        """Close the file."""
        if self._video is not None:
            self._video.release()
            self._video = None


def make(target: str, knobs: Knobs) -> Source:
    """Return the source for a URL or a file; raises SettingsError if neither is named."""
    if not target:
        raise SettingsError(
            "The source “{kind}” needs an address.",
            "Write {example}, for instance.",
            "source-target",
            kind="stream",
            example="stream:rtsp://192.168.1.20/1",
        )
    if urlsplit(target).scheme and "://" in target:
        return StreamSource(target, knobs)
    return VideoSource(Path(target).expanduser())


def find() -> list[Found]:
    """Return nothing: cameras in the network are not looked for."""
    return []
