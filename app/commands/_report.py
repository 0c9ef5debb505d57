"""The folder that ``--out`` names: annotated pictures, a spreadsheet, a CSV file and a summary."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from app.commands._annotate import annotated
from app.commands._summary import summary
from app.errors import RecordError
from app.inspector import was_read
from app.language import catalogue, system_language
from app.records import export
from app.vocabulary import Inspection, Record

LONGEST_STEM = 60
JPEG_QUALITY = 90


class Report:
    """Collects what was read and writes it when left, also when left by an interruption."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._words = catalogue(system_language())
        self._records: list[Record] = []
        self._pictures: list[str] = []
        self._numbers = itertools.count(1)

    def __enter__(self) -> Self:
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise self._refused(error) from error
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        text = summary(self._records, self._pictures, self._words)
        try:
            (self.folder / "summary.md").write_text(text, encoding="utf-8")
        except OSError as refusal:
            raise self._refused(refusal) from refusal
        for name in ("results.csv", "results.xlsx"):
            export(self._records, self.folder / name, catalogue=self._words)

    def add(self, inspections: Sequence[Inspection]) -> None:
        """Take what was found on one page, and write its picture."""
        name = ""
        if was_read(inspections[0]):
            name = f"{next(self._numbers):04}-{_stem(inspections[0])}.jpg"
            try:
                annotated(inspections).save(self.folder / name, quality=JPEG_QUALITY)
            except OSError as error:
                raise self._refused(error) from error
        for inspection in inspections:
            self._records.append(_record(inspection))
            self._pictures.append(name)

    def _refused(self, error: OSError) -> RecordError:
        return RecordError(
            "The folder {folder} cannot be written: {fault}",
            "Choose another folder, or free some space.",
            "out-refused",
            folder=self.folder,
            fault=error.strerror,
        )


def _stem(inspection: Inspection) -> str:
    """Return a file name that every system takes and that still reminds of the source's."""
    name = re.sub(r"[^\w.-]+", "_", Path(inspection.frame.source).stem)[:LONGEST_STEM]
    page = inspection.frame.page
    return name if page == 1 else f"{name}-p{page}"


def _record(inspection: Inspection) -> Record:
    """Return what the spreadsheet needs, without the picture and what a batch would pile up."""
    fields = tuple(replace(field, alternatives=()) for field in inspection.reading.fields)
    return Record(
        id="",
        saved_at=datetime.now(UTC),
        source=inspection.frame.source,
        page=inspection.frame.page,
        reading=replace(inspection.reading, fields=fields, lines=()),
        verdict=inspection.verdict,
        engine=inspection.engine,
        timings_ms=inspection.timings_ms,
        recipe=inspection.recipe,
    )
