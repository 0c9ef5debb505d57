from __future__ import annotations

import itertools
import threading
from collections.abc import Callable

import pytest

from app.capture import Source
from app.errors import AppError, KindError, ReadingError
from app.inspector import Inspector
from app.station import (
    FrameSeen,
    Inspected,
    News,
    Problem,
    Solved,
    Station,
    StationState,
    Trigger,
)
from app.vocabulary import Decision, EngineMark
from station.parts import (
    ColourReader,
    GivenSource,
    Told,
    bad,
    engine_failed,
    frame,
    inspector_of,
    judged,
    lost,
    refused,
    running,
)

AT_ONCE = (0.0,)


def station(
    source: Source | Callable[[], Source],
    reader: ColourReader | Callable[[], Inspector],
    told: Callable[[News], None],
    trigger: Trigger = Trigger.EVERY,
) -> Station:
    return Station(
        (lambda: source) if isinstance(source, Source) else source,
        inspector_of(reader) if isinstance(reader, ColourReader) else reader,
        told,
        trigger=trigger,
        back_off_s=AT_ONCE,
    )


def problem(error: AppError) -> Problem:
    return Problem(error.what, error.hint, error.code)


def test_a_folder_never_loses_a_page_and_keeps_their_order() -> None:
    told = Told()
    pages = [frame(n) for n in range(1, 31)]
    with running(station(GivenSource(pages), ColourReader(), told)):
        told.until_texts(*(str(n) for n in range(1, 31)))
    assert len(told.of(FrameSeen)) == 30


def test_a_live_camera_overwrites_counts_what_is_lost_and_ends_with_the_newest() -> None:
    told, gate = Told(), threading.Semaphore(0)
    source = GivenSource([frame(n) for n in range(1, 101)], is_live=True)
    with running(station(source, ColourReader(gate), told)):
        told.until(lambda: len(told.of(FrameSeen)) == 100)
        gate.release(101)
        told.until(lambda: told.texts()[-1:] == ["100"])
        read = len(told.texts())
        source.given.append(frame(101))
        told.until(lambda: told.texts()[-1:] == ["101"])
    last = told.of(FrameSeen)[-1]
    assert isinstance(last, FrameSeen)
    assert read <= 2
    assert last.lost == 100 - read


def test_each_device_is_opened_used_and_closed_in_one_thread() -> None:
    told, source, reader = Told(), GivenSource([frame(1)]), ColourReader()
    with running(station(source, reader, told)):
        told.until_texts("1")
    assert set(source.threads) == {"capturing"}
    assert set(reader.threads) == {"inspecting"}


def test_a_page_that_cannot_be_read_becomes_review_in_its_place_and_the_rest_goes_on() -> None:
    told = Told()
    with running(station(GivenSource([frame(1), bad("b.jpg"), frame(3)]), ColourReader(), told)):
        told.until(lambda: len(told.inspections()) == 3)
    first, refused_page, third = told.inspections()
    assert [first.reading.lines[0].text, third.reading.lines[0].text] == ["1", "3"]
    assert refused_page.verdict.decision is Decision.REVIEW
    assert str(refused_page.verdict.reasons[0].message) == "b.jpg is broken."
    assert refused_page.frame.source == "b.jpg"
    assert refused_page.engine == EngineMark("", "")
    assert told.of(Problem) == []


def test_a_lost_camera_is_told_once_retried_and_its_return_is_told() -> None:
    told = Told()
    given = [
        GivenSource([frame(1), lost()], is_live=True),
        GivenSource([lost()], is_live=True),
        GivenSource([lost()], is_live=True),
        GivenSource([frame(2)], is_live=True),
    ]
    with running(station(lambda: given.pop(0), ColourReader(), told)):
        told.until(lambda: bool(told.texts()) and told.texts()[-1] == "2")
    assert [*told.of(Problem), *told.of(Solved)] == [problem(lost()), Solved("camera-lost")]


def test_another_problem_takes_the_place_of_the_first() -> None:
    told = Told()
    given = [GivenSource([lost(code)], is_live=True) for code in ("cable", "power")]
    given.append(GivenSource([frame(1)], is_live=True))
    with running(station(lambda: given.pop(0), ColourReader(), told)):
        told.until_texts("1")
    news = [each for each in told.news if isinstance(each, Problem | Solved)]
    assert news == [
        problem(lost("cable")),
        Solved("cable"),
        problem(lost("power")),
        Solved("power"),
    ]


