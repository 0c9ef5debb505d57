"""Find out by trying where every channel of a network goes.

One channel of one convolution is disturbed; every convolution and normalisation that then sees
another input reads it. Convolutions do not pass the disturbance on: there the value ends.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import paddle
from paddle import nn

from app.toolchain.detector.channels import Reach, Work

SIDE = 64
"""Pixels of the picture that is tried."""
PUSH = 1000.0
"""Added to the disturbed channel; larger than anything a network with small weights says."""


class Tracer:
    """A network whose values stay small, so that no activation hides a disturbance.

    What it has learnt is overwritten: its normalisations do nothing, its weights are small.
    """

    def __init__(self, network: Any) -> None:
        network.eval()
        self._network = network
        self._convolutions = {n: x for n, x in network.named_sublayers() if _mixes(x)}
        self._others = {n: x for n, x in network.named_sublayers() if _keeps_apart(x)}
        self._calm: dict[str, Any] = {}
        self._seen: dict[str, np.ndarray] = {}
        self._pushed = ""
        for layer in self._others.values():
            if isinstance(layer, nn.BatchNorm2D):
                layer.weight.set_value(paddle.ones_like(layer.weight))
                layer.bias.set_value(paddle.zeros_like(layer.bias))
                layer._mean.set_value(paddle.zeros_like(layer._mean))
                layer._variance.set_value(paddle.ones_like(layer._variance))
        dice = np.random.default_rng(0)
        for layer in self._convolutions.values():
            shape = layer.weight.shape
            weight = dice.normal(0, 1 / np.sqrt(np.prod(shape[1:])), shape)
            layer.weight.set_value(weight.astype(np.float32))
            if layer.bias is not None:
                layer.bias.set_value(paddle.zeros_like(layer.bias))
        for name, layer in {**self._convolutions, **self._others}.items():
            layer.register_forward_pre_hook(self._before(name))
        for name, layer in self._convolutions.items():
            layer.register_forward_post_hook(self._after(name))
        self.works: dict[str, Work] = {}
        self.widths: dict[str, tuple[int, int]] = {}
        """Input and output channels of every convolution."""

    def reaches(self) -> list[Reach]:
        """Try every output channel of every convolution."""
        with paddle.no_grad():
            calm_output = self._run(1)
            found = []
            for name, (_, width) in list(self.widths.items()):
                self._pushed, self._seen = name, {}
                changed = np.atleast_1d(_changed(self._run(width), calm_output).any(axis=1))
                for channel in range(width):
                    readers = frozenset(
                        (reader, int(place))
                        for reader, seen in self._seen.items()
                        for place in np.nonzero(seen[channel])[0]
                    )
                    found.append(Reach((name, channel), readers, bool(changed[channel])))
        return found

    def _run(self, count: int) -> Any:
        colours = self._network.design.colours
        return self._network(paddle.full([count, colours, SIDE, SIDE], 0.5))

    def _before(self, name: str) -> Any:
        def hook(_layer: Any, inputs: Any) -> Any:
            (given,) = inputs
            if not self._pushed:
                self._calm[name] = given
                return None
            calm = self._calm[name]
            self._seen[name] = _changed(given, calm)
            return (calm.expand_as(given),) if name in self._convolutions else None

        return hook

    def _after(self, name: str) -> Any:
        def hook(layer: Any, _inputs: Any, output: Any) -> Any:
            if not self._pushed:
                taps = int(np.prod(layer.weight.shape[2:]))
                self.works[name] = Work(taps, int(np.prod(output.shape[2:])))
                self.widths[name] = (layer.weight.shape[1], layer.weight.shape[0])
            elif name == self._pushed:
                push = paddle.eye(output.shape[1]) * PUSH
                return output + push.reshape([*push.shape, 1, 1])
            return None

        return hook


def _changed(given: Any, calm: Any) -> np.ndarray:
    """Tell for each picture and channel whether it differs."""
    axes = list(range(2, given.ndim))
    return np.asarray((given - calm).abs().max(axis=axes).numpy() > 1e-3)


def _mixes(layer: Any) -> bool:
    return isinstance(layer, nn.Conv2D) and layer._groups == 1


def _keeps_apart(layer: Any) -> bool:
    return isinstance(layer, nn.BatchNorm2D) or (
        isinstance(layer, nn.Conv2D) and layer._groups == layer._in_channels > 1
    )
