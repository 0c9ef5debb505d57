"""Reading speed against RapidOCR: same models, pictures and threads, in one run, alternating."""

from __future__ import annotations

import logging
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from app.capture import open_source
from app.engine import Array, Input, Session, open_session
from app.engine._pack import load_pack
from app.reader.document import DocumentReader
from app.reader.text import TextReader
from app.vocabulary import Frame


class Stopwatch(Session):
    """A session that sums up the time spent in the model itself."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self.mark = session.mark
        self.spent_s = 0.0

    def run(self, batch: Input) -> Array:
        """Run and add up."""
        started = time.perf_counter()
        output = self._session.run(batch)
        self.spent_s += time.perf_counter() - started
        return output

    def run_each(self, batches: Sequence[Input]) -> list[Array]:
        """Run all and add up the time until the last one is done."""
        started = time.perf_counter()
        outputs = self._session.run_each(batches)
        self.spent_s += time.perf_counter() - started
        return outputs

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
                before = sum(session.spent_s for session in sessions)
                ours_s = _timed(partial(ours.read, frame))
                models_s = sum(session.spent_s for session in sessions) - before
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
