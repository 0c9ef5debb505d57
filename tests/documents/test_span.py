"""Stretches of text: what may be lost between two characters is a guess."""

from __future__ import annotations

from app.documents import PlacedLine
from app.documents._span import GUESS, cut
from app.vocabulary import Alternative, TextLine


def line(text: str, centres: tuple[float, ...], width: float) -> PlacedLine:
    sure = tuple((Alternative(letter, 0.999),) for letter in text)
    quad = ((0.0, 0.0), (width, 0.0), (width, 50.0), (0.0, 50.0))
    return PlacedLine(TextLine(quad, text, 0.999, sure, centres), (0, 0, width, 50))


def test_a_gap_that_a_lost_character_leaves_makes_the_value_a_guess() -> None:
    assert cut(line("门福", (0.18, 0.82), 100)).score == GUESS


def test_characters_at_their_usual_distance_stay_certain() -> None:
    assert cut(line("门飍福", (0.18, 0.5, 0.82), 100)).score > 0.99


def test_the_gap_between_a_label_and_its_value_says_nothing_about_the_value() -> None:
    whole = line("姓名苗尧", (0.08, 0.2, 0.6, 0.75), 200)
    assert cut(whole).score == GUESS
    assert cut(whole, 2).score > 0.99


def test_digits_may_stand_as_far_apart_as_they_like() -> None:
    assert cut(line("1996年", (0.02, 0.3, 0.5, 0.7, 0.9), 400)).score > 0.99
