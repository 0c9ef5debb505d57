"""Train a detector, in as many processes as pay; resumes after being stopped at any instant."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable
from multiprocessing.connection import Connection

from app.errors import AppError
from app.toolchain.detector import _paddle
from app.toolchain.detector.course import Course, Progress


def train(course: Course, tell: Callable[[Progress], None]) -> None:
    """Go through a course, or on with it where it was stopped; leaves ``weights.npz``."""
    course.out.mkdir(parents=True, exist_ok=True)
    os.environ["OMP_NUM_THREADS"] = str(max(1, (os.cpu_count() or 1) // course.processes))
    # Before the partners: a device that is not there ends one process, in a sentence.
    _paddle.start(course.device, 1)
    context = multiprocessing.get_context("spawn")
    pipes = [context.Pipe() for _ in range(1, course.processes)]
    partners = [
        context.Process(target=_partner, args=(course, rank, end, os.getpid()), daemon=True)
        for rank, (_, end) in enumerate(pipes, start=1)
    ]
    for partner in partners:
        partner.start()
    from app.toolchain.detector._loop import Loop
    from app.toolchain.detector._together import PartnerLost, Together

    loop = Loop(course, rank=0)
    together = Together(
        0, course.processes, loop.size, "", lambda: all(p.is_alive() for p in partners)
    )
    try:
        for mine, _ in pipes:
            mine.send(together.name)
        loop.run(together, tell)
    except PartnerLost as error:
        raise AppError(
            "One of the processes that learn together has ended.",
            "Give the same command again; it goes on from the last checkpoint.",
            "train-partner",
        ) from error
    finally:
        together.close()
        for partner in partners:
            partner.join(10)
            partner.kill()


def _partner(course: Course, rank: int, connection: Connection, parent: int) -> None:
    _paddle.start(course.device, 1)
    from app.toolchain.detector._loop import Loop
    from app.toolchain.detector._together import PartnerLost, Together

    loop = Loop(course, rank)
    name = connection.recv()
    together = Together(rank, course.processes, loop.size, name, lambda: os.getppid() == parent)
    try:
        loop.run(together, lambda _: None)
    except PartnerLost:
        return
    finally:
        together.close()
