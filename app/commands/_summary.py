"""The summary of a batch as a Markdown page; it names no value of any field."""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Iterator, Sequence

from app import __version__
from app.commands._text import DECISIONS, document_title, plain
from app.language import Catalogue, Message, message
from app.vocabulary import Record

DOCUMENT, VERDICT = message("Document"), message("Verdict")
COLUMNS = (
    message("File"),
    message("Page"),
    DOCUMENT,
    VERDICT,
    message("Reasons"),
    message("Picture"),
)


def summary(records: Sequence[Record], pictures: Sequence[str], words: Catalogue) -> str:
    """Return the page; ``pictures`` names the annotated picture of each record, or is empty."""
    heading = message("What Mingjian {version} read", version=__version__).text(words)
    lines = [f"# {heading}", ""]
    lines += [*_counts(records, words), "", *_times(records, words), ""]
    lines += [*_list(records, pictures, words), ""]
    return "\n".join(lines)


def _counts(records: Sequence[Record], words: Catalogue) -> Iterator[str]:
    counts = Counter((_subject(record, words), record.verdict.decision) for record in records)
    yield _row([title.text(words) for title in (_what(records), VERDICT, message("Count"))])
    yield "|---|---|--:|"
    for (title, decision), count in sorted(counts.items()):
        yield _row((title, DECISIONS[decision].text(words), str(count)))


def _times(records: Sequence[Record], words: Catalogue) -> Iterator[str]:
    times = [ms["total"] for record in records if "total" in (ms := record.timings_ms)]
    if times:
        median, longest = statistics.median(times), max(times)
        yield message(
            "From the decoded picture to the verdict: median {median} ms, longest {longest} ms.",
            median=round(median),
            longest=round(longest),
        ).text(words)
    for mark in sorted({record.engine for record in records if record.engine.engine}, key=str):
        hashes = ", ".join(f"{name} {digest[:12]}" for name, digest in mark.models)
        yield f"{mark.engine}, {mark.device}: {hashes}"


def _list(records: Sequence[Record], pictures: Sequence[str], words: Catalogue) -> Iterator[str]:
    yield _row([(_what(records) if each is DOCUMENT else each).text(words) for each in COLUMNS])
    yield "|---|--:|---|---|---|---|"
    for record, picture in zip(records, pictures, strict=True):
        yield _row(
            (
                record.source,
                str(record.page),
                _subject(record, words),
                DECISIONS[record.verdict.decision].text(words),
                " ".join(reason.message.text(words) for reason in record.verdict.reasons),
                f"[{picture}](<{picture}>)" if picture else "–",
            )
        )


def _what(records: Sequence[Record]) -> Message:
    return message("Recipe") if any(record.recipe for record in records) else DOCUMENT


def _subject(record: Record, words: Catalogue) -> str:
    if record.recipe is not None:
        return f"{record.recipe.name} {record.recipe.version}"
    return document_title(record.reading.document).text(words)


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(plain(cell).replace("|", "\\|") for cell in cells) + " |"
