"""What the desk has done away from the window: keeping, fetching back and turning pages."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from app.desktop.counter.pixels import Prepared, Sizes, prepare
from app.records import Records
from app.vocabulary import Frame, Inspection, Record


@dataclass(frozen=True, slots=True, eq=False)
class Fetched:
    """A record, ready to lie on the desk again."""

    record: Record
    prepared: Prepared
    was_withdrawn: bool


def keep(
    inspection: Inspection, confirmed: frozenset[str], replaces: str | None, store: Records
) -> Record:
    record = store.keep(inspection, confirmed)
    if replaces is not None:
        store.withdraw(replaces)
    return record


def restore(record_id: str, store: Records) -> None:
    """Let a record count again."""
    store.restore(record_id)


def fetched(record_id: str, withdraw: bool, sizes: Sizes, store: Records) -> Fetched:
    record = store.get(record_id)
    bgr = store.picture(record_id)
    if withdraw:
        store.withdraw(record_id)
    frame = Frame(bgr, 0, record.saved_at.timestamp(), record.source, record.page)
    inspection = Inspection(frame, record.reading, record.verdict, record.engine, record.timings_ms)
    return Fetched(record, prepare(inspection, sizes), withdraw)


def turned(frame: Frame) -> Frame:
    return replace(frame, bgr=np.ascontiguousarray(np.rot90(frame.bgr, -1)))
