"""The golden gate: what is due or failed locks the line, what is passed opens it and a shift."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from station.parts import GivenSource

from app.line import LineState, TallyChanged
from app.records import Records
from app.vocabulary import EngineMark
from line.line_parts import (
    ENGINE,
    GOOD,
    SCRATCHED,
    Heard,
    golden_run,
    make_line,
    parts,
    running,
    version,
)


def test_due_golden_parts_lock_the_line_until_a_run_is_passed(records: Records) -> None:
    heard, of = Heard(), version(golden="boards")
    line, station = make_line(records, parts(GOOD), heard, of=of)
    with running(line, station):
        heard.until_state(LineState.LOCKED)
        assert line.golden_due()
        line.golden_ran(golden_run(of, passed=False))
        assert [lock.code for lock in line.locks] == ["golden-failed"]
        line.golden_ran(golden_run(version(golden="boards", number=2)))
        assert line.golden_due()
        line.golden_ran(golden_run(of))
        heard.until_judged(1)
    assert not line.golden_due()


def test_a_passed_run_starts_a_shift_that_holds_all_that_was_judged_since(records: Records) -> None:
    heard, of = Heard(), version(golden="boards")
    records.keep_golden(golden_run(of, at=datetime.now(UTC) - timedelta(hours=1)))
    source = GivenSource([], is_live=True)
    line, station = make_line(records, source, heard, of=of)
    with running(line, station):
        heard.until(lambda: bool(heard.of(TallyChanged)))
        source.given += parts(GOOD).given
        heard.until_judged(1)
        between = datetime.now(UTC)
        source.given += parts(SCRATCHED).given
        heard.until_judged(2)
        line.golden_ran(golden_run(of, at=between))
        heard.until(lambda: line.tally().since == between)
    tally = line.tally()
    assert (tally.parts, tally.ng) == (1, 1)


def test_a_run_by_another_program_opens_a_waiting_line(records: Records) -> None:
    heard, of = Heard(), version(golden="boards")
    line, station = make_line(records, parts(GOOD), heard, of=of)
    with running(line, station):
        heard.until_state(LineState.LOCKED)
        records.keep_golden(golden_run(of))
        heard.until_judged(1)


@pytest.mark.parametrize(
    ("hours", "engine", "codes"),
    [
        (1.0, ENGINE, []),
        (13.0, ENGINE, ["golden-due"]),
        (1.0, EngineMark("levels", "cpu", (("levels", "2" * 64),)), ["golden-due"]),
    ],
    ids=["in time", "too long ago", "by another model"],
)
def test_a_passed_run_holds_for_its_hours_and_its_model(
    records: Records, hours: float, engine: EngineMark, codes: list[str]
) -> None:
    of = version(golden="boards", every_hours=12)
    at = datetime.now(UTC) - timedelta(hours=hours)
    records.keep_golden(golden_run(of, at=at, engine=engine))
    heard = Heard()
    line, station = make_line(records, parts(GOOD), heard, of=of)
    with running(line, station):
        heard.until(lambda: line.state is not LineState.STARTING)
        if codes != ["golden-due"] or engine != ENGINE:
            heard.until_judged(1)
        heard.until(lambda: [lock.code for lock in line.locks] == codes)
