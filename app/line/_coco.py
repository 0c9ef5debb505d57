"""Parts as a COCO set: what was found becomes boxes to be corrected, not yet the truth."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from app.vocabulary import Decision, Detection, Record


@dataclass(slots=True)
class CocoSet:
    """Grows by a part at a time; the folder of a picture says its recipe and day.

    Pictures of one folder stand together on one side when a training holds some out.
    """

    images: list[dict[str, Any]] = field(default_factory=list)
    annotations: list[dict[str, Any]] = field(default_factory=list)
    labels: dict[str, int] = field(default_factory=dict)
    """Label → number of its category, from 1, in the order of the model's output."""

    def add_labels(self, labels: tuple[str, ...]) -> None:
        """Make categories, also of what no picture shows."""
        for label in labels:
            self.labels.setdefault(label, len(self.labels) + 1)

    def add(self, record: Record, width: int, height: int) -> str:
        """Take a part in; return the name of its picture, below ``images/``.

        A part that the inspector calls OK has no boxes; what was found is told beside it.
        """
        image = len(self.images) + 1
        is_ok = record.decision is Decision.OK
        name = f"{_group(record)}/{record.id}.png"
        self.images.append(
            {"id": image, "file_name": name, "width": width, "height": height}
            | _said(record)
            | ({"refuted": [_box(each) for each in record.reading.detections]} if is_ok else {})
        )
        for each in () if is_ok else record.reading.detections:
            self.add_labels((each.label,))
            number = len(self.annotations) + 1
            self.annotations.append(
                {"id": number, "image_id": image, "category_id": self.labels[each.label]}
                | _box(each)
                | {"iscrowd": 0}
            )
        return name

    def text(self) -> str:
        """Return the contents of ``annotations.json``."""
        return json.dumps(
            {
                "info": {"description": "Parts for relabelling; the boxes are to be checked."},
                "images": self.images,
                "annotations": self.annotations,
                "categories": [{"id": each, "name": name} for name, each in self.labels.items()],
            },
            ensure_ascii=False,
            indent=1,
        )


def _group(record: Record) -> str:
    recipe = record.recipe.name if record.recipe else ""
    plain = "".join(each if each.isalnum() or each in "-_" else "_" for each in recipe)
    return f"{plain}-{record.saved_at.astimezone():%Y-%m-%d}"


def _said(record: Record) -> dict[str, Any]:
    overruled = record.overruled
    return {
        "record": record.id,
        "recipe": record.recipe and f"{record.recipe.name} {record.recipe.version}",
        "verdict": record.verdict.decision.value,
        "counts": record.decision.value,
        "overruled_because": overruled and overruled.reason,
    }


def _box(found: Detection) -> dict[str, Any]:
    x1, y1, x2, y2 = (round(float(side), 2) for side in found.box)
    width, height = round(x2 - x1, 2), round(y2 - y1, 2)
    return {
        "label": found.label,
        "score": round(float(found.score), 4),
        "bbox": [x1, y1, width, height],
        "area": round(width * height, 2),
    }
