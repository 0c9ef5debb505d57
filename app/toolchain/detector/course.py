"""What one course of training is told, and what it tells."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from app.toolchain.detector.design import Design


@dataclass(frozen=True, slots=True)
class Course:
    """Everything that decides a course; the same course resumed goes the same way."""

    data: Path
    out: Path
    """Folder for checkpoints and weights; what stands there is gone on with."""
    start: Path | None = None
    """Weights to begin with, perhaps pruned."""
    design: Design | None = None
    """Of a network that begins at random; not looked at where there is a start."""
    teacher: Path | None = None
    """Weights of the network to learn from beside the boxes."""
    more: tuple[Path, ...] = ()
    """Folders that are learnt from as well, wholly."""
    held_out: tuple[str, ...] = ()
    """Groups of ``data``, or the last share of a group, as ``Labelled.split`` takes them."""
    opposites: tuple[tuple[str, str], ...] = ()
    """Labels that take each other's place in the negative of a picture, all of them or none."""
    device: str = "cpu"
    processes: int = 1
    steps: int = 7000
    batch: int = 8
    """Crops a step and process."""
    crop: int = 320
    rate: float = 1e-3
    decay: float = 0.03
    seed: int = 1
    keep_every: int = 200
    score_every: int = 1000


@dataclass(frozen=True, slots=True)
class Progress:
    """News of a course."""

    step: int
    steps: int
    parts: dict[str, float]
    """Parts of the loss, averaged since the last news."""
    seconds_left: float
    scores: dict[str, float] = field(default_factory=dict)
    """Average precision a class on the held-out pictures, where they were just scored."""
