"""The capture loop: frames out of a source and into the mailbox, whatever happens to the source."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

import numpy as np

from app.capture import Source
from app.errors import AppError, BadPicture, SourceLost
from app.station._backoff import BackOff
from app.station._board import Board, Part
from app.station._mailbox import Mailbox, Task
from app.station._news import FrameSeen, StationState, Trigger
from app.station._watch import Watch
from app.vocabulary import Frame

POLL_S = 0.25
"""How long a stop may go unnoticed."""
NO_PIXELS = np.full((1, 1, 3), 128, np.uint8)
"""Stands for the picture of a page that could not be read."""


class Hand:
    """What a hand asked for: stop, pause, the next frame."""

    def __init__(self) -> None:
        self.stopped = threading.Event()
        self.resumed = threading.Event()
        self.resumed.set()
        self.asked = threading.Event()
        self.stirred = threading.Event()
        """Something of it changed, for whoever waits for several of them."""

    def stop(self) -> None:
        """Ask for the end, and let whoever waits notice it."""
        self.stopped.set()
        self.resume()
        self.ask()

    def resume(self) -> None:
        """Go on."""
        self.resumed.set()
        self.stirred.set()

    def ask(self) -> None:
        """Want the next frame."""
        self.asked.set()
        self.stirred.set()


class CaptureLoop:
    """Opens, drains and closes sources in the thread that calls ``run``."""

    def __init__(
        self, hand: Hand, mailbox: Mailbox, board: Board, watch: Watch | None, trigger: Trigger
    ) -> None:
        self._hand = hand
        self._mailbox = mailbox
        self._board = board
        self._watch = watch
        self._trigger = trigger

    def run(self, make_source: Callable[[], Source], back_off: BackOff) -> None:
        """Return at the end of the source, at a stop, or when only a hand can help."""
        try:
            while not self._hand.stopped.is_set():
                self._board.set_part(Part.CAPTURE, StationState.STARTING)
                try:
                    with make_source() as source:
                        self._drain(source, back_off)
                except SourceLost as error:
                    self._board.fail(Part.CAPTURE, error)
                    back_off.wait()
                    continue
                except AppError as error:
                    self._board.fail(Part.CAPTURE, error)
                    return
                if self._trigger is not Trigger.HAND:
                    return
                self._await_hand()
        finally:
            self._mailbox.end()
            self._board.set_part(Part.CAPTURE, StationState.STOPPED)

    def _await_hand(self) -> None:
        """Wait, at the end of a batch, for the key that begins the next one."""
        self._board.set_part(Part.CAPTURE, StationState.WAITING)
        # A page just offered may have taken the stop's own sign away, so that is asked for, too.
        while not self._hand.stopped.is_set() and not self._hand.asked.wait(POLL_S):
            pass

    def _drain(self, source: Source, back_off: BackOff) -> None:
        while not self._hand.stopped.is_set() and not source.is_finished:
            if not source.is_live and not self._may_pull():
                continue
            started = time.perf_counter()
            try:
                frame = source.next_frame(POLL_S)
            except BadPicture as error:
                self._offer_unread(source, error)
                continue
            if frame is None and (source.is_live or self._trigger is Trigger.HAND):
                # A camera that is silent, a page that is still being scanned: no sign of health.
                continue
            self._board.mend(Part.CAPTURE)
            back_off.reset()
            if frame is None:
                self._board.set_part(Part.CAPTURE, StationState.WAITING)
            elif source.is_live:
                self._offer_live(frame)
            else:
                self._board.set_part(Part.CAPTURE, StationState.RUNNING)
                self._offer(frame, (time.perf_counter() - started) * 1e3)

    def _may_pull(self) -> bool:
        """Say whether a source that loses nothing may give its next page; else wait a little."""
        self._hand.stirred.clear()
        if not self._hand.resumed.is_set() and not self._hand.asked.is_set():
            self._hand.stirred.wait(POLL_S)
            return False
        if self._trigger is Trigger.HAND:
            if not self._hand.asked.is_set():
                self._board.set_part(Part.CAPTURE, StationState.WAITING)
                self._hand.asked.wait(POLL_S)
                return False
            self._board.set_part(Part.CAPTURE, StationState.RUNNING)
        # One page ahead of the inspection and no more: what was handed out may be lost at a stop.
        return self._mailbox.has_room(POLL_S)

    def _offer(self, frame: Frame, decode_ms: float) -> None:
        self._board.tell(FrameSeen(frame, self._mailbox.lost))
        task = Task(frame, decode_ms, self._is_asked())
        self._mailbox.put(task, may_overwrite=False)

    def _offer_live(self, frame: Frame) -> None:
        is_asked = self._is_asked()
        is_wanted = self._is_wanted(frame, is_asked)
        is_waiting = self._watch is not None and self._watch.is_waiting
        state = StationState.WAITING if is_waiting else StationState.RUNNING
        self._board.set_part(Part.CAPTURE, state)
        self._board.tell(FrameSeen(frame, self._mailbox.lost))
        if is_wanted:
            self._mailbox.put(Task(frame, is_asked=is_asked), may_overwrite=True)

    def _is_asked(self) -> bool:
        is_asked = self._hand.asked.is_set()
        if is_asked and not self._hand.stopped.is_set():
            self._hand.asked.clear()
        return is_asked

    def _is_wanted(self, frame: Frame, is_asked: bool) -> bool:
        is_held = not self._hand.resumed.is_set()
        if self._watch is None:
            return is_asked or (self._trigger is Trigger.EVERY and not is_held)
        has_room = not is_held and self._mailbox.has_room(0.0)
        return self._watch.wants(frame.bgr, frame.time, has_room=has_room, is_asked=is_asked)

    def _offer_unread(self, source: Source, error: BadPicture) -> None:
        self._hand.asked.clear()
        where = error.source or source.address
        frame = Frame(NO_PIXELS, 0, time.time(), where, error.page)
        self._mailbox.put(Task(frame, failure=error), may_overwrite=False)
