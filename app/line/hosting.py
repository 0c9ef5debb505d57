"""A line's three loops in plain threads; the desktop hosts them in its own."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial

from app.line.line import Line
from app.station import Station


@contextmanager
def hosted(line: Line, station: Station) -> Iterator[threading.Event]:
    """Run a line; the event is set at the end of its source, or when one of its loops fell.

    Leaving stops it, waits until everything judged is recorded, and raises what a loop fell by.
    """
    ended, failures = threading.Event(), []

    def host(loop: Callable[[], None]) -> None:
        try:
            loop()
        except BaseException as error:  # noqa: BLE001 - raised again in the thread that waits
            failures.append(error)
            line.stop()
            ended.set()

    def inspect() -> None:
        station.run_inspect(to_the_end=True)
        ended.set()

    loops = {"record": line.run_recording, "inspect": inspect, "capture": station.run_capture}
    hosts = [
        threading.Thread(target=partial(host, loop), name=name) for name, loop in loops.items()
    ]
    for each in hosts:
        each.start()
    try:
        yield ended
    finally:
        line.stop()
        for each in hosts:
            each.join()
    if failures:
        raise failures[0]
