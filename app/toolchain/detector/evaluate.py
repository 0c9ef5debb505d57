"""Evaluate a pack on labelled pictures, through the very code that the product runs."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from app.engine import open_session
from app.engine._pack import ModelPack
from app.reader._look import Look
from app.toolchain.detector.metrics import (
    DEEPPCB_OVERLAP,
    Curve,
    Seen,
    coco_average,
    confusion,
    curve,
)
from app.toolchain.detector.plot import svg
from app.toolchain.detector.samples import Sample

FAINTEST = 0.01
"""Lowest score that goes into the curves."""


@dataclass(frozen=True, slots=True)
class ClassFigures:
    """One class on the evaluated pictures."""

    label: str
    boxes: int
    average_precision: float
    """At IoU 0.33."""
    coco: float
    """Mean of IoU 0.50 to 0.95."""
    precision: float
    recall: float
    """Both at IoU 0.33 and the threshold."""


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Everything that is said about a detector."""

    pack: str
    engine: str
    pictures: int
    groups: tuple[str, ...]
    threshold: float
    """Where precision and recall, over all classes, are best together (F1)."""
    classes: tuple[ClassFigures, ...]
    confusion: list[list[int]]
    """What (row) was taken for what (column); the last of each is the background."""

    @property
    def average_precision(self) -> float:
        """MAP at IoU 0.33."""
        return float(np.mean([figures.average_precision for figures in self.classes]))

    @property
    def coco(self) -> float:
        """MAP as COCO counts."""
        return float(np.mean([figures.coco for figures in self.classes]))


def look(
    pack: ModelPack, samples: Sequence[Sample], threads: int, tell: Callable[[float], None]
) -> tuple[list[Seen], str]:
    """Find the boxes of every sample; returns them and the engine that ran."""
    seen = []
    with open_session(pack, threads=threads) as session:
        detector = Look(pack, session)
        for place, sample in enumerate(samples):
            found = detector.find(detector.pixels(sample.picture("bgr")), FAINTEST)
            seen.append(Seen(found, sample.boxes, sample.labels))
            tell((place + 1) / len(samples))
        return seen, f"{session.mark.engine} {session.mark.device}"


def judge(pack: ModelPack, samples: Sequence[Sample], seen: list[Seen], engine: str) -> Evaluation:
    """Turn what was found into figures."""
    labels = pack.labels()
    curves = [curve(seen, place, DEEPPCB_OVERLAP) for place in range(len(labels))]
    totals = [int(sum((s.labels == place).sum() for s in seen)) for place in range(len(labels))]
    threshold = _best_threshold(curves, totals)
    figures = tuple(
        ClassFigures(
            label,
            totals[place],
            curves[place].average_precision,
            coco_average(seen, place),
            *_at(curves[place], threshold),
        )
        for place, label in enumerate(labels)
    )
    table = confusion(seen, len(labels), threshold).tolist()
    groups = tuple(sorted({sample.group for sample in samples}))
    return Evaluation(pack.name, engine, len(samples), groups, threshold, figures, table)


def write_curves(folder: Path, labels: Sequence[str], seen: Sequence[Seen]) -> None:
    """Write precision over recall of every class: numbers as CSV, a picture as SVG."""
    lines, curves = ["label,score,precision,recall"], {}
    for place, label in enumerate(labels):
        found = curves[label] = curve(seen, place, DEEPPCB_OVERLAP)
        lines += [
            f"{label},{score:.4f},{precision:.4f},{recall:.4f}"
            for score, precision, recall in zip(
                found.scores, found.precision, found.recall, strict=True
            )
        ]
    (folder / "curves.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (folder / "curves.svg").write_text(svg(curves), encoding="utf-8")


def to_json(evaluation: Evaluation) -> str:
    """Return the evaluation as JSON."""
    content = asdict(evaluation) | {
        "average_precision": evaluation.average_precision,
        "coco": evaluation.coco,
    }
    return json.dumps(content, ensure_ascii=False, indent=1)


def from_json(text: str) -> Evaluation:
    """Read what ``to_json`` wrote."""
    content = json.loads(text)
    return Evaluation(
        pack=content["pack"],
        engine=content["engine"],
        pictures=content["pictures"],
        groups=tuple(content["groups"]),
        threshold=content["threshold"],
        classes=tuple(ClassFigures(**figures) for figures in content["classes"]),
        confusion=content["confusion"],
    )


def table(evaluation: Evaluation) -> str:
    """Return the figures as Markdown."""
    head = [
        "| class | boxes | mAP at IoU 0.33 | COCO mAP | precision | recall |",
        "|---|--:|--:|--:|--:|--:|",
    ]
    rows = [
        f"| {c.label} | {c.boxes} | {100 * c.average_precision:.2f} | {100 * c.coco:.2f} "
        f"| {100 * c.precision:.2f} | {100 * c.recall:.2f} |"
        for c in evaluation.classes
    ]
    total = (
        f"| **all** | {sum(c.boxes for c in evaluation.classes)} "
        f"| **{100 * evaluation.average_precision:.2f}** | **{100 * evaluation.coco:.2f}** | | |"
    )
    names = [*(c.label for c in evaluation.classes), "background"]
    grid = [
        f"\n| is ↓ taken for → | {' | '.join(names)} |",
        f"|---|{'--:|' * len(names)}",
        *(
            f"| {name} | {' | '.join(map(str, row))} |"
            for name, row in zip(names, evaluation.confusion, strict=True)
        ),
    ]
    return "\n".join([*head, *rows, total, *grid])


def _best_threshold(curves: Sequence[Curve], totals: Sequence[int]) -> float:
    scores = np.concatenate([c.scores for c in curves])
    right = np.concatenate(
        [np.diff(c.recall * n, prepend=0.0) for c, n in zip(curves, totals, strict=True)]
    )
    if not len(scores):
        return 0.5
    order = np.argsort(-scores, kind="stable")
    hits = np.cumsum(right[order])
    f1 = 2 * hits / (np.arange(1, len(hits) + 1) + sum(totals))
    return float(np.clip(round(float(scores[order][f1.argmax()]), 3), 0.01, 0.99))


def _at(one: Curve, threshold: float) -> tuple[float, float]:
    reached = int((one.scores >= threshold).sum())
    if reached == 0:
        return 0.0, 0.0
    return float(one.precision[reached - 1]), float(one.recall[reached - 1])
