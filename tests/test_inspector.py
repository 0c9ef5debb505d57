from __future__ import annotations

from functools import partial

import numpy as np
import pytest

from app.errors import EngineError, KindError, ReadingError
from app.inspector import Inspector, was_read
from app.language import message
from app.reader import Reader
from app.vocabulary import (
    Decision,
    EngineMark,
    Frame,
    Reading,
    Reason,
    RecipeMark,
    Verdict,
)

MARK = EngineMark("given", "cpu", (("pack", "0" * 64),))
FRAME = Frame(np.zeros((4, 4, 3), np.uint8), 1, 0.0, "a.png")
RECIPE = RecipeMark("pcb", 3, "1" * 64)


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


def passed(reading: Reading) -> Verdict:
    return Verdict(Decision.OK, (Reason(reading.document, message("Seen.")),))


made = partial(Inspector, judge=passed)


def test_every_reading_of_a_frame_gets_its_own_verdict() -> None:
    inspections = made(GivenReader(Reading("one"), Reading("two"))).inspect(FRAME)
    assert [each.verdict.reasons[0].code for each in inspections] == ["one", "two"]
    assert all(each.frame is FRAME and each.engine == MARK for each in inspections)


def test_the_stages_of_the_reader_and_the_judgement_are_timed() -> None:
    (inspection,) = made(GivenReader(Reading())).inspect(FRAME)
    assert set(inspection.timings_ms) == {"detect", "judge", "total"}
    assert was_read(inspection)


def test_a_part_names_the_recipe_that_it_was_judged_by_even_where_it_could_not_be() -> None:
    reader = GivenReader(Reading())
    inspector = made(reader, recipe=RECIPE)
    (judged,) = inspector.inspect(FRAME)
    reader.error = ReadingError("a", "b", "c")
    (failed,) = inspector.inspect(FRAME)
    assert judged.recipe == failed.recipe == RECIPE
    (document,) = made(GivenReader(Reading())).inspect(FRAME)
    assert document.recipe is None


def test_a_reading_that_cannot_be_judged_is_review() -> None:
    def refuses(_reading: Reading) -> Verdict:
        raise KindError("There is no kind {kind}.", "Choose another.", "kind", kind="x")

    (inspection,) = Inspector(GivenReader(Reading()), refuses).inspect(FRAME)
    assert inspection.verdict.decision is Decision.REVIEW
    assert not was_read(inspection)


@pytest.mark.parametrize("error", [ReadingError, EngineError])
def test_a_frame_that_fails_is_review_with_the_sentence_as_its_reason(
    error: type[ReadingError | EngineError],
) -> None:
    failure = error("The model {name} failed.", "Try again.", "failed", name="x")
    inspector = made(GivenReader(error=failure))
    (inspection,) = inspector.inspect(FRAME)
    assert inspection.verdict.decision is Decision.REVIEW
    assert str(inspection.verdict.reasons[0].message) == "The model x failed."
    assert inspection.reading == Reading()
    assert inspector.failure is failure


def test_the_next_good_frame_forgets_the_failure() -> None:
    reader = GivenReader(Reading(), error=ReadingError("a", "b", "c"))
    inspector = made(reader)
    inspector.inspect(FRAME)
    reader.error = None
    inspector.inspect(FRAME)
    assert inspector.failure is None


def test_a_bug_is_not_turned_into_a_review() -> None:
    with pytest.raises(ZeroDivisionError):
        made(GivenReader(error=ZeroDivisionError())).inspect(FRAME)


def test_leaving_the_inspector_releases_the_engine() -> None:
    reader = GivenReader(Reading())
    with made(reader):
        assert not reader.is_closed
    assert reader.is_closed