def test_an_address_that_cannot_be_opened_faults_the_station_and_waits_for_a_hand() -> None:
    told = Told()
    with running(station(GivenSource([refused()]), ColourReader(), told)):
        told.until_said(problem(refused()))
        told.until_said(StationState.FAULTED)


def test_an_engine_that_fails_gives_review_and_is_opened_anew() -> None:
    told, readers = Told(), [ColourReader(), ColourReader()]
    readers[0].errors.append(engine_failed())
    left = list(readers)
    source = GivenSource([frame(1), frame(2)])
    with running(station(source, lambda: Inspector(left.pop(0), judged), told)):
        told.until_texts("2")
    assert [each.verdict.reasons[0].code for each in told.inspections()] == [
        "engine-failed",
        "unrecognised",
    ]
    assert told.of(Problem) == [problem(engine_failed())]
    assert told.of(Solved) == [Solved("engine-failed")]
    assert readers[0].threads[-1] == "inspecting"


def test_pages_wait_while_the_engine_cannot_be_opened() -> None:
    told, reader, tries = Told(), ColourReader(), [1, 2, 3]

    def make() -> Inspector:
        if tries:
            tries.pop()
            raise engine_failed()
        return Inspector(reader, judged)

    with running(station(GivenSource([frame(1), frame(2)]), make, told)):
        told.until_texts("1", "2")
    assert told.of(Problem) == [problem(engine_failed())]


def test_a_frame_that_cannot_be_read_is_review_and_the_engine_stays() -> None:
    told, reader = Told(), ColourReader()
    reader.errors.append(ReadingError("Too blurred.", "Scan again.", "blurred"))
    with running(station(GivenSource([frame(1), frame(2)]), reader, told)):
        told.until_texts("2")
    assert [each.verdict.decision for each in told.inspections()] == [Decision.REVIEW] * 2
    assert told.of(Problem) == []


def test_a_scanner_gives_one_page_a_key_and_begins_a_new_batch_at_its_end() -> None:
    told = Told()
    batches = [GivenSource([frame(1), frame(2)]), GivenSource([frame(3)])]
    desk = station(lambda: batches.pop(0), ColourReader(), told, Trigger.HAND)
    with running(desk):
        for page in range(1, 4):
            told.until(lambda: desk.state is StationState.WAITING)
            assert len(told.texts()) == page - 1
            desk.trigger()
            told.until(lambda page=page: len(told.texts()) == page)  # type: ignore[misc]
    assert told.texts() == ["1", "2", "3"]


def test_an_empty_feeder_is_told_once_and_the_page_asked_for_comes_when_paper_lies_in_it() -> None:
    told = Told()
    given = [GivenSource([None, lost("feeder-empty")]) for _ in range(3)]
    given.append(GivenSource([None, frame(1)]))
    desk = station(lambda: given.pop(0), ColourReader(), told, Trigger.HAND)
    with running(desk):
        desk.trigger()
        told.until_texts("1")
    news = [each for each in told.news if isinstance(each, Problem | Solved)]
    assert news == [problem(lost("feeder-empty")), Solved("feeder-empty")]


def test_a_folder_is_never_more_than_one_page_ahead_of_the_inspection() -> None:
    told, gate = Told(), threading.Semaphore(0)
    source = GivenSource([frame(n) for n in range(1, 6)])
    with running(station(source, ColourReader(gate), told)):
        for page in range(1, 6):
            ahead = min(page + 1, 5)
            told.until(lambda ahead=ahead: len(told.of(FrameSeen)) == ahead)  # type: ignore[misc]
            assert len(source.given) == 5 - ahead
            gate.release()
            told.until(lambda page=page: len(told.texts()) == page)  # type: ignore[misc]


def test_by_hand_a_camera_shows_every_frame_and_inspects_the_one_asked_for() -> None:
    told = Told()
    source = GivenSource([frame(n) for n in range(1, 6)], is_live=True)
    desk = station(source, ColourReader(), told, Trigger.HAND)
    with running(desk):
        told.until(lambda: len(told.of(FrameSeen)) == 5)
        desk.trigger()
        source.given.append(frame(9))
        told.until_texts("9")


