from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from app.errors import EngineError, ReadingError
from app.inspector import Inspector
from app.reader import Reader
from app.vocabulary import Decision, EngineMark, Field, Frame, Proof, Reading

MARK = EngineMark("given", "cpu", (("pack", "0" * 64),))
FRAME = Frame(np.zeros((4, 4, 3), np.uint8), 1, 0.0, "a.png")


class GivenReader(Reader):
    """Returns what it was given."""

    def __init__(self, *readings: Reading, error: Exception | None = None) -> None:
        self.mark = MARK
        self.timings_ms = {"detect": 2.0}
        self.readings = readings
        self.error = error
        self.is_closed = False

    def read(self, frame: Frame, kind: str | None = None) -> tuple[Reading, ...]:
        if self.error is not None:
            raise self.error
        return self.readings

    def close(self) -> None:
        self.is_closed = True


def test_every_document_of_a_frame_gets_its_own_verdict() -> None:
    inspections = Inspector(GivenReader(Reading(), Reading())).inspect(FRAME)
    assert [each.verdict.decision for each in inspections] == [Decision.REVIEW] * 2
    assert all(each.frame is FRAME and each.engine == MARK for each in inspections)


def test_the_stages_of_the_reader_and_the_judgement_are_timed() -> None:
    (inspection,) = Inspector(GivenReader(Reading())).inspect(FRAME)
    assert set(inspection.timings_ms) == {"detect", "judge", "total"}


def test_a_document_is_judged_by_the_day_of_the_inspection() -> None:
    until = Field("valid_until", "2020-01-31", Proof.READ, 1.0)
    reader = GivenReader(Reading("id_card_back", (until,)))
    for today, is_expired in ((date(2020, 1, 31), False), (date(2020, 2, 1), True)):
        (inspection,) = Inspector(reader, lambda today=today: today).inspect(FRAME)  # type: ignore[misc]
        codes = {reason.code for reason in inspection.verdict.reasons}
        assert ("expired" in codes) is is_expired


@pytest.mark.parametrize("error", [ReadingError, EngineError])
def test_a_frame_that_fails_is_review_with_the_sentence_as_its_reason(
    error: type[ReadingError | EngineError],
) -> None:
    failure = error("The model {name} failed.", "Try again.", "failed", name="x")
    inspector = Inspector(GivenReader(error=failure))
    (inspection,) = inspector.inspect(FRAME)
    assert inspection.verdict.decision is Decision.REVIEW
    assert str(inspection.verdict.reasons[0].message) == "The model x failed."
    assert inspection.reading == Reading()
    assert inspector.failure is failure


def test_the_next_good_frame_forgets_the_failure() -> None:
    reader = GivenReader(Reading(), error=ReadingError("a", "b", "c"))
    inspector = Inspector(reader)
    inspector.inspect(FRAME)
    reader.error = None
    inspector.inspect(FRAME)
    assert inspector.failure is None


def test_a_bug_is_not_turned_into_a_review() -> None:
    with pytest.raises(ZeroDivisionError):
        Inspector(GivenReader(error=ZeroDivisionError())).inspect(FRAME)


def test_leaving_the_inspector_releases_the_engine() -> None:
    reader = GivenReader(Reading())
    with Inspector(reader):
        assert not reader.is_closed
    assert reader.is_closed
