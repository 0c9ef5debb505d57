"""News from several threads is told one after the other, and nobody waits for anybody."""

from __future__ import annotations

import threading

from app.station.teller import Teller


def test_who_is_told_may_add_more_and_it_comes_behind() -> None:
    told: list[int] = []

    def hear(number: int) -> None:
        told.append(number)
        if number < 3:
            teller.add(number + 1)
            teller.flush()

    teller = Teller(hear)
    teller.add(1)
    teller.flush()
    assert told == [1, 2, 3]


def test_a_thread_that_tells_takes_along_what_others_add_and_they_do_not_wait() -> None:
    told: list[str] = []
    is_telling, may_go_on = threading.Event(), threading.Event()

    def hear(news: str) -> None:
        if news == "slow":
            is_telling.set()
            may_go_on.wait(10)
        told.append(news)

    teller = Teller(hear)
    teller.add("slow")
    host = threading.Thread(target=teller.flush)
    host.start()
    assert is_telling.wait(10)
    teller.add("quick")
    teller.flush()
    assert told == []
    may_go_on.set()
    host.join()
    assert told == ["slow", "quick"]


def test_what_many_threads_add_is_told_once_each() -> None:
    told: list[int] = []
    teller = Teller(told.append)

    def add(first: int) -> None:
        for number in range(first, first + 500):
            teller.add(number)
            teller.flush()

    hosts = [threading.Thread(target=add, args=(500 * each,)) for each in range(4)]
    for host in hosts:
        host.start()
    for host in hosts:
        host.join()
    assert sorted(told) == list(range(2000))


def test_one_that_cannot_be_told_does_not_silence_the_rest() -> None:
    told: list[int] = []

    def hear(number: int) -> None:
        if number == 1:
            raise ZeroDivisionError
        told.append(number)

    teller = Teller(hear)
    teller.add(1)
    try:
        teller.flush()
    except ZeroDivisionError:
        teller.add(2)
    teller.flush()
    assert told == [2]
