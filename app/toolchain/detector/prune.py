"""Prune a trained detector: measure what each group of channels is worth, then remove the least."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.toolchain.detector import _paddle
from app.toolchain.detector.channels import Group, Reach, Unit, cost, groups, without
from app.toolchain.detector.choice import SHARES, Harm, choose
from app.toolchain.detector.criteria import importance
from app.toolchain.detector.samples import read_folder

PRUNED = "pruned.npz"
"""The weights that are left, before they learn again."""
Arrays = Mapping[str, NDArray[Any]]


@dataclass(frozen=True, slots=True)
class Pruning:
    """What to prune and how far."""

    weights: Path
    data: Path
    out: Path
    held_out: tuple[str, ...] = ()
    keep: float = 0.2
    """Share of the work (multiplications and writes) that stays."""
    criterion: str = "fpgm"
    multiple: int = 16
    """Channels left are a multiple of it: 16 for an NPU and for AVX-512, 8 else."""
    crops: int = 32
    """Pictures on which harm is measured; out of the training boards."""
    crop: int = 320
    """Their side, in pixels."""
    device: str = "cpu"


@dataclass(frozen=True, slots=True)
class Pruned:
    """What was done."""

    path: Path
    kept: dict[str, tuple[int, int]]
    """Channels left and before, by group."""
    share: float
    """Of the work that is left."""


def prune(pruning: Pruning, tell: Callable[[float], None]) -> Pruned:
    """Write ``pruned.npz`` and ``sensitivity.json``; ``tell`` hears the share that is done."""
    _paddle.start(pruning.device, 1)
    from app.toolchain.detector import _weights
    from app.toolchain.detector._trace import Tracer
    from app.toolchain.detector._trial import Trial

    pruning.out.mkdir(parents=True, exist_ok=True)
    network = _weights.load(pruning.weights)
    arrays = _weights.values(network)
    tracer = Tracer(_weights.load(pruning.weights))
    reaches = tracer.reaches()
    found = groups(reaches)
    order = {group.name: _order(group, reaches, arrays, pruning.criterion) for group in found}
    samples, _ = read_folder(pruning.data).split(pruning.held_out)
    trial = Trial(samples, network.design, pruning.crops, pruning.crop)
    calm = trial.loss(arrays)
    harms: dict[str, Harm] = {}
    for place, group in enumerate(found):
        at = tuple(
            trial.loss(without(arrays, _least(order[group.name], share))) - calm for share in SHARES
        )
        harms[group.name] = Harm(group.name, at)
        tell((place + 1) / len(found))

    def work(kept: Mapping[str, int]) -> float:
        return cost(tracer.works, tracer.widths, found, kept)

    full = {group.name: len(group.units) for group in found}
    kept = choose(found, harms, work, pruning.keep * work(full), pruning.multiple)
    gone = [
        unit for group in found for unit in order[group.name][: full[group.name] - kept[group.name]]
    ]
    path = pruning.out / PRUNED
    _write_report(pruning, calm, harms, full, kept)
    _weights.save(path, network.design, without(arrays, gone))
    sizes = {name: (kept[name], full[name]) for name in full}
    return Pruned(path, sizes, work(kept) / work(full))


def _order(group: Group, reaches: list[Reach], arrays: Arrays, criterion: str) -> list[Unit]:
    """Return a group's units, the least important first."""
    worth = np.zeros(len(group.units))
    for maker in group.makers:
        filters = np.asarray(arrays[f"{maker}.weight"])
        scale = _scale(maker, reaches, arrays)
        each = importance(filters * scale.reshape(-1, 1, 1, 1), criterion)
        for place, unit in enumerate(group.units):
            worth[place] += sum(each[channel] for name, channel in unit.makers if name == maker)
    return [group.units[place] for place in np.argsort(worth, kind="stable")]


def _scale(maker: str, reaches: list[Reach], arrays: Arrays) -> NDArray[Any]:
    """Return by how much the normalisation behind a convolution stretches each filter."""
    scale = np.ones(len(arrays[f"{maker}.weight"]), np.float32)
    for reach in reaches:
        if reach.source[0] == maker:
            for name, channel in reach.readers:
                if f"{name}._variance" in arrays:
                    variance = arrays[f"{name}._variance"][channel]
                    gain = abs(arrays[f"{name}.weight"][channel]) / np.sqrt(variance + 1e-5)
                    scale[reach.source[1]] = gain
    return scale


def _least(units: list[Unit], share: float) -> list[Unit]:
    return units[: len(units) - max(1, round(share * len(units)))]


def _write_report(
    pruning: Pruning,
    calm: float,
    harms: Mapping[str, Harm],
    full: Mapping[str, int],
    kept: Mapping[str, int],
) -> None:
    report = {
        "criterion": pruning.criterion,
        "multiple": pruning.multiple,
        "loss": calm,
        "shares": SHARES,
        "groups": [
            {"group": name, "before": full[name], "kept": kept[name], "harm": harms[name].at}
            for name in full
        ],
    }
    (pruning.out / "sensitivity.json").write_text(json.dumps(report, indent=1), encoding="utf-8")
