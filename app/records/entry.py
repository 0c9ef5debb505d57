"""An inspection on its way into the records: its id is known before it is kept."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum

from app.vocabulary import Inspection

_ID = re.compile("[0-9a-f]{32}")


class KeepPicture(StrEnum):
    """How much of a picture is kept; the hash of its pixels always is."""

    FULL = "full"
    """Every pixel."""
    SMALL = "small"
    """A JPEG, at most 640 pixels long: enough to look at, not to learn from."""
    NONE = "none"


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """One inspection to be kept."""

    record_id: str
    """32 hexadecimal digits, as ``uuid.uuid4().hex`` gives them."""
    inspection: Inspection
    picture: KeepPicture = KeepPicture.FULL
    confirmed: frozenset[str] = frozenset()
    at: datetime = field(default_factory=lambda: datetime.now(UTC))
    """When it was judged, aware, UTC; it may be written much later."""

    def __post_init__(self) -> None:
        if not _ID.fullmatch(self.record_id):
            raise ValueError("the id of a record is 32 hexadecimal digits")
