"""Why a line is locked, as sentences for the person at it."""

from __future__ import annotations

from app.errors import RecordError
from app.language import message
from app.line._news import Lock
from app.vocabulary import GoldenRun

RECORDS_STUCK = "records-stuck"
RECORDS_BEHIND = "records-behind"
GOLDEN_DUE = "golden-due"
GOLDEN_FAILED = "golden-failed"

BEHIND = Lock(
    RECORDS_BEHIND,
    message("Parts come faster than the disk takes their records."),
    message("The line goes on by itself once they are recorded; nothing is lost."),
)
DUE = Lock(
    GOLDEN_DUE,
    message("The golden parts are due."),
    message("Run them; the line opens once each is judged as it must be."),
)
ENDED = Lock(
    RECORDS_STUCK,
    message("The recording has ended by a fault of the program."),
    message("Start the line again; the crash report names the fault."),
)


def stuck(error: RecordError) -> Lock:
    """Say that judged parts wait in memory, and what opens the way to the records."""
    return Lock(
        RECORDS_STUCK,
        message("Judged parts cannot be recorded. {reason}", reason=error.what),
        error.hint,
    )


def failed(run: GoldenRun) -> Lock:
    """Say how many golden parts were not judged as they must be."""
    wrong = sum(not part.passed for part in run.results)
    return Lock(
        GOLDEN_FAILED,
        message(
            "{wrong} of {parts} golden parts were not judged as they must be.",
            wrong=wrong,
            parts=len(run.results),
        ),
        message("Check the camera, the lamp and the recipe, and run them again."),
    )
