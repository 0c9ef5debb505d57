"""What a spreadsheet says of a part: recipe, what counts, the inspector's word, defects."""

from __future__ import annotations

from collections.abc import Iterator

from app.language import Catalogue, message
from app.vocabulary import Detection, Record

RECIPE = message("Recipe")
VERSION = message("Version")
COUNTS = message("What counts")
WHY = message("Overruled because")
DEFECTS = message("Defects: certainty, x1 y1 x2 y2")


def part_cells(record: Record, catalogue: Catalogue) -> Iterator[tuple[str, str, str]]:
    """Return name, title and value of each cell of a part; none of a document."""
    if record.recipe is None:
        return
    overruled = record.overruled
    for name, title, value in (
        ("recipe", RECIPE, record.recipe.name),
        ("version", VERSION, str(record.recipe.version)),
        ("counts", COUNTS, record.decision.value),
        ("overruled", WHY, overruled.reason if overruled else ""),
        ("defects", DEFECTS, "; ".join(map(_defect, record.reading.detections))),
    ):
        yield name, title.text(catalogue), value


def _defect(found: Detection) -> str:
    box = " ".join(f"{side:.0f}" for side in found.box)
    return f"{found.label} {found.score:.2f}, {box}"
