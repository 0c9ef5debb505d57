"""What a calibration found, as lines for people: parts by score, the curve, and the proof."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, Context, Decimal

from app.commands._recipe_parts import Measured, Part
from app.commands._text import columns, padded, plain
from app.judgement.calibration import Calibration
from app.language import Catalogue, Message, message
from app.recipes import RecipeVersion

BINS = 20
BAR = 30
"""Columns of the longest bar."""
LISTED = 5
_THREE_DIGITS = Context(prec=3, rounding=ROUND_CEILING)


@dataclass(frozen=True, slots=True)
class Outcome:
    """A calibration and what it was made from."""

    version: RecipeVersion
    found: Calibration
    ok: Measured
    ng: Measured


def lines(outcome: Outcome, saved: RecipeVersion | None, words: Catalogue) -> Iterator[str]:
    """Yield what was measured, the picture of it, the curve, and what is proven."""
    yield from (plain(each.text(words)) for each in _measured(outcome))
    yield ""
    yield from _bars(outcome, words)
    yield ""
    yield from _curve(outcome.found, words)
    yield ""
    yield from _suspects(outcome, words)
    yield from (each.text(words) for each in proof(outcome.found))
    yield from (each.text(words) for each in _saving(outcome, saved))


def proof(found: Calibration) -> Iterator[Message]:
    """Yield what the parts prove, and what they lack."""
    yield message(
        "Doubtful from {review}, certain from {score}.", review=found.review, score=found.score
    )
    yield message(
        "NG parts called OK: {escaped} of {parts}. At most {bound} of all, with {confidence} "
        "confidence.",
        escaped=found.escaped,
        parts=found.ng_parts,
        bound=percent(found.bound),
        confidence=percent(found.asked.confidence),
    )
    yield message(
        "OK parts called NG: {alarms} of {parts}. For review: {reviewed} of all {all}.",
        alarms=found.false_alarms,
        parts=found.ok_parts,
        reviewed=found.reviewed,
        all=found.ok_parts + found.ng_parts,
    )
    if found.unseen:
        yield message(
            "On {unseen} NG parts the detector sees nothing at all: only other light, another "
            "lens or more training helps there.",
            unseen=found.unseen,
        )
    if not found.is_met:
        yield message(
            "This does not prove {escapes}: {needed} NG parts are needed for it, {more} more.",
            escapes=percent(found.asked.escapes),
            needed=found.needed,
            more=max(0, found.needed - found.ng_parts),
        )


def percent(share: float) -> str:
    """Return a share in three digits, rounded up: no bound looks smaller than it is."""
    told = _THREE_DIGITS.create_decimal(Decimal(str(share)) * 100)
    return f"{told.normalize():f} %"


def _measured(outcome: Outcome) -> Iterator[Message]:
    left_out = (*outcome.ok.left_out, *outcome.ng.left_out)
    yield message(
        "{name} v{version}: {ok} OK parts and {ng} NG parts were measured, {left} were left out.",
        name=outcome.version.name,
        version=outcome.version.version,
        ok=len(outcome.ok.parts),
        ng=len(outcome.ng.parts),
        left=len(left_out),
    )
    for file, why in left_out[:LISTED]:
        yield message("  {file}: {reason}", file=file, reason=why)
    if len(left_out) > LISTED:
        yield message("  … and {more} more", more=len(left_out) - LISTED)


def _bars(outcome: Outcome, words: Catalogue) -> Iterator[str]:
    ok, ng = (_counts(each.parts) for each in (outcome.ok, outcome.ng))
    most = max(*ok, *ng, 1)
    marks = {
        outcome.found.score: message("certain from {score}", score=outcome.found.score),
        outcome.found.review: message("doubtful from {score}", score=outcome.found.review),
    }
    head = padded(message("OK parts").text(words), BAR + 8) + message("NG parts").text(words)
    yield f"{padded(message('Score').text(words), 9)}{head}"
    for number in range(BINS):
        low, high = number / BINS, (number + 1) / BINS
        cells = (f"{_bar(each[number], most)} {each[number] or ''}" for each in (ok, ng))
        yield f"{low:.2f}     " + "".join(padded(cell, BAR + 8) for cell in cells).rstrip()
        for at in sorted(at for at in marks if low <= at < high or at == high == 1.0):
            yield f"     ──── {marks[at].text(words)} " + "─" * BAR


def _counts(parts: Sequence[Part]) -> list[int]:
    counts = [0] * BINS
    for part in parts:
        counts[min(BINS - 1, int(part.strength * BINS))] += 1
    return counts


def _bar(count: int, most: int) -> str:
    """Return a bar; one part among thousands still shows."""
    return "█" * max(bool(count), round(count / most * BAR))


def _curve(found: Calibration, words: Catalogue) -> Iterator[str]:
    titles = (
        message("Threshold"),
        message("Escapes"),
        message("Bound"),
        message("OK parts stopped"),
        message("Reviewed"),
        message("False alarms"),
    )
    heads = [title.text(words) for title in titles]
    yield "  ".join(heads)
    for point in found.curve:
        cells = (
            f"{point.threshold:g}",
            str(point.escaped),
            percent(point.bound),
            str(point.stopped),
            percent(point.reviewed),
            str(point.alarmed),
        )
        shown = (
            " " * (columns(head) - len(cell)) + cell
            for head, cell in zip(heads, cells, strict=True)
        )
        yield "  ".join(shown)


def _suspects(outcome: Outcome, words: Catalogue) -> Iterator[str]:
    """Name the parts on which everything hangs: whoever labels by hand errs there first."""
    weakest = sorted(outcome.ng.parts, key=lambda part: part.strength)[:LISTED]
    strongest = sorted(outcome.ok.parts, key=lambda part: -part.strength)[:LISTED]
    for title, parts in (
        (message("The weakest NG parts; are they labelled rightly?"), weakest),
        (message("The strongest OK parts; are they labelled rightly?"), strongest),
    ):
        yield title.text(words)
        yield from (f"  {part.strength:.4f}  {plain(part.file)}" for part in parts)
        yield ""


def _saving(outcome: Outcome, saved: RecipeVersion | None) -> Iterator[Message]:
    if saved is not None:
        yield message("Saved as {name} v{version}.", name=saved.name, version=saved.version)
    elif outcome.found.is_met:
        yield message("Nothing is saved yet; “--write” saves it as a new version.")
    else:
        yield message("Nothing is saved: a recipe carries only what is proven.")
