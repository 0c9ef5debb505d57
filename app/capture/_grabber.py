"""A video device read in a thread of its own, of which only the newest picture is kept."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Any, NamedTuple

import cv2
import numpy as np

from app.vocabulary import Bgr

_CLOSE_S = 2.0
"""A device that hangs is left to its thread, which closes it when it comes back."""


class Shot(NamedTuple):
    """One picture of a device."""

    bgr: Bgr
    number: int
    time: float


class Grabber:
    """Opens, reads and closes one device in one thread, as fast as it gives pictures.

    Drivers and networks queue pictures; whoever reads slower than the device sends would see older
    and older ones.
    """

    def __init__(self, open_device: Callable[[], cv2.VideoCapture], silent_s: float) -> None:
        self._open_device = open_device
        self._silent_s = silent_s
        self._changed = threading.Condition()
        self._newest: Shot | None = None
        self._is_over = False
        self._stop = threading.Event()
        self._heard = time.monotonic()
        self._thread = threading.Thread(target=self._run, name="capture-device", daemon=True)

    def start(self, timeout_s: float) -> bool:
        """Open the device; return whether it gave its first picture in time."""
        self._thread.start()
        with self._changed:
            self._changed.wait_for(lambda: self._newest or self._is_over, timeout_s)
            return self._newest is not None

    @property
    def is_lost(self) -> bool:
        """Whether the device ended or has been silent for too long."""
        return self._is_over or time.monotonic() - self._heard > self._silent_s

    def take(self, timeout_s: float) -> Shot | None:
        """Return the newest picture, each at most once; None if there is none in time."""
        with self._changed:
            self._changed.wait_for(lambda: self._newest or self._is_over, timeout_s)
            shot, self._newest = self._newest, None
            return shot

    def stop(self) -> None:
        """Close the device; does not wait long for one that hangs."""
        self._stop.set()
        self._thread.join(_CLOSE_S)

    def _run(self) -> None:
        device = self._open_device()
        try:
            number = 0
            while not self._stop.is_set():
                if not device.grab():
                    break
                number += 1
                is_whole, picture = device.retrieve()
                # One spoilt picture is no loss; a device that sends no other falls silent.
                if is_whole:
                    self._publish(Shot(bgr_of(picture), number, time.time()))
        finally:
            device.release()
            with self._changed:
                self._is_over = True
                self._changed.notify_all()

    def _publish(self, shot: Shot) -> None:
        with self._changed:
            self._newest = shot
            self._heard = time.monotonic()
            self._changed.notify_all()


def bgr_of(picture: Any) -> Bgr:
    """Return what a device gave, a grey picture or a coloured one, as a read-only BGR array."""
    bgr = cv2.cvtColor(picture, cv2.COLOR_GRAY2BGR) if picture.ndim == 2 else picture
    array = np.ascontiguousarray(bgr, np.uint8)
    array.setflags(write=False)
    return array
