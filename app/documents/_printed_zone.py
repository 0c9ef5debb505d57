"""The visual zone of a travel document as evidence: does it say what the machine-readable one does?

Mostly agreement is taken from it: layouts and languages differ too much to say which printed value
belongs to which label, so a value that is nowhere to be found proves nothing.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.documents import PlacedLine, _printed_date
from app.documents._correct import NO_EVIDENCE, Evidence
from app.documents._span import cut

_MOST_DIFFERENT = 2
"""A printed number or date that differs in more characters is another number or date."""
_SHORTEST_NUMBER = 6
_MOST_PIECES = 3
"""A number may be printed in groups: ``XA 000 0014``."""
_CLEAR = 0.95
"""A printed number contradicts only where each of its characters is at least this probable."""
_WORD_GAP = 3.0
"""Lines in one row that stand no further apart, in line heights, are one phrase."""
_LEAST_NAME = 3
"""A shorter name counts only where it stands alone; it is found in too many words."""

_UNCERTAIN = {"0": "0O"}
"""A recogniser that sees O as 0 in one zone does so in the other: no independent evidence."""
_LOOK_ALIKE = str.maketrans("OQDIZSGB", "00012568")

_LABELS = frozenset(
    ["NAME", "NAMES", "SURNAME", "GIVEN", "FIRST", "LAST", "NOM", "NOMS", "PRENOM", "PRENOMS"]
)
_SEX_LABELS = frozenset(["SEX", "SEXE", "SEXO", "GESCHLECHT", "GESLACHT", "性别"])
_SEXES = {"M": "M", "男": "M", "F": "F", "女": "F", "X": "X"}

# 9303-3, section 6: the spellings that an issuer may choose between.
_EXPANDED = str.maketrans({"Ä": "AE", "Ö": "OE", "Ü": "UE", "Å": "AA", "Ø": "OE", "Ñ": "NXX"})
_PLAIN = str.maketrans({"Æ": "AE", "Œ": "OE", "Ø": "O", "Þ": "TH", "Ð": "D", "Đ": "D", "Ł": "L",
                        "Ħ": "H", "Ŋ": "N", "'": "", "’": ""})  # fmt: skip


@dataclass(frozen=True)
class _Phrase:
    """Lines side by side: their text in capitals and its words, each with its lowest score."""

    text: str
    words: tuple[tuple[str, float], ...]


class PrintedZone:
    """The other lines around a machine-readable zone."""

    def __init__(self, lines: Sequence[PlacedLine]) -> None:
        """Take the lines without those of the machine-readable zone."""
        self._phrases = [_phrase(run) for run in _runs(lines)]
        self._dates = {date for p in self._phrases for date in _printed_date.readings(p.text)}

    def of_number(self, number: str) -> Evidence:
        """Return what the printed document number says about each character of the one read."""
        near = {text for text, _ in self._numbers_like(number)}
        if len(near) != 1:
            return NO_EVIDENCE
        return {i: _UNCERTAIN.get(text, text) for i, text in enumerate(near.pop())}

    def contradicts_number(self, number: str) -> bool:
        """Tell whether a clearly printed number differs, and not by look-alikes only."""
        near = self._numbers_like(number)
        same = number.translate(_LOOK_ALIKE)
        is_there = any(text.translate(_LOOK_ALIKE) == same for text, _ in near)
        return bool(near) and not is_there and min(score for _, score in near) >= _CLEAR

    def of_date(self, six: str) -> Evidence:
        """Return what a printed date says about YYMMDD as read."""
        printed = {date[-6:] for date in self._dates}
        near = [date for date in printed if _distance(date, six) <= _MOST_DIFFERENT]
        near = [six] if six in near else near
        return dict(enumerate(near[0])) if len(near) == 1 else NO_EVIDENCE

    def full_date(self, six: str) -> str:
        """Return YYYY-MM-DD if YYMMDD is printed with one full year, else nothing."""
        full = {d for d in self._dates if d in (f"19{six}", f"20{six}")}
        return dt.date.fromisoformat(full.pop()).isoformat() if len(full) == 1 else ""

    def confirms_names(self, surname: str, given: str) -> tuple[bool, bool]:
        """Tell whether surname and given names stand there, each complete.

        Without given names nothing says where the surname ends, so only a single word counts.
        """
        if not given:
            return " " not in surname and self._has_name(surname, ()), False
        return self._has_name(surname, (given,)), self._has_name(given, (surname,))

    def has_state(self, code: str) -> bool:
        """Tell whether a code stands alone, or with the document's type as on a passport."""
        return any(
            any(text == code for text, _ in phrase.words)
            and all(len(text) <= len("PAS") for text, _ in phrase.words)
            for phrase in self._phrases
        )

    def sex(self) -> str:
        """Return M, F or X if exactly one of them stands alone somewhere, else nothing."""
        found = {_sex(phrase) for phrase in self._phrases} - {""}
        return found.pop() if len(found) == 1 else ""

    def _numbers_like(self, number: str) -> list[tuple[str, float]]:
        if len(number) < _SHORTEST_NUMBER:
            return []
        printed = [each for phrase in self._phrases for each in _joined(phrase, len(number))]
        same = [each for each in printed if each[0] == number]
        return same or [e for e in printed if _distance(e[0], number) <= _MOST_DIFFERENT]

    def _has_name(self, name: str, others: Sequence[str]) -> bool:
        wanted = name.replace(" ", "")
        known = {word for other in others for word in other.split()} | _LABELS
        return any(
            _is_name(words, wanted, known) for p in self._phrases for words in _spellings(p.text)
        )


