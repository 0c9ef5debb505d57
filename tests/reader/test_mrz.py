"""Machine-readable lines: their own alphabet, and fillers that come back where gaps show."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from app.reader._ctc import Decoder
from app.reader._mrz import ALPHABET, MrzDecoder, looks_machine_readable

LABELS = (*ALPHABET, "s", "é")
LINE_2 = "L898902C36UTO7408122F1204159ZE184226B<<<<<10"
NAMES = "I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<"


def printed(text: str, *, pitch: float = 3.0, lost: tuple[int, ...] = ()) -> NDArray[np.float32]:
    """Return probabilities as of ``text`` at a pitch in steps; ``lost`` cells were not seen."""
    table = np.zeros((round(pitch * (len(text) + 1)), len(LABELS) + 2), np.float32)
    for at, letter in enumerate(text):
        if at not in lost:
            table[round(pitch * (at + 0.5)), 1 + LABELS.index(letter)] = 0.95
    table[:, 0] = 1 - table.sum(axis=1)
    return table


@pytest.fixture(name="decoder")
def mrz_decoder() -> MrzDecoder:
    return MrzDecoder(Decoder(LABELS))


@pytest.mark.parametrize("text", [LINE_2, NAMES, "I<UTOD231458907<<<<<<<<<<<<<<<"])
def test_a_line_that_lost_nothing_reads_as_printed(decoder: MrzDecoder, text: str) -> None:
    assert decoder.decode(printed(text)).text == text


@pytest.mark.parametrize("lost", [(30,), (28, 29, 33), (14,)])
@pytest.mark.parametrize("pitch", [2.0, 2.4, 3.1])
def test_fillers_lost_out_of_a_run_come_back(
    decoder: MrzDecoder, lost: tuple[int, ...], pitch: float
) -> None:
    read = decoder.decode(printed(NAMES, pitch=pitch, lost=lost))
    assert read.text == NAMES
    assert len(read.alternatives) == len(read.centres) == len(NAMES)
    assert list(read.centres) == sorted(read.centres)


def test_a_filler_that_came_back_is_doubtful(decoder: MrzDecoder) -> None:
    read = decoder.decode(printed(NAMES, lost=(30,)))
    assert read.alternatives[30][0].score <= 0.5


def test_a_lost_letter_is_never_made_a_filler(decoder: MrzDecoder) -> None:
    assert decoder.decode(printed(NAMES, lost=(8,))).text == NAMES[:8] + NAMES[9:]


def test_lower_case_counts_as_its_capital(decoder: MrzDecoder) -> None:
    assert decoder.decode(printed(NAMES.replace("S", "s"))).text == NAMES


def test_letters_outside_the_alphabet_are_not_read(decoder: MrzDecoder) -> None:
    read = decoder.decode(printed("é" + NAMES[1:]))
    assert set(read.text) <= set(ALPHABET)


def test_an_empty_line_reads_as_nothing(decoder: MrzDecoder) -> None:
    nothing = np.zeros((40, len(LABELS) + 2), np.float32)
    nothing[:, 0] = 1
    assert decoder.decode(nothing).text == ""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (LINE_2, True),
        (NAMES.lower(), True),
        ("L898902C<3UTO69080 61F9406236", False),
        ("REPUBLIC OF UTOPIA PASSPORT", False),
        ("110105199606156135", False),
        ("<<<<", False),
        ("统一社会信用代码<<91110105MA01<<", False),
    ],
)
def test_only_zones_look_machine_readable(text: str, expected: bool) -> None:
    assert looks_machine_readable(text) is expected
