"""The steps of a course in one of its processes."""

from __future__ import annotations

import json
import math
import time
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import paddle

from app.reader._boxes import Grid, decode, suppress
from app.toolchain.detector import _batch, _weights
from app.toolchain.detector._crops import cut_batch, invert
from app.toolchain.detector._network import Detector, Loss
from app.toolchain.detector._teacher import Teacher
from app.toolchain.detector._together import Flat, Together
from app.toolchain.detector.course import Course, Progress
from app.toolchain.detector.metrics import Seen, average_precisions
from app.toolchain.detector.samples import Labels, Sample, read_folder

WARM_UP = 300
"""Steps until the full rate is reached."""
SMOOTH = 0.999
"""Share of the average weights that one step leaves."""
NEWS_EVERY = 20
SCORED = 160
"""Most held-out pictures that are scored while training goes on."""


class Loop:
    """Network, optimiser and averaged weights of one process."""

    def __init__(self, course: Course, rank: int) -> None:
        self._course, self._rank = course, rank
        learnt, self._held_out = read_folder(course.data).split(course.held_out)
        more = (sample for folder in course.more for sample in read_folder(folder).samples)
        self._samples = (*learnt, *more)
        paddle.seed(course.seed)
        self._network = _begin(course)
        self._opposite = _opposite(self._network.design.labels, course.opposites)
        self._loss = Loss(self._network.design)
        self._teacher = Teacher(course.teacher) if course.teacher else None
        self._parameters = [p for p in self._network.parameters() if not p.stop_gradient]
        decayed = {p.name for p in self._parameters if p.ndim == 4}
        self._optimiser = paddle.optimizer.AdamW(
            learning_rate=course.rate,
            parameters=self._parameters,
            weight_decay=course.decay,
            apply_decay_param_fun=lambda name: name in decayed,
        )
        self._average = _weights.values(self._network)
        self._step = 0
        self.size = sum(math.prod(p.shape) for p in self._parameters)
        """Numbers that a step exchanges."""
        self._resume()

    def run(self, together: Together, tell: Callable[[Progress], None]) -> None:
        """Go to the course's last step."""
        course, began, first = self._course, time.monotonic(), self._step
        sums: dict[str, float] = {}
        heard = 0
        while self._step < course.steps:
            parts = self._one(together)
            self._step += 1
            for name, value in parts.items():
                sums[name] = sums.get(name, 0.0) + value
            heard += 1
            is_last = self._step == course.steps
            scores = {}
            if self._rank == 0 and (self._step % course.keep_every == 0 or is_last):
                self._keep()
            if self._rank == 0 and (self._step % course.score_every == 0 or is_last):
                scores = self._score()
            if self._step % NEWS_EVERY == 0 or scores or is_last:
                pace = (time.monotonic() - began) / (self._step - first)
                left = pace * (course.steps - self._step)
                means = {name: value / heard for name, value in sums.items()}
                tell(Progress(self._step, course.steps, means, left, scores))
                sums, heard = {}, 0

    def _one(self, together: Together) -> dict[str, float]:
        course = self._course
        dice = np.random.default_rng((course.seed, self._rank, self._step))
        design = self._network.design
        crops = cut_batch(self._samples, course.batch, course.crop, design.channels, dice)
        if self._opposite is not None:
            crops = invert(crops, self._opposite, dice)
        pictures = _batch.pictures([crop.picture for crop in crops])
        self._network.train()
        maps = self._network.maps(pictures)
        parts = self._loss(maps, _batch.truth(crops))
        total = parts["loss"]
        if self._teacher is not None:
            parts["loss_teacher"] = self._teacher.loss(pictures, maps)
            total = total + parts["loss_teacher"]
        total.backward()
        self._take(together.average(self._gradients()))
        self._optimiser.set_lr(self._rate())
        self._optimiser.step()
        self._optimiser.clear_grad()
        self._smooth()
        return {name.removeprefix("loss_"): float(part) for name, part in parts.items()}

    def _gradients(self) -> Flat:
        return np.concatenate(
            [
                np.zeros(math.prod(p.shape), np.float32)
                if p.grad is None
                else p.grad.numpy().ravel()
                for p in self._parameters
            ]
        )

    def _take(self, gradients: Flat) -> None:
        norm = float(np.linalg.norm(gradients))
        gradients = gradients * np.float32(min(1.0, 10.0 / max(norm, 1e-6)))
        place = 0
        for parameter in self._parameters:
            count = math.prod(parameter.shape)
            if parameter.grad is not None:
                parameter.grad.set_value(gradients[place : place + count].reshape(parameter.shape))
            place += count

    def _rate(self) -> float:
        course = self._course
        warm = min(1.0, (self._step + 1) / WARM_UP)
        return (
            course.rate
            * warm
            * (0.02 + 0.98 * 0.5 * (1 + math.cos(math.pi * self._step / course.steps)))
        )

    def _smooth(self) -> None:
        share = min(SMOOTH, (1 + self._step) / (10 + self._step))
        if self._rank == 0:
            for name, value in _weights.values(self._network).items():
                self._average[name] = share * self._average[name] + (1 - share) * value

    def _keep(self) -> None:
        names = {p.name: str(place) for place, p in enumerate(self._parameters)}
        state = {f"p/{name}": value for name, value in _weights.values(self._network).items()}
        state |= {f"a/{name}": value for name, value in self._average.items()}
        for key, value in self._optimiser.state_dict().items():
            name = next((n for n in names if key.startswith(f"{n}_")), None)
            if name is not None:
                state[f"o/{names[name]}/{key.removeprefix(name)}"] = value.numpy()
        state["meta"] = np.array(json.dumps({"step": self._step}))
        _weights.write_arrays(self._course.out / "state.npz", state)
        _weights.save(self._course.out / "weights.npz", self._network.design, self._average)

    def _resume(self) -> None:
        path = self._course.out / "state.npz"
        if not path.exists():
            return
        state = _weights.read_arrays(path)
        self._step = int(json.loads(str(state.pop("meta")))["step"])
        self._network.set_state_dict(_part(state, "p/"))
        self._average = _part(state, "a/")
        moments = {}
        for key, value in _part(state, "o/").items():
            place, _, suffix = key.partition("/")
            moments[self._parameters[int(place)].name + suffix] = paddle.to_tensor(value)
        self._optimiser.set_state_dict(moments)

    def _score(self) -> dict[str, float]:
        samples = self._held_out[:: max(1, len(self._held_out) // SCORED)]
        if not samples:
            return {}
        mine = _weights.values(self._network)
        self._network.set_state_dict(self._average)
        seen = look(self._network, samples)
        self._network.set_state_dict(mine)
        labels = self._network.design.labels
        return dict(zip(labels, average_precisions(seen, len(labels)), strict=True))


def _opposite(labels: Sequence[str], pairs: Sequence[tuple[str, str]]) -> Labels | None:
    """Return the place of each label's opposite, in the order of the labels."""
    if not pairs:
        return None
    both = dict(pairs) | {other: one for one, other in pairs}
    return np.array([labels.index(both[label]) for label in labels], np.int64)


def _begin(course: Course) -> Detector:
    if course.start is not None:
        return _weights.load(course.start)
    if course.design is None:
        raise ValueError("a course begins with weights or with a design")
    return Detector(course.design)


def look(network: Any, samples: tuple[Sample, ...], threshold: float = 0.02) -> list[Seen]:
    """Run a network, as it stands, over whole pictures."""
    network.eval()
    design, seen = network.design, []
    with paddle.no_grad():
        for sample in samples:
            picture = sample.picture(design.channels)
            height, width = picture.shape[:2]
            grid = Grid(len(design.labels), design.bins, design.stride, width, height)
            output = network(_batch.pictures([picture])).numpy()[0]
            found = suppress(decode(output, grid, threshold), 0.5)
            seen.append(Seen(found, sample.boxes, sample.labels))
    return seen


def _part(state: _weights.Arrays, prefix: str) -> _weights.Arrays:
    return {
        name.removeprefix(prefix): value for name, value in state.items() if name.startswith(prefix)
    }
