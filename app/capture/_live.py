"""Sources that never stop sending: opened, read and closed through a grabber."""

from __future__ import annotations

from abc import abstractmethod

import cv2

from app.capture import Source
from app.capture._grabber import Grabber
from app.capture._quiet import silence_video
from app.errors import SourceLost
from app.vocabulary import Frame

silence_video()


class LiveSource(Source):
    """A camera of any sort: always its newest frame."""

    is_live = True

    def __init__(self, address: str, *, shown_as: str, open_s: float, silent_s: float) -> None:
        """Take how frames carry the address, and how long the first and any picture may take."""
        self.address = address
        self._shown_as = shown_as
        self._open_s = open_s
        self._silent_s = silent_s
        self._grabber: Grabber | None = None

    def open(self) -> None:
        """Take the camera. Raises SourceLost if it is away or sends nothing."""
        self.close()
        self._check()
        grabber = Grabber(self._connect, self._silent_s)
        if not grabber.start(self._open_s):
            grabber.stop()
            raise self._missing()
        self._grabber = grabber

    def next_frame(self, timeout_s: float = 1.0) -> Frame | None:
        """Return the newest picture. Raises SourceLost if the camera went away."""
        if self._grabber is None:
            raise RuntimeError("next_frame before open")
        shot = self._grabber.take(timeout_s)
        if shot is not None:
            return Frame(shot.bgr, shot.number, shot.time, self._shown_as)
        if self._grabber.is_lost:
            raise self._lost()
        return None

    @property
    def is_finished(self) -> bool:
        """Never: a camera goes on."""
        return False

    def close(self) -> None:
        """Give the camera back."""
        if self._grabber is not None:
            self._grabber.stop()
            self._grabber = None

    def _check(self) -> None:
        """Raise SourceLost for what can be told before the camera is asked."""

    @abstractmethod
    def _connect(self) -> cv2.VideoCapture:
        """Open the device; called in the grabber's thread, and closed there."""

    @abstractmethod
    def _missing(self) -> SourceLost:
        """Say that no first picture came."""

    @abstractmethod
    def _lost(self) -> SourceLost:
        """Say that no further picture comes."""
