"""Records that are busy, stuck or slow: the line says so, holds, and loses nothing."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from station.parts import PATIENCE_S

from app.line import LineChanged, LineState, Recorded, line, recording
from app.records import Records, open_records
from app.station import Problem
from app.vocabulary import Decision, Frame, Reading
from line.line_parts import GOOD, SCRATCHED, Heard, LevelReader, make_line, parts, running, work_off


@pytest.fixture
def impatient(folder: Path) -> Iterator[Records]:
    with open_records(folder, patience_s=0.05) as opened:
        yield opened


@contextmanager
def held(folder: Path) -> Iterator[None]:
    """Let another program keep the database to itself."""
    with closing(sqlite3.connect(folder / "records.db")) as other:
        other.execute("BEGIN IMMEDIATE")
        yield


def test_stuck_records_lock_the_line_and_everything_judged_comes_in_later(
    impatient: Records, folder: Path
) -> None:
    heard, source = Heard(), parts(GOOD)
    source.is_live = True
    made, station = make_line(impatient, source, heard)
    with running(made, station):
        heard.until_recorded(0)
        heard.until(lambda: made.state is LineState.RUNNING)
        with held(folder):
            source.given += parts(SCRATCHED, GOOD).given
            heard.until_state(LineState.LOCKED)
            assert [lock.code for lock in made.locks] == ["records-stuck"]
            assert "Another program" in str(made.locks[0].message)
            judged = len(heard.judged())
            source.given += parts(GOOD, GOOD).given
            heard.until(lambda: not source.given)
            assert len(heard.judged()) == judged
        heard.until_state(LineState.RUNNING)
        source.given += parts(SCRATCHED).given
        heard.until(lambda: len(heard.recorded()) > judged)
    ids = [news.record_id for news in heard.judged()]
    assert set(ids) <= set(heard.recorded())
    assert heard.recorded() == [each.id for each in impatient.each()]
    assert made.tally().parts == impatient.count()


def test_what_cannot_be_recorded_at_the_end_is_told_with_its_number(
    impatient: Records, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recording, "LAST_PATIENCE_S", 0.2)
    heard, source = Heard(), parts()
    source.is_live = True
    made, station = make_line(impatient, source, heard)
    with held(folder), running(made, station):
        source.given += parts(SCRATCHED).given
        heard.until_state(LineState.LOCKED)
    (told,) = heard.of(Problem)
    assert isinstance(told, Problem)
    assert str(told.what).startswith("1 judged")


def test_a_line_whose_records_are_stuck_at_the_start_judges_nothing_until_they_open(
    records: Records, folder: Path
) -> None:
    work_off(records, GOOD)
    heard = Heard()
    with closing(sqlite3.connect(folder / "records.db")) as other:
        other.execute("ALTER TABLE contents RENAME TO elsewhere")
        other.commit()
        made, station = make_line(records, parts(GOOD), heard)
        with running(made, station):
            heard.until_state(LineState.LOCKED)
            assert heard.judged() == []
            other.execute("ALTER TABLE elsewhere RENAME TO contents")
            other.commit()
            heard.until_judged(1)
    assert made.tally().parts == 2


def test_parts_faster_than_the_disk_are_held_back_and_none_is_lost(
    records: Records, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recording, "MOST_PARTS", 8)
    heard = work_off(records, *[GOOD, SCRATCHED] * 40)
    assert len(heard.judged()) == len(heard.recorded()) == records.count() == 80
    assert LineState.LOCKED not in heard.states()


def test_a_line_that_is_held_back_for_long_says_so(
    records: Records, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recording, "MOST_PARTS", 2)
    monkeypatch.setattr(line, "HELD_S", -1.0)
    heard = work_off(records, *[GOOD] * 12)
    codes = {lock.code for news in heard.of(LineChanged) for lock in news.locks}  # type: ignore[attr-defined]
    assert codes == {"records-behind"}
    assert heard.states()[-1] is LineState.STOPPED
    assert len(heard.recorded()) == records.count() == 12


def test_the_part_in_hand_at_a_stop_is_judged_and_recorded(records: Records) -> None:
    in_hand, may_go_on = threading.Event(), threading.Event()

    class Slow(LevelReader):
        def read(self, frame: Frame, kind: str | None = None) -> tuple[Reading, ...]:
            in_hand.set()
            may_go_on.wait(PATIENCE_S)
            return super().read(frame, kind)

    heard = Heard()
    made, station = make_line(records, parts(SCRATCHED), heard, readers=[Slow()])
    with running(made, station):
        assert in_hand.wait(PATIENCE_S)
        made.stop()
        threading.Timer(0.3, may_go_on.set).start()
    assert len(heard.recorded()) == len(heard.judged()) == records.count() == 1


def test_parts_in_quick_succession_are_written_together(records: Records) -> None:
    heard = work_off(records, *[GOOD] * 30)
    assert len(heard.of(Recorded)) < 10
    assert heard.recorded() == [news.record_id for news in heard.judged()]


def test_a_word_on_a_part_still_waiting_is_kept_after_it(records: Records) -> None:
    heard = Heard()
    made, station = make_line(records, parts(SCRATCHED), heard)
    with running(made, station):
        heard.until_judged(1)
        made.overrule(heard.judged()[0].record_id, Decision.OK, "only dust")
    kept = records.get(heard.judged()[0].record_id)
    assert kept.decision is Decision.OK
    assert made.tally().overruled == 1
