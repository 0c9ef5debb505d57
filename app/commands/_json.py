"""One inspection as the JSON object that ``mingjian read`` or ``mingjian inspect`` prints."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict

from app.language import Catalogue
from app.vocabulary import Detection, EngineMark, Field, Inspection, box_of


def json_line(inspection: Inspection, words: Catalogue) -> str:
    """Return one line without a line break; the reasons speak the catalogue's language."""
    reading = inspection.reading
    shown = {
        "file": inspection.frame.source,
        "page": inspection.frame.page,
        "document": reading.document,
        "verdict": str(inspection.verdict.decision),
        "reasons": [reason.message.text(words) for reason in inspection.verdict.reasons],
        "fields": {field.name: _field(field) for field in reading.fields},
        "engine": _engine(inspection.engine, words),
        "timings_ms": _rounded(inspection.timings_ms),
    }
    return json.dumps(shown, ensure_ascii=False)


def part_line(inspection: Inspection, words: Catalogue) -> str:
    """Return a part as one line without a line break."""
    return json.dumps(part_shown(inspection, words), ensure_ascii=False)


def part_shown(inspection: Inspection, words: Catalogue) -> dict[str, object]:
    """Return what is told of a part; ``page`` is told from the second one on."""
    frame, recipe = inspection.frame, inspection.recipe
    return {
        "file": frame.source,
        **({"page": frame.page} if frame.page > 1 else {}),
        "verdict": str(inspection.verdict.decision),
        "reasons": [reason.message.text(words) for reason in inspection.verdict.reasons],
        "detections": [_detection(each) for each in inspection.reading.detections],
        "engine": _engine(inspection.engine, words),
        "recipe": asdict(recipe) if recipe else None,
        "timings_ms": _rounded(inspection.timings_ms),
    }


def _detection(found: Detection) -> dict[str, object]:
    return {
        "label": found.label,
        "score": round(found.score, 4),
        "box": [round(edge, 1) for edge in found.box],
    }


def _rounded(timings_ms: Mapping[str, float]) -> dict[str, float]:
    return {name: round(ms, 1) for name, ms in timings_ms.items()}


def _field(field: Field) -> dict[str, object]:
    return {
        "value": field.value,
        "proof": str(field.proof),
        "score": round(field.score, 4),
        "box": [round(edge, 1) for edge in box_of(field.quad)] if field.quad else None,
        "corrected_from": field.corrected_from,
    }


def _engine(mark: EngineMark, words: Catalogue) -> dict[str, object]:
    return {
        "runtime": mark.engine,
        "device": mark.device,
        "models": dict(mark.models),
        **({"fallback": mark.note.text(words)} if mark.is_fallback and mark.note else {}),
    }
