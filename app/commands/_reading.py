"""Reading a batch of files with the station's own loops: the next page is decoded meanwhile."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from app.capture import open_files
from app.errors import AppError
from app.inspector import Inspector
from app.station import Inspected, News, Station, Trigger
from app.vocabulary import Inspection

Show = Callable[[tuple[Inspection, ...], float], None]
"""Takes what was found on one page, and the share of the files that are done."""


def read_files(
    open_one: Callable[[], Inspector], paths: Sequence[Path], kind: str | None, show: Show
) -> None:
    """Inspect every page of every file, in order; ``show`` is called in this thread.

    Raises KindError for an unknown kind, and what ``open_one`` raises.
    """
    source = open_files(paths, recursive=True)
    failures: list[BaseException] = []

    def make_inspector() -> Inspector:
        try:
            return open_one()
        except AppError as error:
            # A station would try again; a command says so and leaves.
            failures.append(error)
            station.stop()
            raise

    def tell(news: News) -> None:
        if isinstance(news, Inspected):
            show(news.inspections, source.progress or 0.0)

    def capture() -> None:
        try:
            station.run_capture()
        except BaseException as error:  # noqa: BLE001 - raised again in the thread that waits
            failures.append(error)

    station = Station(lambda: source, make_inspector, tell, trigger=Trigger.EVERY)
    station.set_kind(kind)
    host = threading.Thread(target=capture, name="capture")
    host.start()
    try:
        with ended_in_order():
            station.run_inspect(to_the_end=True)
    finally:
        station.stop()
        host.join()
    if failures:
        raise failures[0]


@contextmanager
def ended_in_order() -> Iterator[None]:
    """Let SIGTERM unwind like Ctrl-C, so that what was read so far is still written."""

    def leave(*_: object) -> None:
        raise SystemExit(128 + signal.SIGTERM)

    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, leave)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
