"""A line at work: what is judged is told, counted and recorded; locked, it judges nothing."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from station.parts import PATIENCE_S, GivenSource, engine_failed, frame, lost

from app.errors import EngineError
from app.language import message
from app.line import LineChanged, LineState, Lock, TallyChanged
from app.line.hosting import hosted
from app.recipes import Bound, bound_to
from app.records import Records, open_records
from app.station import FrameSeen, Problem, Solved, Trigger
from app.vocabulary import Decision, Frame, Reading
from line.line_parts import (
    BENT,
    DOUBTFUL,
    GOOD,
    SCRATCHED,
    Heard,
    LevelReader,
    Lying,
    make_line,
    parts,
    running,
    version,
    work_off,
)

OK, NG, REVIEW = Decision.OK, Decision.NG, Decision.REVIEW
AJAR = Lock("door-open", message("The door is open."), message("Close it."))


def test_every_part_is_told_counted_and_recorded_under_one_id(records: Records) -> None:
    heard = work_off(records, GOOD, SCRATCHED, DOUBTFUL, BENT)
    assert heard.decisions() == [OK, NG, REVIEW, NG]
    tally = heard.judged()[-1].tally
    assert (tally.parts, tally.ok, tally.ng, tally.review) == (4, 1, 2, 1)
    assert tally.pareto == (("scratch", 2), ("bend", 1))
    assert tally.passed == 0.25
    assert heard.recorded() == [news.record_id for news in heard.judged()]
    assert [each.id for each in records.each()] == heard.recorded()
    assert [each.decision for each in records.each()] == heard.decisions()
    assert all(each.recipe == version().mark for each in records.each())


def test_pictures_of_ok_parts_are_kept_small_and_all_others_whole(
    records: Records, folder: Path
) -> None:
    heard = work_off(records, GOOD, SCRATCHED, DOUBTFUL)
    ids = heard.recorded()
    kinds = {path.suffix for path in folder.glob("pictures/2*/*/*/*")}
    assert kinds == {".jpg", ".png"}
    for place, news in enumerate(heard.judged()[1:], 1):
        assert (records.picture(ids[place]) == news.inspection.frame.bgr).all()


def test_live_frames_and_problems_are_passed_on_as_they_are(records: Records) -> None:
    heard, given = Heard(), [GivenSource([frame(GOOD), lost()], is_live=True)]
    given += [GivenSource([frame(GOOD)], is_live=True)]
    line, station = make_line(records, lambda: given.pop(0), heard)
    with running(line, station):
        heard.until(lambda: bool(heard.of(Solved)))
    assert len(heard.of(FrameSeen)) == 2
    assert [type(news) for news in heard.news if isinstance(news, Problem | Solved)] == [
        Problem,
        Solved,
    ]


def test_a_lost_camera_faults_the_line_and_its_return_opens_it(records: Records) -> None:
    heard, given = Heard(), [GivenSource([], is_live=True) for _ in range(2)]
    first, second = given
    line, station = make_line(records, lambda: given.pop(0), heard)
    with running(line, station):
        heard.until(lambda: bool(heard.of(TallyChanged)))
        first.given.append(frame(GOOD))
        heard.until_judged(1)
        first.given.append(lost())
        heard.until_state(LineState.FAULTED)
        second.given.append(frame(SCRATCHED))
        heard.until_judged(2)
        assert line.state is LineState.RUNNING
    assert heard.decisions() == [OK, NG]


def test_a_failed_model_is_review_and_a_working_one_is_told_with_its_verdict(
    records: Records,
) -> None:
    heard = Heard()
    readers = [LevelReader(engine_failed()), LevelReader()]
    line, station = make_line(records, parts(GOOD, SCRATCHED), heard, readers=readers)
    with running(line, station):
        heard.until_judged(2)
    assert heard.decisions() == [REVIEW, NG]
    states = heard.states()
    assert states.index(LineState.FAULTED) < len(states) - 1
    assert [news.code for news in heard.of(Solved) if isinstance(news, Solved)] == ["engine-failed"]


def test_a_locked_line_judges_nothing_and_goes_on_where_it_was(records: Records) -> None:
    heard, source = Heard(), parts(GOOD, SCRATCHED)
    line, station = make_line(records, source, heard)
    line.lock(AJAR)
    with running(line, station):
        heard.until_state(LineState.LOCKED)
        line.trigger()
        line.resume()
        assert len(source.given) == 2
        assert line.locks == (AJAR,)
        line.unlock(AJAR.code)
        heard.until_judged(2)
    assert heard.decisions() == [OK, NG]
    assert LineChanged(LineState.LOCKED, (AJAR,)) in heard.news


def test_a_verdict_that_comes_while_the_line_is_locked_is_recorded_but_not_told(
    records: Records,
) -> None:
    class Late(LevelReader):
        def read(self, frame: Frame, kind: str | None = None) -> tuple[Reading, ...]:
            line.lock(AJAR)
            return super().read(frame, kind)

    heard = Heard()
    line, station = make_line(records, parts(GOOD), heard, readers=[Late()])
    with running(line, station):
        heard.until_recorded(1)
    assert heard.judged() == []
    assert records.count() == 1
    assert line.tally().parts == 1


def test_a_pause_ends_where_a_hand_ends_it_also_behind_a_lock(records: Records) -> None:
    heard = Heard()
    line, station = make_line(records, parts(GOOD, GOOD), heard)
    line.pause()
    line.lock(AJAR)
    with running(line, station):
        heard.until_state(LineState.LOCKED)
        line.unlock(AJAR.code)
        heard.until_state(LineState.PAUSED)
        assert heard.judged() == []
        line.trigger()
        heard.until_judged(1)
        assert line.state is LineState.PAUSED
        line.resume()
        heard.until_judged(2)


def test_a_word_against_a_verdict_moves_the_counts_and_may_be_taken_back(records: Records) -> None:
    heard = Heard()
    line, station = make_line(records, parts(SCRATCHED, GOOD), heard)
    with running(line, station):
        heard.until_judged(2)
        part = heard.judged()[0].record_id
        line.overrule(part, OK, "only dust")
        heard.until(lambda: line.tally().overruled == 1)
        tally = line.tally()
        assert (tally.ok, tally.ng, tally.pareto) == (2, 0, ())
        assert tally.groups[-1].ng == 0
        line.take_back(part)
        heard.until(lambda: line.tally().overruled == 0)
        tally = line.tally()
        assert (tally.ok, tally.ng, tally.pareto) == (1, 1, (("scratch", 1),))
    assert records.get(part).verdict.decision is NG
    assert isinstance(heard.of(TallyChanged)[-1], TallyChanged)


def test_a_word_on_a_part_that_is_not_there_is_told_and_holds_nothing_up(records: Records) -> None:
    heard = Heard()
    line, station = make_line(records, parts(GOOD), heard)
    with running(line, station):
        line.overrule("0" * 32, OK, "no such part")
        heard.until(lambda: bool(heard.of(Problem)))
        heard.until_recorded(1)
        line.overrule(heard.recorded()[0], NG, "bent")
        heard.until(lambda: bool(heard.of(Solved)))
    assert line.tally().ng == 1


def test_the_shift_is_counted_again_after_a_start_with_what_was_overruled(folder: Path) -> None:
    with open_records(folder) as records:
        first = work_off(records, GOOD, SCRATCHED, BENT)
        records.overrule(first.recorded()[1], OK, "only dust")
    with open_records(folder) as records:
        second = work_off(records, GOOD)
    tally = second.judged()[-1].tally
    assert (tally.parts, tally.ok, tally.ng, tally.overruled) == (4, 3, 1, 1)
    assert tally.pareto == (("bend", 1), ("scratch", 1))


def test_parts_of_an_earlier_shift_are_not_counted(records: Records) -> None:
    work_off(records, GOOD)
    assert work_off(records, GOOD, since=datetime.now(UTC)).judged()[-1].tally.parts == 1
    an_hour_ago = datetime.now(UTC) - timedelta(hours=1)
    assert work_off(records, GOOD, since=an_hour_ago).judged()[-1].tally.parts == 3


def test_a_new_shift_counts_from_nothing(records: Records) -> None:
    heard = Heard()
    line, station = make_line(records, parts(GOOD, GOOD), heard)
    with running(line, station):
        heard.until_judged(2)
        line.new_shift()
    assert line.tally().parts == 0
    assert records.count() == 2


def test_the_bound_is_claimed_only_for_the_models_that_run(records: Records) -> None:
    of = version()
    bound = Bound(
        escapes=0.005,
        confidence=0.95,
        ng_parts=598,
        escaped=0,
        ok_parts=100,
        false_alarms=0,
        reviewed=3,
        models=("1" * 64,),
        at=datetime.now(UTC),
    )
    heard = Heard()
    proven = type(of)(of.mark, bound_to(of.recipe, bound))
    line, station = make_line(records, parts(GOOD), heard, of=proven)
    claimed = [line.bound]
    with running(line, station):
        heard.until_judged(1)
    claimed.append(line.bound)
    assert claimed == [None, proven.recipe.bound]
    other = bound.model_copy(update={"models": ("2" * 64,)})
    heard = Heard()
    unproven = type(of)(of.mark, bound_to(of.recipe, other))
    line, station = make_line(records, parts(GOOD), heard, of=unproven)
    with running(line, station):
        heard.until_judged(1)
    assert line.bound is None


def test_a_part_that_lies_there_is_judged_again_after_a_lock(records: Records) -> None:
    board = np.random.default_rng(1).integers(0, 2, (12, 16, 1), np.uint8).repeat(8, 0).repeat(8, 1)
    lying = (board * 200).repeat(3, 2)
    heard = Heard()
    line, station = make_line(records, Lying(lying), heard, trigger=Trigger.PART)
    with running(line, station):
        heard.until_judged(1)
        line.lock(AJAR)
        line.unlock(AJAR.code)
        heard.until_judged(2)
    assert len(heard.judged()) == 2


def test_a_loop_that_falls_ends_the_line_and_is_told_to_who_hosts_it(records: Records) -> None:
    class Broken(LevelReader):
        def read(self, frame: Frame, kind: str | None = None) -> tuple[Reading, ...]:
            raise ZeroDivisionError

    line, station = make_line(records, parts(GOOD), Heard(), readers=[Broken()])
    with pytest.raises(ZeroDivisionError), hosted(line, station) as ended:
        assert ended.wait(PATIENCE_S)
    assert line.state is LineState.STOPPED


def test_a_model_that_cannot_be_opened_is_over_as_soon_as_it_can(records: Records) -> None:
    heard, missing = Heard(), EngineError("No model.", "Put it back.", "model-missing")
    source = GivenSource([], is_live=True)
    line, station = make_line(records, source, heard, readers=[missing, LevelReader()])
    with running(line, station):
        heard.until(lambda: bool(heard.of(Solved)))
        heard.until(lambda: line.state is not LineState.FAULTED)
    assert LineState.FAULTED in heard.states()
    assert heard.judged() == []