def _is_name(words: Sequence[str], wanted: str, known: set[str] | frozenset[str]) -> bool:
    """Tell whether words are the wanted name, with nothing beside it but known words."""
    for start in range(len(words)):
        for end in range(start + 1, len(words) + 1):
            if "".join(words[start:end]) == wanted:
                rest = (*words[:start], *words[end:])
                return all(word in known for word in rest) and (
                    len(wanted) >= _LEAST_NAME or not rest
                )
    return False


def _spellings(text: str) -> Iterator[list[str]]:
    """Give the words of a phrase and of its parts, in each way to write them in A–Z."""
    for part in {text, *re.split("[/:|]", text)}:
        for table in ({}, _EXPANDED):
            composed = unicodedata.normalize("NFC", part).translate(table).translate(_PLAIN)
            plain = unicodedata.normalize("NFKD", composed)
            bare = "".join(c for c in plain if not unicodedata.combining(c))
            yield re.findall(r"[A-Z]+|[^\W\d_A-Z]+", bare)


def _sex(phrase: _Phrase) -> str:
    words = [text for text, _ in phrase.words if text not in _SEX_LABELS]
    if not words or any(len(word) > 1 for word in words):
        return ""
    sexes = {_SEXES[word] for word in words if word in _SEXES}
    return sexes.pop() if len(sexes) == 1 else ""


def _joined(phrase: _Phrase, length: int) -> Iterator[tuple[str, float]]:
    """Give every run of whole words that has this many characters."""
    words = phrase.words
    for start in range(len(words)):
        for end in range(start + 1, min(start + _MOST_PIECES, len(words)) + 1):
            text = "".join(word for word, _ in words[start:end])
            if len(text) == length:
                yield text, min(score for _, score in words[start:end])


def _distance(one: str, other: str) -> int:
    if len(one) != len(other):
        return max(len(one), len(other))
    return sum(a != b for a, b in zip(one, other, strict=True))


def _phrase(run: Sequence[PlacedLine]) -> _Phrase:
    words: list[tuple[str, float]] = []
    for line in run:
        word, score = "", 1.0
        for glyph in cut(line).glyphs:
            text = unicodedata.normalize("NFKC", glyph.text).upper()
            if text.isalnum():
                word, score = word + text, min(score, glyph.candidates[0].score)
            elif word:
                words.append((word, score))
                word, score = "", 1.0
        words.extend([(word, score)] if word else [])
    text = " ".join(unicodedata.normalize("NFKC", line.line.text).upper() for line in run)
    return _Phrase(text, tuple(words))


def _runs(lines: Sequence[PlacedLine]) -> Iterator[tuple[PlacedLine, ...]]:
    """Give each line alone, and with the one that follows it in its row."""
    for line in lines:
        yield (line,)
        left, top, right, bottom = line.box
        height = bottom - top
        following = [
            other
            for other in lines
            if abs(other.box[1] + other.box[3] - top - bottom) < height
            and -height < other.box[0] - right < _WORD_GAP * height
            and other.box[0] > left
        ]
        if following:
            yield line, min(following, key=lambda other: other.box[0])
