"""What the counter says: in the picture's place, in the verdict's place, about a batch."""

from __future__ import annotations

from collections.abc import Sequence

from app.desktop.counter.batch import Batch
from app.desktop.counter.desk import Desk
from app.desktop.counter.intake import Intake
from app.desktop.counter.verdict_bar import ICONS, TONES, decision_words
from app.desktop.translation import told, tr
from app.station import StationState

Sentence = tuple[str, str, str]


def picture_words(desk: Desk, intake: Intake) -> Sentence:
    """Return icon, words and hint for where there is no picture."""
    if desk.slip is not None:
        reasons = [told(reason.message) for reason in desk.slip.round.verdict.reasons]
        return "review", next(iter(reasons), ""), ""
    if intake.is_reading:
        return "glance", tr("Reading …"), ""
    if intake.state is StationState.STARTING:
        return "glance", tr("Getting ready …"), tr("The models are being loaded.")
    if intake.state is StationState.FAULTED:
        return "review", tr("Out of order"), tr("See the notice above.")
    if not intake.address:
        return "scanner", tr("Choose where pages come from"), tr("F4 lists what is connected.")
    hint = tr("Lay a document down and press F5. Files can be dropped here.")
    return "waiting", tr("Next page, please"), hint


def steps(desk: Desk) -> tuple[tuple[str, str], ...]:
    """Return what to do where there is no form, each step with its key."""
    again = ("F5", tr("Take another picture"))
    if desk.slip is None:
        return (
            ("F5", tr("Lay a document down and have it read")),
            ("1–9", tr("Put doubtful characters right, or type over them")),
            ("Enter", tr("Confirm; after the last field it is kept")),
        )
    if not desk.slip.has_picture:
        return again, ("F8", tr("Put it away"))
    return ("F2", tr("Turn it, if it lies askew")), ("F3", tr("Name its kind")), again


def verdict_words(desk: Desk, intake: Intake) -> tuple[str, str, str, str]:
    """Return icon, tone, word and sentence for the bar below the form."""
    round_ = desk.round
    if intake.is_reading:
        return "glance", "plain", tr("Reading …"), ""
    if round_ is None:
        if desk.last is None:
            return "info", "plain", tr("Ready"), tr("Enter or F5 reads the next page.")
        kind = desk.last.round.kind
        sentence = tr("{document} is kept. Ctrl+Z brings it back.")
        return (
            "ok",
            "proven",
            tr("Kept"),
            sentence.format(document=told(kind.title) if kind else ""),
        )
    decision = round_.verdict.decision
    reasons = sentences([told(reason.message) for reason in round_.verdict.reasons])
    return ICONS[decision], TONES[decision], decision_words(decision), reasons or tr("All agrees.")


def sentences(each: Sequence[str]) -> str:
    """Put sentences one behind the other; a Chinese full stop brings its own space."""
    return "".join(one if one.endswith("。") else f"{one} " for one in each).strip()


class BatchWords:
    """What is said about a batch."""

    def __init__(self, batch: Batch) -> None:
        self._batch = batch

    def progress(self) -> str:
        """Say how far it is."""
        batch = self._batch
        words = tr("Reading files: {pages} pages, {ok} OK, {review} for review")
        return words.format(pages=batch.pages, ok=batch.ok_count, review=len(batch.to_review))

    def account(self) -> str:
        """Say how it ended."""
        batch = self._batch
        if batch.is_cancelled:
            words = tr("Cancelled after {pages} pages: {ok} OK, {review} for review; all are kept.")
        else:
            words = tr("{pages} pages read: {ok} OK, {review} for review; all are kept.")
        return words.format(pages=batch.pages, ok=batch.ok_count, review=len(batch.to_review))
