"""How fast parts are inspected: picture by picture, and live from a camera to the verdict."""

from __future__ import annotations

import argparse
import json
import os
import platform
import threading
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path

import cv2
import numpy as np
import onnxruntime

from app import assembly, paths
from app.capture import open_files, open_source
from app.errors import AppError
from app.inspector import Inspector
from app.recipes import RecipeVersion, Shelf, Tiling
from app.settings import Settings, load_settings
from app.station import FrameSeen, Inspected, News, Station, Trigger
from app.vocabulary import Inspection

WARM_UP_S = 2.0
"""Of a live run, before anything is counted."""
PATIENCE_S = 60.0
"""Longest wait for the first verdict beyond that."""
CAMERA = "belt:?rate=30&rest=1&travel=0.6&width=1920&height=1080"


@dataclass(frozen=True, slots=True)
class Stills:
    """Pictures one after another, decoded and inspected in one thread; milliseconds."""

    pictures: int
    rounds: int
    threads: int
    per_second: float
    """From the file to the verdict."""
    from_frame_per_second: float
    """From the decoded frame to the verdict."""
    model_p50: float
    over_model_p50: float
    """From the decoded frame to the verdict, without the bare model."""
    over_model_p99: float


@dataclass(frozen=True, slots=True)
class Live:
    """A camera of 30 frames a second on its thread, inspection on another; milliseconds."""

    name: str
    frames: int
    verdicts: int
    lost: int
    """Frames overtaken by newer ones before they were inspected."""
    model_p50: float
    over_model_p50: float
    """From the frame's time to the told verdict, without the bare model."""
    over_model_p99: float
    begun_p99: float
    """Of it, from the frame's time until its inspection began."""


def measure(arguments: argparse.Namespace) -> str:
    """Measure everything and return Markdown, or JSON where asked."""
    settings = load_settings(arguments={"reader.threads": arguments.threads})
    shelf = Shelf()
    version = shelf.load(arguments.recipe or settings.line.recipe or shelf.names()[0])
    pictures = arguments.paths or [paths.resources() / "samples" / "boards"]
    still = stills(settings, version, pictures, arguments.rounds)
    runs = [
        live(name, settings, _with(version, mode), trigger, arguments.seconds)
        for name, mode, trigger in (
            ("every frame, shrunk", "shrink", Trigger.EVERY),
            ("every frame, in tiles", "tiles", Trigger.EVERY),
            ("part by part, in tiles", "tiles", Trigger.PART),
        )
    ]
    if arguments.json:
        told = {"machine": machine(), "recipe": asdict(version.mark), "still": asdict(still)}
        return json.dumps(told | {"live": [asdict(run) for run in runs]}, ensure_ascii=False)
    units = "ms; over: without the bare model; begun: of it, until the inspection began"
    return "\n".join([machine(), "", *_still_table(still), "", *_live_table(runs), "", units])


def stills(
    settings: Settings, version: RecipeVersion, pictures: Sequence[Path], rounds: int
) -> Stills:
    """Inspect every picture ``rounds`` times; one round before them is not counted."""
    threads = settings.reader.threads
    before = cv2.getNumThreads()
    cv2.setNumThreads(threads or before)
    whole, from_frame, model = [], [], []
    try:
        with assembly.open_part_inspector(settings, version) as inspector:
            for counted in range(rounds + 1):
                for spent, inspection in _one_by_one(inspector, pictures):
                    if counted:
                        whole.append(spent)
                        from_frame.append(inspection.timings_ms["total"])
                        model.append(inspection.timings_ms["model"])
    finally:
        cv2.setNumThreads(before)
    over = np.subtract(from_frame, model)
    return Stills(
        pictures=len(whole) // rounds,
        rounds=rounds,
        threads=threads or len(os.sched_getaffinity(0)),
        per_second=1e3 / float(np.mean(whole)),
        from_frame_per_second=1e3 / float(np.mean(from_frame)),
        model_p50=float(np.median(model)),
        over_model_p50=float(np.median(over)),
        over_model_p99=float(np.percentile(over, 99)),
    )


def _one_by_one(
    inspector: Inspector, pictures: Sequence[Path]
) -> Sequence[tuple[float, Inspection]]:
    """Return milliseconds from the file to the verdict, and the inspection without its picture."""
    done = []
    with open_files(pictures, recursive=True) as source:
        while not source.is_finished:
            started = time.perf_counter()
            frame = source.next_frame()
            if frame is not None:
                (inspection,) = inspector.inspect(frame)
                done.append(((time.perf_counter() - started) * 1e3, inspection))
    return done


