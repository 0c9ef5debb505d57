"""One page of a file, decoded or not, and the frame that it becomes."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path

from app.capture._faults import printable
from app.errors import BadPicture
from app.vocabulary import Bgr, Frame


@dataclass(frozen=True, slots=True, eq=False)
class Page:
    """One page of a file, or why it cannot be read."""

    number: int
    picture: Bgr | BadPicture
    is_last: bool

    def frame(self, path: Path, number: int) -> Frame:
        """Return the page as a frame; raises its BadPicture."""
        if isinstance(self.picture, BadPicture):
            raise self.picture
        return Frame(self.picture, number, time.time(), printable(path), self.number)
