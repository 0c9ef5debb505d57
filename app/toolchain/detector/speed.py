"""How fast packs are against each other: same pictures, same threads, turn about, in one run."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from app.engine import open_session
from app.engine._pack import ModelPack
from app.reader._look import Look
from app.vocabulary import Bgr


@dataclass(frozen=True, slots=True)
class Speed:
    """Medians of one pack, in milliseconds a picture."""

    pack: str
    model_ms: float
    whole_ms: float
    """From the picture to its boxes: the model with what comes before and after it."""


def measure(
    packs: Sequence[ModelPack],
    pictures: Sequence[Bgr],
    threads: int,
    rounds: int,
    tell: Callable[[float], None],
) -> list[Speed]:
    """Run every pack over every picture ``rounds`` times; the first round is not counted."""
    sessions = [open_session(pack, threads=threads) for pack in packs]
    looks = [Look(pack, session) for pack, session in zip(packs, sessions, strict=True)]
    bare: list[list[float]] = [[] for _ in packs]
    whole: list[list[float]] = [[] for _ in packs]
    for turn in range(rounds + 1):
        for picture in pictures:
            for place, (session, look) in enumerate(zip(sessions, looks, strict=True)):
                batch = look.planes(look.pixels(picture))
                started = time.perf_counter()
                session.run(batch)
                modelled = time.perf_counter()
                look.find(look.pixels(picture))
                ended = time.perf_counter()
                if turn:
                    bare[place].append((modelled - started) * 1e3)
                    whole[place].append((ended - modelled) * 1e3)
        tell((turn + 1) / (rounds + 1))
    for session in sessions:
        session.close()
    return [
        Speed(pack.name, statistics.median(bare[place]), statistics.median(whole[place]))
        for place, pack in enumerate(packs)
    ]


def table(speeds: Sequence[Speed], threads: int) -> str:
    """Return Markdown; the ratio is against the first pack."""
    first = speeds[0]
    title = f"pack ({threads} thread{'s' if threads != 1 else ''})"
    rows = [
        f"| {title} | model ms | times as fast | to boxes ms | times as fast | pictures/s |",
        "|---|--:|--:|--:|--:|--:|",
        *(
            f"| {s.pack} | {s.model_ms:.2f} | {first.model_ms / s.model_ms:.2f} "
            f"| {s.whole_ms:.2f} | {first.whole_ms / s.whole_ms:.2f} | {1e3 / s.whole_ms:.1f} |"
            for s in speeds
        ),
    ]
    return "\n".join(rows)