def live(
    name: str, settings: Settings, version: RecipeVersion, trigger: Trigger, seconds: float
) -> Live:
    """Run a station for a while and note when each verdict was told."""
    noted = _Noted()
    station = Station(
        partial(open_source, CAMERA),
        lambda: assembly.open_part_inspector(settings, version),
        noted.hear,
        trigger=trigger,
    )

    def end() -> None:
        stopped.wait(seconds + WARM_UP_S)
        noted.some.wait(PATIENCE_S)
        station.stop()

    stopped = threading.Event()
    hosts = [threading.Thread(target=each) for each in (station.run_capture, end)]
    for host in hosts:
        host.start()
    try:
        station.run_inspect()
    finally:
        stopped.set()
        noted.some.set()
        station.stop()
        for host in hosts:
            host.join()
    return noted.summary(name)


class _Noted:
    """Hears a station's news and remembers what they took, never the frames."""

    def __init__(self) -> None:
        self.some = threading.Event()
        """A verdict was counted."""
        self._begun = time.time() + WARM_UP_S
        self._frames = self._lost = self._lost_before = 0
        self._model: list[float] = []
        self._over: list[float] = []
        self._waited: list[float] = []

    def hear(self, news: News) -> None:
        now = time.time()
        if isinstance(news, FrameSeen):
            if now < self._begun:
                self._lost_before = news.lost
            else:
                self._frames += 1
                self._lost = news.lost - self._lost_before
        elif isinstance(news, Inspected) and now >= self._begun:
            (inspection,) = news.inspections
            spent = inspection.timings_ms
            if "total" in spent:
                latency = (now - inspection.frame.time) * 1e3
                self._model.append(spent["model"])
                self._over.append(latency - spent["model"])
                self._waited.append(latency - spent["total"])
                self.some.set()

    def summary(self, name: str) -> Live:
        if not self._over:
            raise AppError(
                "No part was judged in the live run “{name}”.",
                "Measure for longer with “--seconds”, or look at what else keeps the machine busy.",
                "bench-nothing",
                name=name,
            )
        return Live(
            name,
            self._frames,
            len(self._model),
            self._lost,
            float(np.median(self._model)),
            float(np.median(self._over)),
            float(np.percentile(self._over, 99)),
            float(np.percentile(self._waited, 99)),
        )


def machine() -> str:
    """Return what the numbers were measured on."""
    cpu = next(
        (line.partition(":")[2].strip() for line in _cpuinfo() if line.startswith("model name")),
        platform.processor(),
    )
    cores = len(os.sched_getaffinity(0))
    return (
        f"{platform.machine()}, {cpu}, {cores} cores, Python {platform.python_version()}, "
        f"ONNX Runtime {onnxruntime.__version__}; {time.strftime('%Y-%m-%d')}"
    )


def _cpuinfo() -> list[str]:
    try:
        return Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return []


def _with(version: RecipeVersion, mode: str) -> RecipeVersion:
    """Return the recipe on whole pictures, with this way to show large pictures to its model."""
    tiling = Tiling.model_validate(version.recipe.tiling.model_dump() | {"mode": mode})
    recipe = version.recipe.model_copy(update={"tiling": tiling, "region": None, "masks": ()})
    return RecipeVersion(version.mark, recipe)


def _still_table(still: Stills) -> list[str]:
    over = f"{still.over_model_p50:.2f} | {still.over_model_p99:.2f}"
    counts = f"{still.pictures} × {still.rounds}"
    rates = f"{still.per_second:.1f} | {still.from_frame_per_second:.1f}"
    return [
        "| threads | pictures | file to verdict/s | to verdict/s | model P50 | over P50 | P99 |",
        "|--:|--:|--:|--:|--:|--:|--:|",
        f"| {still.threads} | {counts} | {rates} | {still.model_p50:.2f} | {over} |",
    ]


def _live_table(runs: Sequence[Live]) -> list[str]:
    return [
        "| 1080p at 30/s | frames | verdicts | lost | model P50 | over P50 | P99 | begun P99 |",
        "|---|--:|--:|--:|--:|--:|--:|--:|",
        *map(_live_row, runs),
    ]


def _live_row(run: Live) -> str:
    over = f"{run.over_model_p50:.2f} | {run.over_model_p99:.2f} | {run.begun_p99:.2f}"
    counts = f"{run.frames} | {run.verdicts} | {run.lost}"
    return f"| {run.name} | {counts} | {run.model_p50:.1f} | {over} |"
