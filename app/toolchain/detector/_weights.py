"""Weights with their design in one file; a network takes the shapes found there, so pruned too."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from paddle import nn

from app.toolchain.detector._network import Detector
from app.toolchain.detector._ppdet import RepVggBlock
from app.toolchain.detector.design import Design

Arrays = dict[str, NDArray[Any]]


def write_arrays(path: Path, arrays: Mapping[str, NDArray[Any]]) -> None:
    """Write, then replace: whoever is stopped at any instant leaves the old file or the new one."""
    partial = path.with_suffix(".partial")
    with partial.open("wb") as file:
        np.savez(file, **arrays)  # type: ignore[arg-type]
        file.flush()
        os.fsync(file.fileno())
    partial.replace(path)


def read_arrays(path: Path) -> Arrays:
    """Read what ``write_arrays`` wrote."""
    with np.load(path, allow_pickle=False) as stored:
        return dict(stored)


def values(network: Any) -> Arrays:
    """Return every parameter and running mean of a network by name."""
    return {name: value.numpy() for name, value in network.state_dict().items()}


def save(path: Path, design: Design, arrays: Mapping[str, NDArray[Any]]) -> None:
    """Write weights and the design they belong to."""
    write_arrays(path, {**arrays, "design": np.array(design.model_dump_json())})


def load(path: Path) -> Detector:
    """Build the network of a weights file."""
    arrays = read_arrays(path)
    network = Detector(Design.model_validate_json(str(arrays.pop("design"))))
    fit(network, arrays)
    return network


def fit(network: Any, arrays: Mapping[str, NDArray[Any]]) -> None:
    """Give a network these values, and each layer the shape that they have."""
    for name, layer in network.named_sublayers():
        for part in ("weight", "bias", "_mean", "_variance"):
            value = arrays.get(f"{name}.{part}")
            held = getattr(layer, part, None)
            if value is None or held is None:
                continue
            if list(held.shape) != list(value.shape):
                _reshape(layer, part, value.shape)
            getattr(layer, part).set_value(value)
    for layer in network.sublayers():
        if isinstance(layer, RepVggBlock) and hasattr(layer, "conv1"):
            layer.ch_out, layer.ch_in = layer.conv1.conv.weight.shape[:2]


def _reshape(layer: Any, part: str, shape: tuple[int, ...]) -> None:
    parameter = layer.create_parameter(list(shape))
    parameter.stop_gradient = getattr(layer, part).stop_gradient
    setattr(layer, part, parameter)
    if isinstance(layer, nn.Conv2D) and part == "weight":
        layer._out_channels, layer._in_channels = shape[:2]
