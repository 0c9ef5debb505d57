"""Records as a spreadsheet, one document or part a row and a column a field.

Two passes over a file of our own between them, since the columns are known only when the last
record was seen: memory stays the same however many there are. XLSX keeps every value as text; CSV
is for other programs (Excel would round an 18-digit number in it).
"""

from __future__ import annotations

import csv
import io
import json
import os
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

import xlsxwriter
from xlsxwriter.exceptions import FileCreateError
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from app import documents
from app.errors import KindError, RecordError
from app.language import ENGLISH, Catalogue, message
from app.records import disk
from app.records.faults import told
from app.records.part_cells import part_cells
from app.vocabulary import Record

_MAX_XLSX_ROWS = 1_048_576
_MAX_XLSX_TEXT = 32_767
"""Excel specifications and limits: rows on a worksheet, characters in a cell."""
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What makes Excel calculate a cell of a CSV file (OWASP, CSV injection)."""
_COLUMN_CHARACTERS = 18

_BEFORE = (message("Saved"), message("Document"), message("Decision"), message("Reasons"))
_DOCUMENT = 1
"""Where it stands among these; a sheet of parts alone goes without."""
_AFTER = (
    message("Source"),
    message("Page"),
    message("Taken back"),
    message("Engine"),
    message("Record"),
)

Row = list[str]


class _Cancelled(Exception):
    """Whoever waits for the export wants it no more."""


@dataclass(slots=True)
class _Progress:
    tell: Callable[[int], None] | None
    cancelled: Callable[[], bool] | None
    steps: int = 0

    def step(self) -> None:
        """Count one record of one of the two passes."""
        if self.cancelled and self.cancelled():
            raise _Cancelled
        self.steps += 1
        if self.tell:
            self.tell(self.steps // 2)


@dataclass(slots=True)
class _Gathered:
    """All rows in a file, in the order of the columns as they were first seen."""

    file: BinaryIO
    columns: dict[tuple[str, str], int] = field(default_factory=dict)
    """Name and title of a field → its place among the fields."""
    count: int = 0
    parts: int = 0

    def header(self, catalogue: Catalogue) -> Row:
        """Return the titles of the columns."""
        before, after = ([each.text(catalogue) for each in titles] for titles in (_BEFORE, _AFTER))
        return self._row(before, [title for _, title in self.columns], after)

    def rows(self) -> Iterator[Row]:
        """Go through the rows, each as wide as the header."""
        self.file.seek(0)
        for line in self.file:
            yield self._row(*json.loads(line))

    def _row(self, before: Row, fields: Row, after: Row) -> Row:
        if self.count and self.parts == self.count:
            before = [each for place, each in enumerate(before) if place != _DOCUMENT]
        return [*before, *fields, *[""] * (len(self.columns) - len(fields)), *after]


def export(
    records: Iterable[Record],
    path: Path,
    *,
    catalogue: Catalogue = ENGLISH,
    tell: Callable[[int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> int:
    """Write records to an .xlsx or .csv file and return how many; nothing if cancelled.

    The file takes the place of an older one only when it is whole. Raises RecordError.
    """
    write = _WRITERS.get(path.suffix.lower())
    if write is None:
        raise RecordError(
            "A spreadsheet cannot be written as “{name}”.",
            "Give it a name that ends in .xlsx or .csv.",
            "export-kind",
            name=path.name,
        )
    progress = _Progress(tell, cancelled)
    with told(path.parent), ExitStack() as stack:
        work = Path(
            stack.enter_context(
                tempfile.TemporaryDirectory(prefix=".mingjian-export-", dir=path.parent)
            )
        )
        gathered = _Gathered(stack.enter_context(disk.create_file(work / "rows")))
        try:
            _gather(records, gathered, catalogue, progress)
            with disk.create_file(work / "sheet") as file:
                write(file, gathered.header(catalogue), _counted(gathered, progress), work)
                file.flush()
                os.fsync(file.fileno())
        except _Cancelled:
            return 0
        (work / "sheet").replace(path)
    return gathered.count


def _gather(
    records: Iterable[Record], into: _Gathered, catalogue: Catalogue, progress: _Progress
) -> None:
    kinds: dict[str, tuple[str, dict[str, str]]] = {}
    for record in records:
        progress.step()
        kind = record.reading.document
        if kind not in kinds:
            kinds[kind] = _titles(kind, catalogue)
        title, titles = kinds[kind]
        cells = [(f.name, titles.get(f.name, f.name), f.value) for f in record.reading.fields]
        cells += part_cells(record, catalogue)
        for name, column, _ in cells:
            into.columns.setdefault((name, column), len(into.columns))
        fields = [""] * len(into.columns)
        for name, column, value in cells:
            fields[into.columns[name, column]] = value
        row = (_before(record, title, catalogue), fields, _after(record, catalogue))
        into.file.write(json.dumps(row).encode() + b"\n")
        into.count += 1
        into.parts += record.recipe is not None


def _titles(kind: str, catalogue: Catalogue) -> tuple[str, dict[str, str]]:
    try:
        known = documents.load(kind)
    except KindError:
        return kind, {}
    return known.title.text(catalogue), {
        rule.name: rule.title.text(catalogue) for rule in known.fields
    }


def _before(record: Record, title: str, catalogue: Catalogue) -> Row:
    return [
        f"{record.saved_at.astimezone():%Y-%m-%d %H:%M:%S}",
        title,
        record.verdict.decision.value,
        " ".join(reason.message.text(catalogue) for reason in record.verdict.reasons),
    ]


def _after(record: Record, catalogue: Catalogue) -> Row:
    return [
        record.source,
        str(record.page),
        message("taken back").text(catalogue) if record.withdrawn else "",
        f"{record.engine.engine} {record.engine.device}".strip(),
        record.id,
    ]


def _counted(gathered: _Gathered, progress: _Progress) -> Iterator[Row]:
    for row in gathered.rows():
        progress.step()
        yield row


def _write_csv(file: BinaryIO, header: Row, rows: Iterable[Row], _: Path) -> None:
    text = io.TextIOWrapper(file, "utf-8-sig", errors="replace", newline="")
    try:
        sheet = csv.writer(text)
        sheet.writerow(header)
        for row in rows:
            sheet.writerow([f"'{each}" if each.startswith(_FORMULA) else each for each in row])
    finally:
        text.detach()


def _write_xlsx(file: BinaryIO, header: Row, rows: Iterable[Row], work: Path) -> None:
    book = xlsxwriter.Workbook(file, {"constant_memory": True, "tmpdir": str(work)})
    sheet = book.add_worksheet()
    try:
        _fill(sheet, book.add_format({"bold": True}), header, rows)
    except BaseException:
        # Closing the book would first pack what nobody wants.
        with suppress(OSError):
            sheet.row_data_fh.close()
        raise
    try:
        book.close()
    except FileCreateError as error:
        raise error.args[0] from error


def _fill(sheet: Worksheet, bold: Format, header: Row, rows: Iterable[Row]) -> None:
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, len(header) - 1, _COLUMN_CHARACTERS)
    for column, title in enumerate(header):
        sheet.write_string(0, column, title, bold)
    for number, row in enumerate(rows, 1):
        if number >= _MAX_XLSX_ROWS:
            raise RecordError(
                "A spreadsheet holds no more than {most} records.",
                "Narrow the search, or export as .csv.",
                "export-too-long",
                most=_MAX_XLSX_ROWS - 1,
            )
        for column, value in enumerate(row):
            if value:
                sheet.write_string(number, column, value[:_MAX_XLSX_TEXT])


_WRITERS: dict[str, Callable[[BinaryIO, Row, Iterable[Row], Path], None]] = {
    ".csv": _write_csv,
    ".xlsx": _write_xlsx,
}
