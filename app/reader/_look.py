"""One look of a detector: a picture in, boxes in its pixels out."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from app.engine import Session
from app.engine._pack import ModelPack
from app.errors import EngineError
from app.reader._boxes import Found, Grid, decode, suppress, to_frame
from app.vocabulary import Bgr


class Look:
    """A detector's pack and session. A picture larger than the input is shrunk to fit."""

    def __init__(self, pack: ModelPack, session: Session) -> None:
        """Raise EngineError if the pack's manifest does not describe a detector."""
        manifest = pack.manifest
        height, widths, boxes = manifest.input.height, manifest.input.widths, manifest.boxes
        if boxes is None or height is None or len(widths) != 1:
            raise EngineError(
                "The model pack {pack} is no detector of a fixed size.",
                "Choose a pack whose task is object-detection.",
                "pack-no-detector",
                pack=pack.name,
            )
        self.labels = pack.labels()
        self._session, self._boxes, self._input = session, boxes, manifest.input
        self._grid = Grid(len(self.labels), boxes.bins, boxes.stride, widths[0], height)
        self._mean = np.array(manifest.input.normalisation.mean, np.float32).reshape(-1, 1, 1)
        self._std = np.array(manifest.input.normalisation.std, np.float32).reshape(-1, 1, 1)

    def find(self, bgr: Bgr, score: float | None = None) -> Found:
        """Return the boxes on a picture that reach ``score``, or the pack's own threshold."""
        height, width = bgr.shape[:2]
        scale = min(1.0, self._grid.width / width, self._grid.height / height)
        output = self._session.run(self.planes(bgr, scale))[0]
        found = decode(output, self._grid, self._boxes.score if score is None else score)
        return to_frame(suppress(found, self._boxes.overlap), scale, width, height)

    def planes(self, bgr: Bgr, scale: float) -> NDArray[np.float32]:
        """Return the network's input, the picture in its upper left corner and black beside it."""
        if scale < 1:
            size = (round(bgr.shape[1] * scale), round(bgr.shape[0] * scale))
            bgr = np.asarray(cv2.resize(bgr, size, interpolation=cv2.INTER_AREA), np.uint8)
        if self._input.channels == "grey":
            pixels = np.asarray(cv2.cvtColor(bgr, cv2.COLOR_BGR2GRAY))[None]
        else:
            turned = bgr if self._input.channels == "bgr" else bgr[:, :, ::-1]
            pixels = turned.transpose(2, 0, 1)
        _, height, width = pixels.shape
        batch = np.zeros((1, len(pixels), self._grid.height, self._grid.width), np.float32)
        batch[0, :, :height, :width] = pixels
        batch *= np.float32(self._input.normalisation.scale)
        if self._mean.any() or (self._std != 1).any():
            batch = (batch - self._mean) / self._std
        return batch
