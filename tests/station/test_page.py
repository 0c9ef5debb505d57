"""The page watch, on drawn desks with the noise of a cheap camera."""

from __future__ import annotations

import cv2
import numpy as np

from app.station import Station, Trigger
from app.station._page import STILL_FRAMES, PageWatch
from app.vocabulary import Bgr, Field, Frame, Proof, Reading, TextLine
from station.parts import CORNERS, ColourReader, GivenSource, Told, frame, inspector_of, running

SETTLED = STILL_FRAMES + 1
NOISE_LEVELS = 8.0


def seen(scene: Bgr, seed: int, light: float = 1.0) -> Bgr:
    """Return one frame of a scene as a noisy camera gives it."""
    noise = np.random.default_rng(seed).normal(0, NOISE_LEVELS, scene.shape)
    return np.clip(scene * light + noise, 0, 255).astype(np.uint8)


def bare() -> Bgr:
    return np.tile(np.linspace(90, 120, 640)[None, :, None], (480, 1, 3)).astype(np.uint8)


def desk(seed: int) -> Bgr:
    return seen(bare(), seed)


def card(seed: int, person: int, x: int = 160, light: float = 1.0) -> Bgr:
    """Draw a card on the desk; ``person`` decides its text and photo, as on any two ID cards."""
    scene = bare()
    cv2.rectangle(scene, (x, 120), (x + 320, 320), (205, 200, 195), -1)
    own = np.random.default_rng(1000 + person)
    photo = cv2.resize(own.integers(20, 200, (8, 6, 3), np.uint8), (80, 110))
    scene[150:260, x + 220 : x + 300] = photo
    for row in range(5):
        length = int(own.integers(40, 150))
        y = 150 + row * 30
        cv2.line(scene, (x + 30, y), (x + 30 + length, y), (40, 40, 40), 9)
    return seen(scene, seed, light)


def hand(seed: int, reach: int) -> Bgr:
    scene = bare()
    cv2.rectangle(scene, (0, 200), (reach, 330), (110, 140, 190), -1)
    return seen(scene, seed)


def wanted(watch: PageWatch, *frames: Bgr) -> list[int]:
    return [number for number, bgr in enumerate(frames) if watch.wants(bgr)]


def text(*lines: str) -> tuple[Reading, ...]:
    return (Reading(lines=tuple(TextLine(CORNERS, line, 1.0) for line in lines)),)


def invoice(**values: tuple[str, float]) -> tuple[Reading, ...]:
    fields = (Field(name, value, Proof.READ, score) for name, (value, score) in values.items())
    return (Reading("vat_invoice", tuple(fields)),)


def test_a_page_is_wanted_once_it_lies_still_and_only_once() -> None:
    watch = PageWatch()
    moving = [card(n, person=1, x=10 * n) for n in range(12)]
    lying = [card(100 + n, person=1) for n in range(60)]
    assert wanted(watch, *moving, *lying) == [12 + STILL_FRAMES]


def test_another_card_laid_on_the_very_same_place_is_another_page() -> None:
    watch = PageWatch()
    first = [card(n, person=1) for n in range(SETTLED)]
    second = [card(50 + n, person=2) for n in range(SETTLED)]
    assert len(wanted(watch, *first, *second)) == 2


def test_a_hand_that_only_pointed_at_the_page_asks_for_nothing() -> None:
    watch = PageWatch()
    lying = [card(n, person=1) for n in range(SETTLED)]
    pointing = [hand(20 + n, reach=60 * n) for n in range(6)]
    assert wanted(watch, *lying, *pointing, *lying) == [STILL_FRAMES]


def test_neither_exposure_nor_daylight_asks_for_another_inspection() -> None:
    watch = PageWatch()
    wanted(watch, *(card(n, person=1) for n in range(SETTLED)))
    brighter = [card(100 + n, person=1, light=1 - n / 150) for n in range(50)]
    assert wanted(watch, *brighter) == []


def test_the_empty_desk_is_learnt_and_the_same_card_may_come_back_to_it() -> None:
    watch = PageWatch()
    empty = [desk(n) for n in range(SETTLED)]
    lying = [card(50 + n, person=1) for n in range(SETTLED)]
    assert len(wanted(watch, *empty)) == 1
    assert not watch.is_news(empty[-1], (Reading(),))
    assert len(wanted(watch, *lying)) == 1
    assert watch.is_news(lying[-1], invoice(number=("0123", 0.99)))
    assert wanted(watch, *empty) == []
    assert len(wanted(watch, *lying)) == 1
    assert watch.is_news(lying[-1], invoice(number=("0123", 0.99)))


def test_a_nudged_page_that_reads_as_before_is_no_news() -> None:
    watch = PageWatch()
    assert watch.is_news(desk(1), invoice(number=("0123", 0.99), seller=("某公司", 0.6)))
    assert not watch.is_news(desk(1), invoice(number=("0123", 0.99), seller=("棠公司", 0.6)))


def test_another_invoice_that_differs_in_its_number_alone_is_news() -> None:
    watch = PageWatch()
    same = {f"f{n}": (str(n), 0.99) for n in range(12)}
    assert watch.is_news(desk(1), invoice(number=("0123", 0.99), **same))
    assert watch.is_news(desk(1), invoice(number=("0124", 0.99), **same))


def test_a_page_that_is_not_recognised_is_told_once_and_then_taken_for_the_desk() -> None:
    watch = PageWatch()
    lying = [card(n, person=1) for n in range(SETTLED)]
    assert len(wanted(watch, *lying)) == 1
    assert watch.is_news(lying[-1], text("keep clean"))
    assert wanted(watch, *(hand(20 + n, reach=60 * n) for n in range(6)), *lying) == []


def test_what_is_asked_for_by_hand_is_always_wanted_and_always_news() -> None:
    watch = PageWatch()
    assert watch.wants(desk(1), is_asked=True)
    assert watch.is_news(desk(1), (Reading(),), is_asked=True)
    assert watch.is_news(desk(1), text("one"))
    assert watch.is_news(desk(1), text("one"), is_asked=True)


def test_a_page_is_not_overtaken_while_the_one_before_waits_for_the_reader() -> None:
    watch = PageWatch()
    assert not any(watch.wants(card(n, person=1), has_room=False) for n in range(SETTLED))
    assert watch.wants(card(99, person=1))


class Desk(GivenSource):
    """A camera over a desk; the scene lies there until the test lays another."""

    def __init__(self) -> None:
        super().__init__([], is_live=True)
        self.level = 0
        self.number = 0

    def next_frame(self, timeout_s: float = 1.0) -> Frame:
        self.number += 1
        bgr = desk(self.number) if self.level == 0 else card(self.number, person=self.level)
        bgr[0, 0] = self.level
        return frame(self.number, bgr)


def test_under_a_camera_each_page_is_told_once_and_the_empty_desk_never() -> None:
    told, source, reader = Told(), Desk(), ColourReader()
    counter = Station(lambda: source, inspector_of(reader), told, trigger=Trigger.CHANGE)
    with running(counter):
        told.until(lambda: len(reader.kinds) == 1)
        for level, texts in ((40, ["40"]), (0, ["40"]), (80, ["40", "80"]), (0, ["40", "80"])):
            source.level, until = level, source.number + 3 * SETTLED
            told.until_texts(*texts)
            told.until(lambda until=until: source.number >= until)  # type: ignore[misc]
    assert told.texts() == ["40", "80"]
    assert len(reader.kinds) == 3