def test_a_paused_station_takes_no_page_and_goes_on_where_it_was() -> None:
    told, source = Told(), GivenSource([frame(1), frame(2)])
    desk = station(source, ColourReader(), told)
    desk.pause()
    with running(desk):
        told.until_said(StationState.PAUSED)
        assert len(source.given) == 2
        desk.resume()
        told.until_texts("1", "2")


def test_a_paused_camera_is_still_seen_but_not_inspected() -> None:
    told, source = Told(), GivenSource([frame(1), frame(2)], is_live=True)
    desk = station(source, ColourReader(), told)
    desk.pause()
    with running(desk):
        told.until(lambda: len(told.of(FrameSeen)) == 2)
        desk.resume()
        source.given.append(frame(3))
        told.until_texts("3")


def test_a_frame_put_in_again_is_read_with_the_kind_that_was_fixed() -> None:
    told, reader = Told(), ColourReader()
    desk = station(GivenSource([frame(1)]), reader, told)
    with running(desk):
        told.until_texts("1")
        desk.set_kind("id_card_front")
        desk.reinspect(frame(7))
        told.until_texts("1", "7")
    assert reader.kinds == [None, "id_card_front"]


def test_a_kind_that_does_not_exist_is_refused_where_it_is_set() -> None:
    with pytest.raises(KindError):
        station(GivenSource([]), ColourReader(), Told()).set_kind("id_crad_front")


def test_the_states_are_told_once_each_in_the_order_in_which_they_happen() -> None:
    told = Told()
    with running(station(GivenSource([frame(1)]), ColourReader(), told)):
        told.until_texts("1")
        told.until_said(StationState.WAITING)
    states = told.of(StationState)
    assert states[-2:] == [StationState.WAITING, StationState.STOPPED]
    assert all(one != next_one for one, next_one in itertools.pairwise(states))


def test_inspecting_to_the_end_returns_once_the_last_page_is_told() -> None:
    told = Told()
    batch = station(GivenSource([frame(1), bad("b"), frame(3)]), ColourReader(), told)
    host = threading.Thread(target=batch.run_capture)
    host.start()
    batch.run_inspect(to_the_end=True)
    host.join()
    assert len(told.inspections()) == 3


def test_stopping_ends_a_long_back_off_at_once_and_may_be_done_twice() -> None:
    told = Told()
    desk = Station(
        lambda: GivenSource([lost()], is_live=True),
        inspector_of(ColourReader()),
        told,
        trigger=Trigger.EVERY,
        back_off_s=(3600.0,),
    )
    with running(desk):
        told.until_said(problem(lost()))
        desk.stop()
    desk.stop()
    assert desk.state is StationState.STOPPED


def test_a_stop_in_the_moment_of_a_key_is_not_taken_for_the_next_batch() -> None:
    told = Told()

    def tell(news: News) -> None:
        if isinstance(news, FrameSeen):
            desk.stop()
        told(news)

    desk = station(GivenSource([frame(1)]), ColourReader(), tell, Trigger.HAND)
    with running(desk):
        desk.trigger()
        told.until_said(StationState.STOPPED)


def test_whoever_is_told_may_stop_the_station() -> None:
    told = Told()

    def tell(news: object) -> None:
        if isinstance(news, Inspected):
            told(news)
            desk.stop()

    desk = Station(
        lambda: GivenSource([frame(1)]),
        inspector_of(ColourReader()),
        tell,
        trigger=Trigger.EVERY,
    )
    with running(desk):
        told.until_texts("1")


def test_a_bug_in_a_reader_leaves_the_loop_with_its_devices_closed() -> None:
    reader = ColourReader()
    reader.errors.append(ZeroDivisionError())  # type: ignore[arg-type]
    desk = station(GivenSource([frame(1)]), reader, Told())
    host = threading.Thread(target=desk.run_capture)
    host.start()
    with pytest.raises(ZeroDivisionError):
        desk.run_inspect()
    desk.stop()
    host.join()
    assert len(reader.threads) == 2
