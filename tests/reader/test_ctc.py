"""CTC decoding keeps what else each character might have been."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from app.reader._ctc import Decoder

LABELS = ("A", "B", "Ａ", "Ρ", "P")
BLANK, A, B, WIDE_A, RHO, P, SPACE = range(7)


def steps(*rows: dict[int, float]) -> NDArray[np.float32]:
    table = np.zeros((len(rows), len(LABELS) + 2), np.float32)
    for at, row in enumerate(rows):
        for number, probability in row.items():
            table[at, number] = probability
    return table


def test_repeats_collapse_and_a_blank_parts_them() -> None:
    read = Decoder(LABELS).decode(steps({A: 1}, {A: 1}, {BLANK: 1}, {A: 1}, {B: 1}))
    assert read.text == "AAB"


def test_only_blanks_read_as_nothing_with_no_score() -> None:
    read = Decoder(LABELS).decode(steps({BLANK: 1}, {BLANK: 1}))
    assert (read.text, read.score, read.alternatives, read.centres) == ("", 0.0, (), ())


def test_alternatives_come_most_probable_first_and_start_with_what_was_read() -> None:
    read = Decoder(LABELS).decode(steps({A: 0.6, B: 0.3, BLANK: 0.1}))
    assert [(c.text, round(c.score, 2)) for c in read.alternatives[0]] == [("A", 0.6), ("B", 0.3)]


def test_the_best_step_of_a_run_speaks_for_each_alternative() -> None:
    read = Decoder(LABELS).decode(steps({A: 0.6, B: 0.4}, {A: 0.9, B: 0.1}))
    assert [(c.text, round(c.score, 2)) for c in read.alternatives[0]] == [("A", 0.9), ("B", 0.4)]


def test_full_width_and_look_alike_classes_count_as_their_latin_twin() -> None:
    read = Decoder(LABELS).decode(steps({WIDE_A: 0.5, A: 0.4}, {BLANK: 1}, {RHO: 0.7, P: 0.3}))
    assert read.text == "AP"
    assert [len(choices) for choices in read.alternatives] == [1, 1]
    assert round(read.score, 3) == round((0.9 + 1.0) / 2, 3)


def test_twins_side_by_side_are_one_character() -> None:
    assert Decoder(LABELS).decode(steps({WIDE_A: 1}, {A: 1})).text == "A"


def test_a_faint_alternative_is_not_kept() -> None:
    assert len(Decoder(LABELS).decode(steps({A: 0.999, B: 0.001})).alternatives[0]) == 1


def test_the_space_is_the_class_behind_the_last_label() -> None:
    assert Decoder(LABELS).decode(steps({A: 1}, {SPACE: 1}, {B: 1})).text == "A B"


def test_centres_say_where_along_the_line_a_character_stands() -> None:
    read = Decoder(LABELS).decode(steps({A: 1}, {BLANK: 1}, {BLANK: 1}, {B: 1}))
    assert read.centres == (0.125, 0.875)
