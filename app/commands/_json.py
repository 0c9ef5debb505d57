"""One inspection as the JSON object that ``mingjian read --json`` prints."""

from __future__ import annotations

import json

from app.language import Catalogue
from app.vocabulary import EngineMark, Field, Inspection, box_of


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
        "engine": _engine(inspection.engine),
        "timings_ms": {name: round(ms, 1) for name, ms in inspection.timings_ms.items()},
    }
    return json.dumps(shown, ensure_ascii=False)


def _field(field: Field) -> dict[str, object]:
    return {
        "value": field.value,
        "proof": str(field.proof),
        "score": round(field.score, 4),
        "box": [round(edge, 1) for edge in box_of(field.quad)] if field.quad else None,
        "corrected_from": field.corrected_from,
    }


def _engine(mark: EngineMark) -> dict[str, object]:
    return {"runtime": mark.engine, "device": mark.device, "models": dict(mark.models)}
