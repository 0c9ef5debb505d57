"""Defects on a part: where they are, within what the recipe looks at, and how the part is lit."""

from __future__ import annotations

import os
import time
from collections.abc import Callable

import numpy as np

from app.engine import Session, open_session
from app.engine._pack import ModelPack, load_pack
from app.errors import ReadingError
from app.reader import Reader
from app.reader._boxes import Found
from app.reader._light import light_of
from app.reader._look import Look
from app.reader._tiles import tiles
from app.recipes import Area, Recipe
from app.vocabulary import Bgr, Detection, Frame, Reading

LOWEST, HIGHEST = 0.01, 0.999
"""Scores are asked for between these: a logit of 0 or 1 has no end."""

OpenSession = Callable[[bool], Session]
"""Opens the pack's session; the argument is ``across`` of ``open_session``."""


class PartReader(Reader):
    """Looks at the parts on frames as one recipe says."""

    def __init__(
        self,
        recipe: Recipe,
        pack: ModelPack,
        open_one: OpenSession,
        *,
        floor: float | None = None,
        is_across_useful: bool = False,
    ) -> None:
        """Open the session. ``floor`` reports what the recipe would not even doubt, from there on.

        Raises EngineError if the pack is no detector or cannot be loaded.
        """
        self.timings_ms: dict[str, float] = {}
        self._recipe, self._pack, self._open_one = recipe, pack, open_one
        self._may_spread = is_across_useful
        self._session = open_one(False)
        self._look = Look(pack, self._session)
        self.mark = self._session.mark
        self.labels = self._look.labels
        self._limits = np.array([self._limit(label, floor) for label in self.labels])

    def read(self, frame: Frame, kind: str | None = None) -> tuple[Reading, ...]:  # noqa: ARG002 - parts have one kind
        """Return the one reading of the part: every defect that the recipe may judge or doubt.

        A defect counts if its middle lies in the region and in no mask; of those of one kind, only
        from its own review limit on. Raises ReadingError for a region outside the picture.
        """
        started = time.perf_counter()
        region = self._recipe.region or (0, 0, frame.bgr.shape[1], frame.bgr.shape[0])
        part = _cut_out(frame.bgr, region)
        tiling = self._recipe.tiling
        overlap = tiling.overlap if tiling.mode == "tiles" else None
        self._spread_if(part, overlap)
        pixels = self._look.pixels(part)
        light = light_of(pixels if pixels.ndim == 2 else part)
        found = self._look.find(pixels, float(self._limits.min()), overlap)
        detections = self._detections(found, region)
        self._note(started)
        x1, y1, x2, y2 = map(float, region)
        return (Reading(detections=detections, region=(x1, y1, x2, y2), light=light),)

    def close(self) -> None:
        """Release the model."""
        self._session.close()

    def _limit(self, label: str, floor: float | None) -> float:
        limit = self._recipe.limits(label).review
        # Asked this way round, a floor that is no number is none.
        if floor is not None and floor < limit:
            limit = floor
        return float(np.clip(limit, LOWEST, HIGHEST))

    def _spread_if(self, part: Bgr, overlap: int | None) -> None:
        """Turn to a session that runs tiles side by side once a picture has several."""
        if not self._may_spread or overlap is None:
            return
        height, width = part.shape[:2]
        if len(tiles(width, height, self._look.size, overlap)) > 1:
            self._may_spread = False
            self._session.close()
            self._session = self._open_one(True)
            self._look = Look(self._pack, self._session)

    def _detections(self, found: Found, region: Area) -> tuple[Detection, ...]:
        boxes = found.boxes + np.array(region[:2] * 2, np.float32)
        kept = found.scores >= self._limits[found.labels]
        x, y = (boxes[:, 0] + boxes[:, 2]) / 2, (boxes[:, 1] + boxes[:, 3]) / 2
        for x1, y1, x2, y2 in self._recipe.masks:
            kept &= ~((x >= x1) & (x < x2) & (y >= y1) & (y < y2))
        rows = zip(
            found.labels[kept], found.scores[kept].tolist(), boxes[kept].tolist(), strict=True
        )
        return tuple(Detection(self.labels[n], score, (*box,)) for n, score, box in rows)

    def _note(self, started: float) -> None:
        """Share the time out: up to the first run, in the runs, and all the rest."""
        prepare = (self._look.started - started) * 1e3
        whole = (time.perf_counter() - started) * 1e3
        model = self._look.model_ms
        self.timings_ms = {"prepare": prepare, "model": model, "merge": whole - prepare - model}


def open_part_reader(
    recipe: Recipe, choice: str = "auto", threads: int = 0, floor: float | None = None
) -> PartReader:
    """Open the recipe's model on the engine that ``choice`` names; ``threads`` 0 takes every core.

    With ``floor``, readings hold everything from that score on, judged or not.
    Raises EngineError if there is no such pack or it was altered, KindError for the engine.
    """
    pack = load_pack(recipe.pack)

    def open_one(across: bool) -> Session:
        return open_session(pack, choice=choice, threads=threads, across=across)

    cores = threads or len(os.sched_getaffinity(0))
    return PartReader(recipe, pack, open_one, floor=floor, is_across_useful=cores > 1)


def _cut_out(bgr: Bgr, region: Area) -> Bgr:
    height, width = bgr.shape[:2]
    left, top, right, bottom = region
    if not (0 <= left < right <= width and 0 <= top < bottom <= height):
        raise ReadingError(
            "The recipe's region {region} lies outside the picture of {width} × {height} pixels.",
            "Draw the region anew, or set the camera back to its size.",
            "region-outside",
            region=f"({left}, {top})–({right}, {bottom})",
            width=width,
            height=height,
        )
    return bgr[top:bottom, left:right]
