"""Doubtful characters: where they are, which keys put them right, what typing leaves of them."""

from __future__ import annotations

from app.desktop.counter import doubt
from app.vocabulary import Alternative, Field, Proof
from desktop.window_parts import doubtful, sure


def field(value: str, *others: str, at: int = -1) -> Field:
    position = at % len(value)
    return Field("name", value, Proof.READ, 0.5, None, doubtful(value, position, *others))


def keys(given: Field, position: int) -> list[tuple[str, str]]:
    return [(choice.key, choice.text) for choice in doubt.choices_at(given, position)]


def test_only_characters_below_the_threshold_are_pointed_at() -> None:
    assert doubt.doubtful_positions(field("李喆", "哲")) == (1,)
    assert (
        doubt.doubtful_positions(Field("name", "李喆", Proof.READ, 0.9, None, sure("李喆"))) == ()
    )


def test_a_value_without_alternatives_points_at_nothing() -> None:
    assert doubt.doubtful_positions(Field("name", "李喆", Proof.READ, 0.1)) == ()


def test_chinese_characters_are_numbered_with_the_one_read_first() -> None:
    assert keys(field("李喆", "哲", "詰"), 1) == [("1", "喆"), ("2", "哲"), ("3", "詰")]


def test_digits_and_letters_are_their_own_keys_and_stand_with_their_like_only() -> None:
    assert keys(field("E10", "8", "]", "〇"), 2) == [("0", "0"), ("8", "8")]


def test_no_more_is_offered_than_there_are_digit_keys() -> None:
    assert len(keys(field("李喆", *"一二三四五六七八九十"), 1)) == doubt.MOST_CHOICES


def test_a_picked_character_is_certain_and_the_others_keep_their_doubt() -> None:
    both = Field(
        "name",
        "王喆",
        Proof.READ,
        0.4,
        None,
        ((Alternative("王", 0.4), Alternative("玉", 0.3)), (Alternative("喆", 0.5),)),
    )
    picked = doubt.picked(both, 0, "玉")
    assert picked.value == "玉喆"
    assert doubt.doubtful_positions(picked) == (1,)


def test_typing_in_the_middle_keeps_the_doubts_around_it() -> None:
    before = field("北京市朝阳巾", "市")
    after = doubt.typed(before, "北京城区朝阳巾")
    assert after.value == "北京城区朝阳巾"
    assert doubt.doubtful_positions(after) == (6,)


def test_typing_over_the_doubtful_character_ends_its_doubt() -> None:
    assert doubt.doubtful_positions(doubt.typed(field("李喆", "哲"), "李哲")) == ()


def test_a_rare_character_outside_sixteen_bits_counts_as_one() -> None:
    assert doubt.doubtful_positions(field("𠮷田", "吉", at=0)) == (0,)
