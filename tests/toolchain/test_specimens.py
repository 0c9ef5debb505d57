"""Specimens: the same seed, the same picture; every truth valid; every field on the picture."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from collections.abc import Iterator, Sequence
from pathlib import Path

import cv2
import numpy as np
import pytest

from app import documents
from app.errors import AppError
from app.toolchain.specimens import MODES, _fonts, _writing, kinds, make_page, make_specimen
from app.toolchain.specimens._dice import Dice
from app.toolchain.specimens._fonts import Style, face_for, faces
from app.vocabulary import Quad

ALL = [(kind, mode) for kind in kinds() for mode in MODES]


def is_inside(quad: Quad, size: tuple[int, int], margin: float = 1.5) -> bool:
    width, height = size
    return all(-margin <= x <= width + margin and -margin <= y <= height + margin for x, y in quad)


@pytest.mark.parametrize(("kind", "mode"), ALL)
def test_every_kind_comes_in_every_mode_with_all_its_fields_on_the_picture(
    kind: str, mode: str
) -> None:
    specimen = make_specimen(kind, mode, 7)
    height, width = specimen.bgr.shape[:2]
    assert specimen.bgr.dtype == np.uint8
    assert specimen.truth
    assert all(specimen.truth.values())
    assert is_inside(specimen.outline, (width, height))
    for name, quads in specimen.boxes.items():
        assert name in specimen.truth
        assert all(is_inside(quad, (width, height)) for quad in quads), name


@pytest.mark.parametrize("mode", MODES)
def test_the_same_seed_gives_the_same_picture_and_another_seed_another_person(mode: str) -> None:
    once, again = make_specimen("id_card_front", mode, 5), make_specimen("id_card_front", mode, 5)
    other = make_specimen("id_card_front", mode, 6)
    assert np.array_equal(once.bgr, again.bgr)
    assert once.truth == again.truth
    assert once.outline == again.outline
    assert once.truth["id_number"] != other.truth["id_number"]


def test_every_truth_names_only_fields_that_its_document_has() -> None:
    for kind in set(kinds()) & set(documents.names()):
        known = {rule.name for rule in documents.load(kind).fields}
        assert set(make_specimen(kind, "scan", 3).truth) <= known, kind


def darkness(picture: np.ndarray, quad: Quad) -> float:
    """How far the darkest ink in a quadrilateral lies below the paper around it."""
    grey = cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)
    mask = np.zeros_like(grey)
    cv2.fillPoly(mask, [np.array(quad, np.int32)], 1)
    tones = grey[mask == 1]
    return float(np.percentile(tones, 90) - np.percentile(tones, 2))


@pytest.mark.parametrize("mode", MODES)
def test_print_stands_out_from_its_ground_in_every_field(mode: str) -> None:
    for kind in ("id_card_front", "driving_licence"):
        specimen = make_specimen(kind, mode, 11)
        for name, quads in specimen.boxes.items():
            assert all(darkness(specimen.bgr, quad) > 25 for quad in quads), name


def test_a_page_shows_all_its_documents_and_keeps_their_truths_apart() -> None:
    page = make_page(("id_card_front", "id_card_back"), "scan", 2)
    front, back = page.specimens
    assert front.bgr is back.bgr
    assert {"name", "id_number"} <= set(front.truth)
    assert "authority" in back.truth
    height, width = page.bgr.shape[:2]
    assert is_inside(front.outline, (width, height))
    assert is_inside(back.outline, (width, height))


def test_documents_that_do_not_fit_on_one_page_are_refused() -> None:
    with pytest.raises(ValueError, match="do not fit"):
        make_page(("vat_invoice", "id_card_back"), "scan", 2)


def test_a_character_that_a_face_lacks_is_drawn_in_one_that_has_it() -> None:
    rare = "堃"
    for group in faces(Style.SANS):
        assert not group[0].has(rare)
        assert face_for(rare, group[0]).has(rare)


def test_more_than_one_family_of_each_chinese_style_is_used() -> None:
    assert len(faces(Style.HEI)) + len(faces(Style.SONG)) + len(faces(Style.KAI)) >= 3


@pytest.fixture
def bare_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    remembered = (_fonts._found, _fonts.faces, _fonts.face_for)
    monkeypatch.setenv("XDG_DATA_DIRS", str(tmp_path))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setenv("HOME", str(tmp_path))
    for function in remembered:
        function.cache_clear()
    yield
    for function in remembered:
        function.cache_clear()


@pytest.mark.usefixtures("bare_machine")
def test_a_machine_without_chinese_fonts_is_told_what_to_install() -> None:
    with pytest.raises(AppError) as raised:
        _fonts.pick_face(Dice(1), Style.HEI)
    assert raised.value.code == "font-missing"


def written(tmp_path: Path, words: Sequence[str]) -> list[dict[str, object]]:
    parser = ArgumentParser()
    _writing.add_arguments(parser)
    assert _writing.run(parser.parse_args([str(tmp_path), *words])) == 0
    entries: list[dict[str, object]] = json.loads((tmp_path / "truth.json").read_text("utf-8"))
    return entries


def test_the_command_writes_pictures_and_their_truth(tmp_path: Path) -> None:
    entries = written(
        tmp_path, ["--kinds", "id_card_back", "--modes", "scan", "camera", "--count", "2"]
    )
    assert len(entries) == 4
    for entry in entries:
        assert cv2.imread(str(tmp_path / str(entry["file"]))) is not None
        assert entry["fields"]
