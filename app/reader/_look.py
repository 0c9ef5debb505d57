"""One look of a detector: a picture in, boxes in its pixels out."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from functools import partial

import cv2
import numpy as np
from numpy.typing import NDArray

from app.engine import Array, Session
from app.engine._pack import ModelPack
from app.errors import EngineError
from app.reader._boxes import Found, Grid, decode, suppress, to_frame
from app.reader._tiles import Tile, joined, tiles
from app.vocabulary import Bgr

Pixels = NDArray[np.uint8]
"""What a detector is shown: H×W for a grey one, H×W×3 in its own order of colours for any other."""

REACH_STRIDES = 2
"""A box that ends this close to a seam, in strides of the detector, counts as cut by it."""


class Look:
    """A detector's pack and session; uses the session only while it looks."""

    def __init__(self, pack: ModelPack, session: Session) -> None:
        """Raise EngineError if the pack's manifest does not describe a detector."""
        manifest = pack.manifest
        height, widths, boxes = manifest.input.height, manifest.input.widths, manifest.boxes
        self.labels = pack.labels()
        if boxes is None or height is None or len(widths) != 1 or not self.labels:
            raise EngineError(
                "The model pack {pack} is no detector of a fixed size.",
                "Choose a pack whose task is object-detection.",
                "pack-no-detector",
                pack=pack.name,
            )
        self.size = (widths[0], height)
        """Width and height of the detector's input."""
        self.model_ms = 0.0
        """How long the session itself was at work in the last look."""
        self.started = 0.0
        """When it began to be, by ``time.perf_counter``."""
        self._name, self._session = pack.name, session
        self._boxes, self._input = boxes, manifest.input
        self._grid = Grid(len(self.labels), boxes.bins, boxes.stride, widths[0], height)
        self._mean = np.array(manifest.input.normalisation.mean, np.float32).reshape(-1, 1, 1)
        self._std = np.array(manifest.input.normalisation.std, np.float32).reshape(-1, 1, 1)

    def pixels(self, bgr: Bgr) -> Pixels:
        """Return what the detector sees of a picture."""
        if self._input.channels == "grey":
            return np.asarray(cv2.cvtColor(bgr, cv2.COLOR_BGR2GRAY))
        return bgr if self._input.channels == "bgr" else bgr[:, :, ::-1]

    def find(self, pixels: Pixels, score: float | None = None, overlap: int | None = None) -> Found:
        """Return the boxes that reach ``score``, or the pack's own threshold.

        A picture larger than the input is cut into tiles with ``overlap``, or shrunk without.
        Raises EngineError if the engine fails or the network's answer is none.
        """
        height, width = pixels.shape[:2]
        threshold = self._boxes.score if score is None else score
        if overlap is not None:
            places = tiles(width, height, self.size, overlap)
            founds = self._run([_part(pixels, tile) for tile in places], threshold)
            found = joined(founds, places, REACH_STRIDES * self._grid.stride)
            if len(places) > 1:
                found = suppress(found, self._boxes.overlap)
            return to_frame(found, 1.0, width, height)
        scale = min(1.0, self.size[0] / width, self.size[1] / height)
        if scale < 1:
            size = (max(1, round(width * scale)), max(1, round(height * scale)))
            pixels = np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), np.uint8)
        return to_frame(self._run([pixels], threshold)[0], scale, width, height)

    def planes(self, pixels: Pixels) -> NDArray[np.float32]:
        """Return the network's input, the picture in its upper left corner and black beside it."""
        colours = pixels[None] if pixels.ndim == 2 else pixels.transpose(2, 0, 1)
        count, height, width = colours.shape
        is_full = (width, height) == self.size
        make = np.empty if is_full else np.zeros
        batch: NDArray[np.float32] = make((1, count, self.size[1], self.size[0]), np.float32)
        scale = np.float32(self._input.normalisation.scale)
        np.multiply(colours, scale, out=batch[0, :, :height, :width], dtype=np.float32)
        if self._mean.any() or (self._std != 1).any():
            batch -= self._mean
            batch /= self._std
        return batch

    def _run(self, parts: Sequence[Pixels], threshold: float) -> list[Found]:
        begun = [0.0] * len(parts)

        def make(place: int) -> NDArray[np.float32]:
            batch = self.planes(parts[place])
            begun[place] = time.perf_counter()
            return batch

        def take(output: Array) -> tuple[float, Found]:
            ended = time.perf_counter()
            return ended, suppress(self._decode(output, threshold), self._boxes.overlap)

        jobs: list[Callable[[], NDArray[np.float32]]]
        jobs = [partial(make, place) for place in range(len(parts))]
        taken = self._session.run_each(jobs, take)
        self.started = min(begun)
        self.model_ms = covered_s(zip(begun, [at for at, _ in taken], strict=True)) * 1e3
        return [found for _, found in taken]

    def _decode(self, output: Array, threshold: float) -> Found:
        grid = self._grid
        positions = (grid.width // grid.stride) * (grid.height // grid.stride)
        is_whole = output.shape == (1, grid.labels + 4 * grid.bins, positions)
        if not is_whole or np.isnan(output[0, : grid.labels].max()):
            raise EngineError(
                "The model pack {pack} answered something that is no answer.",
                "Install the model pack again.",
                "model-answer",
                pack=self._name,
            )
        return decode(output[0], grid, threshold)


def _part(pixels: Pixels, tile: Tile) -> Pixels:
    return pixels[tile.top : tile.bottom, tile.left : tile.right]


def covered_s(spans: Iterable[tuple[float, float]]) -> float:
    """Return for how long at least one of the spans (start, end) lasted."""
    total, until = 0.0, 0.0
    for start, end in sorted(spans):
        total += max(0.0, end - max(start, until))
        until = max(until, end)
    return total
