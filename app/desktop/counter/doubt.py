"""Which characters of a field are doubtful, and by which keys they are put right; no Qt."""

from __future__ import annotations

from dataclasses import dataclass, replace

from app.judgement import CONFIDENT
from app.vocabulary import Alternative, Field

MOST_CHOICES = 9
"""One for each digit key."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One way to read a doubtful character, and the key that takes it."""

    key: str
    text: str


def doubtful_positions(field: Field) -> tuple[int, ...]:
    """Return where in the value the recogniser was not sure."""
    if len(field.alternatives) != len(field.value):
        return ()
    return tuple(
        position
        for position, candidates in enumerate(field.alternatives)
        if candidates and _score_of(field.value[position], candidates) < CONFIDENT
    )


def choices_at(field: Field, position: int) -> tuple[Choice, ...]:
    """Return the readings of one character, the one that stands there first.

    Beside a digit or a Latin letter only such can stand, and each is its own key, since typing it
    is what a hand does anyway; everything else is numbered.
    """
    if not 0 <= position < len(field.alternatives):
        return ()
    shown = field.value[position]
    others = [each.text for each in field.alternatives[position] if each.text != shown]
    texts = [text for text in dict.fromkeys([shown, *others]) if text][:MOST_CHOICES]
    if is_own_key(shown):
        return tuple(Choice(text.upper(), text) for text in texts if is_own_key(text))
    return tuple(Choice(str(number), text) for number, text in enumerate(texts, 1))


def is_own_key(text: str) -> bool:
    """Say whether a character is typed with one key of its own."""
    return len(text) == 1 and text.isascii() and text.isalnum()


def picked(field: Field, position: int, text: str) -> Field:
    """Put one reading of a character in its place; it is certain from then on."""
    value = field.value[:position] + text + field.value[position + 1 :]
    certain = tuple(
        tuple(Alternative(character, 1.0) for character in text)
        if number == position
        else candidates
        for number, candidates in enumerate(field.alternatives)
    )
    return replace(field, value=value, alternatives=certain if len(text) == 1 else ())


def typed(field: Field, value: str) -> Field:
    """Put a typed value in place; what it left alone keeps its doubts."""
    if len(field.alternatives) != len(field.value):
        return replace(field, value=value, alternatives=())
    before = _same(field.value, value)
    after = _same(field.value[before:][::-1], value[before:][::-1])
    new = value[before : len(value) - after]
    kept = field.alternatives
    alternatives = (
        *kept[:before],
        *((Alternative(character, 1.0),) for character in new),
        *kept[len(kept) - after :],
    )
    return replace(field, value=value, alternatives=alternatives)


def _same(one: str, other: str) -> int:
    """Return how many characters both begin with."""
    count = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        count += 1
    return count


def _score_of(character: str, candidates: tuple[Alternative, ...]) -> float:
    return next((each.score for each in candidates if each.text == character), 0.0)
