"""Reading speed against RapidOCR: same models, pictures and threads, in one run, alternating."""

from __future__ import annotations

import logging
import statistics
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from app.capture import open_source
from app.engine import Array, Input, Session, T, open_session
from app.engine._pack import load_pack
from app.reader._look import covered_s
from app.reader.document import DocumentReader
from app.reader.text import TextReader
from app.vocabulary import Frame


class Stopwatch(Session):
    """A session that notes when its model was at work."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self.mark = session.mark
        self.spans: list[tuple[float, float]] = []

    def run(self, batch: Input) -> Array:
        """Run and note."""
        started = time.perf_counter()
        output = self._session.run(batch)
        self.spans.append((started, time.perf_counter()))
        return output

    def run_each(self, jobs: Sequence[Callable[[], Input]], take: Callable[[Array], T]) -> list[T]:
        """Run all and note each, between its making and its taking."""
        begun = threading.local()

        def make(job: Callable[[], Input]) -> Input:
            batch = job()
            begun.at = time.perf_counter()
            return batch

        def note(output: Array) -> T:
            self.spans.append((begun.at, time.perf_counter()))
            return take(output)

        return self._session.run_each([partial(make, job) for job in jobs], note)

    def close(self) -> None:
        """Close the session."""
        self._session.close()


@dataclass(frozen=True, slots=True)
class Comparison:
    """One picture: medians over the rounds, in milliseconds."""

    name: str
    ours_ms: float
    models_ms: float
    peer_ms: float


def compare(
    paths: Sequence[Path], rounds: int = 5, threads: int = 0, tell: Callable[[], None] | None = None
) -> list[Comparison]:
    """Read every page of ``paths`` with both, turn about; the first round is not counted."""
    sessions = [
        Stopwatch(open_session(load_pack(name), threads=threads, across=across))
        for name, across in (
            ("ppocrv6-det-small", False),
            ("ppocr-cls", True),
            ("ppocrv6-rec-small", True),
        )
    ]
    peer = _peer(threads)
    results = []
    with DocumentReader(TextReader(*sessions)) as ours:
        for frame in _frames(paths):
            times: list[tuple[float, float, float]] = []
            for _ in range(rounds + 1):
                for session in sessions:
                    session.spans.clear()
                ours_s = _timed(partial(ours.read, frame))
                models_s = covered_s([span for session in sessions for span in session.spans])
                times.append((ours_s, models_s, _timed(partial(peer, frame.bgr))))
            medians = [statistics.median(column) * 1e3 for column in zip(*times[1:], strict=True)]
            results.append(Comparison(f"{Path(frame.source).name}:{frame.page}", *medians))
            if tell:
                tell()
    return results


def table(results: Sequence[Comparison]) -> str:
    """Return the comparison as a Markdown table with the overall ratio."""
    rows = [
        "| picture | ours ms | of it models ms | RapidOCR ms | ratio |",
        "|---|--:|--:|--:|--:|",
        *(
            f"| {r.name} | {r.ours_ms:.1f} | {r.models_ms:.1f} | {r.peer_ms:.1f} "
            f"| {r.peer_ms / r.ours_ms:.2f} |"
            for r in results
        ),
    ]
    ours = sum(r.ours_ms for r in results)
    models = sum(r.models_ms for r in results)
    peer = sum(r.peer_ms for r in results)
    count = len(results)
    rows.append(
        f"| **all, pictures/s** | **{count / ours * 1e3:.2f}** | | **{count / peer * 1e3:.2f}** "
        f"| **{peer / ours:.2f}** |"
    )
    rows.append(f"\nTime outside the models: {100 * (1 - models / ours):.1f} %")
    return "\n".join(rows)


def _timed(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def _peer(threads: int) -> Callable[..., object]:
    logging.disable(logging.INFO)
    from rapidocr import RapidOCR

    given = {"EngineConfig.onnxruntime.intra_op_num_threads": threads} if threads else None
    peer: Callable[..., object] = RapidOCR(params=given)
    return peer


def _frames(paths: Sequence[Path]) -> list[Frame]:
    frames = []
    for path in paths:
        with open_source(f"folder:{path}") as source:
            while not source.is_finished:
                frame = source.next_frame()
                if frame is not None:
                    frames.append(frame)
    return frames
