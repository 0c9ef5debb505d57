"""OM models on an Ascend NPU, through pyACL."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from itertools import islice

import numpy as np

from app.engine import Array, Input, Session, T
from app.engine._acl import library
from app.engine._gears import Shape, counted, gear_for
from app.engine._lane import Lane, finish, take_lane
from app.engine._om import header_of
from app.engine._om_model import OmModel
from app.engine._pack import ModelPack
from app.engine._pixels import pixels_of, void_pixel
from app.errors import EngineError
from app.vocabulary import EngineMark

__all__ = ["AscendSession", "chip_of", "finish", "open_session"]


class AscendSession(Session):
    """One OM model on one NPU, in the lane of the thread that opened it."""

    def __init__(self, pack: ModelPack, device: int, threads: int) -> None:
        self._pack, self._threads = pack, threads
        self._task = pack.manifest.task
        self._normalisation = pack.manifest.input.normalisation
        self._is_rgb = pack.manifest.input.channels == "rgb"
        with ExitStack() as undo:
            lane = _lane(device)
            undo.callback(lane.release)
            content, digest = pack.weights("ascend", lane.soc)
            _check_chip(content, lane, pack)
            self._model = OmModel(lane, content, pack.name)
            undo.callback(self._model.close)
            self.mark = EngineMark("ascend", f"{lane.name} {lane.soc}", ((pack.name, digest),))
            self._room: dict[Shape, Input] = {}
            # The first run of a model is its slowest: it happens before the first frame.
            largest = max(self._model.gears, key=lambda gear: int(np.prod(gear.shape)))
            self.run(np.zeros(largest.shape, np.float32))
            if threads > 1:
                self._pool = undo.enter_context(ThreadPoolExecutor(threads))
            self._undo = undo.pop_all()

    def run(self, batch: Input) -> Array:
        """Return the model's first output for one batch.

        N×C×H×W floats, normalised as the pack says, or N×H×W×C bytes as the camera gives them
        where the model normalises on the chip. A batch between two gears is padded, its output cut.
        """
        model = self._model
        is_pixels = batch.dtype == np.uint8 and model.takes_pixels
        shape: Shape = batch.shape
        if is_pixels:
            shape = (shape[0], shape[3], shape[1], shape[2])
        gear = gear_for(model.gears, shape, self._task)
        if gear is None:
            raise EngineError(
                "The model {pack} was not converted for an input of {shape}; it takes {known}.",
                "Convert the pack with this size among its gears, or choose the CPU.",
                "npu-no-gear",
                pack=self._pack.name,
                shape="×".join(map(str, shape)),
                known=", ".join("×".join(map(str, gear.shape)) for gear in model.gears),
            )
        if model.takes_pixels and not is_pixels:
            batch = pixels_of(batch, self._normalisation, is_rgb=self._is_rgb)
        output = model.run(self._fitted(batch, gear.shape), gear)
        cut = output[counted(output.shape, gear.shape, shape, self._task)]
        return np.asarray(cut, np.float32)

    def run_each(self, jobs: Sequence[Callable[[], Input]], take: Callable[[Array], T]) -> list[T]:
        """Make and take the batches in other threads while the NPU runs one after the other."""
        if self._threads < 2 or len(jobs) < 2:
            return [take(self.run(job())) for job in jobs]
        waiting = iter(jobs)
        made = deque(self._pool.submit(job) for job in islice(waiting, 2 * self._threads))
        taken: list[Future[T]] = []
        try:
            while made:
                batch = made.popleft().result()
                if (job := next(waiting, None)) is not None:
                    made.append(self._pool.submit(job))
                taken.append(self._pool.submit(take, self.run(batch)))
        finally:
            for future in made:
                future.cancel()
        return [future.result() for future in taken]

    def close(self) -> None:
        """Free buffers, model and lane; closing twice is allowed."""
        self._undo.close()

    def _fitted(self, batch: Input, gear: Shape) -> Input:
        """Return the batch contiguous, in the model's type, padded to the gear's shape."""
        model = self._model
        if model.takes_pixels:
            gear = (gear[0], gear[2], gear[3], gear[1])
        if batch.shape == gear:
            return np.ascontiguousarray(batch, model.dtype)
        room = self._room.get(gear)
        if room is None:
            room = self._room[gear] = np.empty(gear, model.dtype)
        room[...] = (
            void_pixel(self._normalisation, is_rgb=self._is_rgb) if model.takes_pixels else 0
        )
        room[tuple(map(slice, batch.shape))] = batch
        return room


def open_session(
    pack: ModelPack, *, device: int = 0, threads: int = 0, across: bool = False
) -> AscendSession:
    """Load a pack's OM weights for the chip that is there, on one NPU.

    ``threads`` 0 takes every core for what goes on beside the NPU in ``run_each``.
    """
    beside = threads or len(os.sched_getaffinity(0))
    return AscendSession(pack, device, beside if across else 1)


def chip_of(device: int) -> str:
    """Return the name of an NPU's chip. Raises EngineError if it cannot be used."""
    lane = _lane(device)
    try:
        return lane.soc
    finally:
        lane.release()


def _lane(device: int) -> Lane:
    acl = library()
    if acl is None:
        raise EngineError(
            "No NPU software (CANN) is installed on this machine.",
            "Install driver, firmware and CANN, source CANN's set_env.sh, or choose the CPU.",
            "npu-no-library",
        )
    return take_lane(acl, device)


def _check_chip(content: bytes, lane: Lane, pack: ModelPack) -> None:
    """A model of another chip is told apart before the library meets it."""
    chip = header_of(content).chip
    if chip and chip != lane.soc:
        raise EngineError(
            "The OM model of the pack {pack} is made for {made}, and this NPU is {chip}.",
            "Convert the pack for {chip}.",
            "npu-wrong-chip",
            pack=pack.name,
            made=chip,
            chip=lane.soc,
        )
