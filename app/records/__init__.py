"""Inspections remembered so that they can be proven later: rows, pictures, search, export."""

from __future__ import annotations

from app.records.entry import Entry, KeepPicture
from app.records.query import Filters
from app.records.salvage import Mended, mend
from app.records.spreadsheet import export
from app.records.store import Records, open_records

__all__ = ["Entry", "Filters", "KeepPicture", "Mended", "Records", "export", "mend", "open_records"]
