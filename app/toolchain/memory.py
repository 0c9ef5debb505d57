"""Memory of reading one card after another: flat, or it is told."""

from __future__ import annotations

import itertools
import resource
from collections.abc import Callable, Sequence
from pathlib import Path

from app.capture import open_files
from app.reader.document import open_document_reader

CHECKPOINTS = 10


def measure(
    paths: Sequence[Path],
    count: int = 1000,
    threads: int = 0,
    tell: Callable[[], object] | None = None,
) -> str:
    """Read the pages of ``paths`` in turn, ``count`` in all; return a Markdown table.

    Every page is decoded again each time, as a camera's would be.
    """
    rows = ["| cards | resident MB | peak MB |", "|--:|--:|--:|"]
    every = max(1, count // CHECKPOINTS)
    with open_document_reader(threads=threads) as reader:
        for number, path in enumerate(itertools.islice(itertools.cycle(paths), count), start=1):
            with open_files([path]) as source:
                while not source.is_finished:
                    frame = source.next_frame()
                    if frame is not None:
                        reader.read(frame)
            if number % every == 0:
                rows.append(f"| {number} | {resident():.0f} | {peak():.0f} |")
            if tell:
                tell()
    return "\n".join(rows)


def resident() -> float:
    """Return what of the memory this process holds now, in MB."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 2**20


def peak() -> float:
    """Return the most it ever held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**10
