"""Real models on invented documents: found, turned upright, read, interpreted and examined."""

from __future__ import annotations

from collections.abc import Iterator

import cv2
import numpy as np
import pytest
from cann import switch

from app.errors import KindError
from app.reader.document import DocumentReader, open_document_reader
from app.reader.text import TextReader, open_text_reader
from app.toolchain.specimens import Specimen, make_page, make_specimen
from app.vocabulary import Bgr, Flaw, Frame, Proof, Reading, box_of

SEED = 21


@pytest.fixture(scope="module", name="reader")
def document_reader() -> Iterator[DocumentReader]:
    with open_document_reader(threads=1) as reader:
        yield reader


@pytest.fixture(scope="module", name="card")
def id_card() -> Specimen:
    return make_specimen("id_card_front", "scan", SEED)


def read(reader: DocumentReader, bgr: Bgr, kind: str | None = None) -> tuple[Reading, ...]:
    return reader.read(Frame(bgr, 0, 0.0, "test"), kind)


def values(reading: Reading) -> dict[str, str]:
    return {field.name: field.value for field in reading.fields}


@pytest.mark.parametrize("turns", [0, 1, 2, 3])
def test_a_card_reads_the_same_whichever_way_it_lies(
    reader: DocumentReader, card: Specimen, turns: int
) -> None:
    (reading,) = read(reader, np.ascontiguousarray(np.rot90(card.bgr, turns)))
    assert reading.document == "id_card_front"
    assert values(reading) == card.truth


def test_a_skewed_card_on_a_table_reads_as_the_straight_one(
    reader: DocumentReader, card: Specimen
) -> None:
    height, width = card.bgr.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), 17, 0.9)
    turn[:, 2] += (200, 150)
    table = cv2.warpAffine(card.bgr, turn, (width + 400, height + 300), borderValue=(70, 90, 110))
    (reading,) = read(reader, np.asarray(table))
    assert values(reading)["id_number"] == card.truth["id_number"]
    assert reading.field("id_number").proof is Proof.PROVEN


def test_fields_say_where_they_stand_on_the_frame(reader: DocumentReader, card: Specimen) -> None:
    (reading,) = read(reader, card.bgr)
    for field in reading.fields:
        assert field.quad is not None
        left, top, right, bottom = box_of(field.quad)
        assert -5 <= left < right <= card.bgr.shape[1] + 5
        assert -5 <= top < bottom <= card.bgr.shape[0] + 5
    assert (
        box_of(reading.field("name").quad or ((0, 0),) * 4)[1]
        < (  # above the number
            box_of(reading.field("id_number").quad or ((0, 0),) * 4)[1]
        )
    )


def test_the_outline_is_the_edge_of_the_card(reader: DocumentReader) -> None:
    card = make_specimen("id_card_front", "camera", SEED)
    (reading,) = read(reader, card.bgr)
    assert reading.outline is not None
    size = max(card.bgr.shape[:2])
    away = np.abs(np.array(reading.outline) - np.array(card.outline)).max()
    assert away < 0.05 * size


def test_two_documents_on_a_page_give_two_readings(reader: DocumentReader) -> None:
    page = make_page(("id_card_front", "id_card_back"), "scan", SEED)
    found = {reading.document for reading in read(reader, page.bgr)}
    assert found == {"id_card_front", "id_card_back"}


@pytest.mark.parametrize(
    "bgr",
    [
        np.full((480, 640, 3), 255, np.uint8),
        np.zeros((16, 16, 3), np.uint8),
        np.random.default_rng(3).integers(0, 255, (300, 400, 3), np.uint8),
        np.full((20, 3000, 3), 127, np.uint8),
    ],
    ids=["blank", "tiny", "noise", "sliver"],
)
def test_a_frame_without_a_document_gives_one_reading_without_fields(
    reader: DocumentReader, bgr: Bgr
) -> None:
    (reading,) = read(reader, bgr)
    assert reading.document == ""
    assert reading.fields == ()


def test_a_misspelt_kind_is_answered_with_the_nearest(
    reader: DocumentReader, card: Specimen
) -> None:
    with pytest.raises(KindError, match="id_card_front"):
        read(reader, card.bgr, "id_card_frnt")


def test_the_stages_are_timed(reader: DocumentReader, card: Specimen) -> None:
    read(reader, card.bgr)
    assert set(reader.timings_ms) == {"detect", "turn", "recognise", "interpret", "examine"}
    assert all(spent >= 0 for spent in reader.timings_ms.values())


def test_the_frame_is_never_written_to(reader: DocumentReader, card: Specimen) -> None:
    locked = card.bgr.copy()
    locked.setflags(write=False)
    assert read(reader, locked)[0].document == "id_card_front"


def test_a_sharp_colour_scan_has_no_flaws(reader: DocumentReader, card: Specimen) -> None:
    assert read(reader, card.bgr)[0].flaws == frozenset()


def test_a_grey_copy_a_blurred_and_a_burnt_out_picture_are_told_apart(
    reader: DocumentReader, card: Specimen
) -> None:
    grey = cv2.cvtColor(cv2.cvtColor(card.bgr, cv2.COLOR_BGR2GRAY), cv2.COLOR_GRAY2BGR)
    assert Flaw.PHOTOCOPY in read(reader, np.asarray(grey))[0].flaws
    soft = cv2.GaussianBlur(card.bgr, (0, 0), card.bgr.shape[1] / 250)
    assert Flaw.BLURRED in read(reader, np.asarray(soft))[0].flaws
    burnt = np.array(make_specimen("id_card_front", "camera", SEED).bgr)
    outline = np.array(make_specimen("id_card_front", "camera", SEED).outline)
    spot = outline.mean(axis=0) + 0.3 * (outline[1] - outline.mean(axis=0))
    radius = int(np.hypot(*(outline[1] - outline[0])) / 10)
    cv2.circle(burnt, (int(spot[0]), int(spot[1])), radius, (255, 255, 255), -1)
    assert Flaw.GLARE in read(reader, burnt)[0].flaws


def test_a_card_that_reaches_over_the_edge_is_cut_off(
    reader: DocumentReader, card: Specimen
) -> None:
    (whole,) = read(reader, card.bgr)
    left, _, right, _ = box_of(whole.field("id_number").quad or ((0, 0),) * 4)
    cut = np.ascontiguousarray(card.bgr[:, : int(left + 0.7 * (right - left))])
    (reading,) = read(reader, cut, "id_card_front")
    assert reading.field("id_number").proof is not Proof.PROVEN


@pytest.fixture(scope="module", name="text")
def text_reader() -> Iterator[TextReader]:
    with open_text_reader(threads=1) as reader:
        yield reader


def test_a_text_reader_gives_lines_with_alternatives_and_places(
    text: TextReader, card: Specimen
) -> None:
    (reading,) = text.read(Frame(card.bgr, 0, 0.0, "test"))
    number = next(line for line in reading.lines if card.truth["id_number"] in line.text)
    assert len(number.alternatives) == len(number.text) == len(number.centres)
    assert list(number.centres) == sorted(number.centres)
    assert 0 <= number.centres[0] < number.centres[-1] <= 1
    assert text.mark.device == switch.device()
    assert len(text.mark.models) == 3
