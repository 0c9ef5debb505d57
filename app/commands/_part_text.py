"""One inspected part as lines for people."""

from __future__ import annotations

from collections.abc import Iterator

from app.commands._text import DECISIONS, UNREAD, columns, padded, plain
from app.inspector import was_read
from app.judgement.defects import defect_title
from app.language import Catalogue
from app.vocabulary import Inspection


def part_lines(inspection: Inspection, words: Catalogue) -> Iterator[str]:
    """Yield a headline, a line a defect with its score and place, and a line a reason."""
    frame = inspection.frame
    page = f":{frame.page}" if frame.page > 1 else ""
    unread = "" if was_read(inspection) else f"{UNREAD.text(words)}  "
    decision = DECISIONS[inspection.verdict.decision].text(words)
    yield f"{plain(frame.source)}{page}  {unread}{decision}"
    found = inspection.reading.detections
    titles = [plain(defect_title(each.label).text(words)) for each in found]
    width = max(map(columns, titles), default=0)
    for title, each in zip(titles, found, strict=True):
        box = " ".join(f"{edge:6.0f}" for edge in each.box)
        yield f"    {padded(title, width)}  {each.score:.2f}  {box}"
    for reason in inspection.verdict.reasons:
        yield f"  ! {plain(reason.message.text(words))}"
