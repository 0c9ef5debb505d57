"""PDF: pages at a size fit for reading, rendered by a child that a hostile file takes nowhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.capture import _pdf, open_files
from app.capture._decode import pages
from app.capture._faults import Place
from app.errors import BadPicture
from app.vocabulary import Frame
from capture.capture_parts import drain, form_bomb, locked_pdf, pdf, pdf_of

A4 = (595, 842)


def fault(data: bytes, tmp_path: Path) -> str:
    path = tmp_path / "file.pdf"
    path.write_bytes(data)
    (page,) = pages(path)
    assert isinstance(page.picture, BadPicture)
    return page.picture.code


def test_every_page_is_a_frame_at_220_dpi(tmp_path: Path) -> None:
    path = tmp_path / "letters.pdf"
    path.write_bytes(pdf_of(3, *A4))
    with open_files([path]) as source:
        frames = drain(source)
    assert len(frames) == 3
    for number, frame in enumerate(frames, 1):
        assert isinstance(frame, Frame)
        assert (frame.page, frame.source) == (number, str(path))
        assert frame.bgr.shape == (2573, 1819, 3)
        assert frame.bgr[2500, 50].tolist() == [0, 0, 0]
        assert frame.bgr[50, 50].tolist() == [255, 255, 255]
        assert not frame.bgr.flags.writeable


@pytest.mark.parametrize(
    ("points", "pixels"),
    [((243, 153), (850, 1350)), ((100, 60), (334, 556)), ((14400, 14400), (5000, 5000))],
)
def test_small_pages_are_rendered_finer_and_huge_ones_coarser(
    points: tuple[int, int], pixels: tuple[int, int], tmp_path: Path
) -> None:
    path = tmp_path / "card.pdf"
    path.write_bytes(pdf_of(1, *points))
    (page,) = pages(path)
    assert not isinstance(page.picture, BadPicture)
    assert page.picture.shape[:2] == pixels


def test_a_turned_page_comes_upright(tmp_path: Path) -> None:
    path = tmp_path / "turned.pdf"
    path.write_bytes(pdf_of(1, 600, 400, extra=b"/Rotate 90"))
    (page,) = pages(path)
    assert not isinstance(page.picture, BadPicture)
    assert page.picture.shape[0] > page.picture.shape[1]
    assert page.picture[50, 50].tolist() == [0, 0, 0]


def test_ten_thousand_pages_are_rendered_one_by_one(tmp_path: Path) -> None:
    path = tmp_path / "long.pdf"
    path.write_bytes(pdf_of(10_000, 200, 100))
    given = pages(path)
    assert [next(given).number for _ in range(3)] == [1, 2, 3]
    assert not next(given).is_last
    given.close()  # type: ignore[attr-defined]
    (last,) = pages(path, after=9_999)
    assert (last.number, last.is_last) == (10_000, True)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (locked_pdf(), "picture-encrypted"),
        (pdf_of(1, 200, 200)[:300], "picture-damaged"),
        (b"%PDF-1.7\n", "picture-damaged"),
        (pdf_of(0, 200, 200), "picture-damaged"),
        (pdf_of(1, 500_000, 1), "picture-too-small"),
    ],
)
def test_each_fault_has_its_code(data: bytes, code: str, tmp_path: Path) -> None:
    assert fault(data, tmp_path) == code


def test_a_page_tree_that_promises_a_million_pages_is_given_up_soon(tmp_path: Path) -> None:
    path = tmp_path / "liar.pdf"
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]>>"
    tree = b"<</Type/Pages/Kids[3 0 R]/Count 1000000>>"
    path.write_bytes(pdf([b"<</Type/Catalog/Pages 2 0 R>>", tree, page]))
    given = [page.picture for page in pages(path)]
    assert [isinstance(picture, BadPicture) for picture in given] == [False, True, True, True]


def test_a_page_that_takes_for_ever_is_given_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(_pdf, "PAGE_S", 0.3)
    assert fault(form_bomb(8), tmp_path) == "picture-too-slow"


def test_a_crash_of_the_renderer_is_told_and_hurts_nobody(tmp_path: Path) -> None:
    path = tmp_path / "long.pdf"
    path.write_bytes(pdf_of(50, *A4))
    with path.open("rb") as file:
        renderer = _pdf._Renderer(file, 0)
        first = renderer.next_page(Place(path), 1)
        assert first is not None
        assert not isinstance(first.picture, BadPicture)
        renderer._process.kill()
        number = 2
        while (page := renderer.next_page(Place(path), number)) and not page.is_last:
            number += 1
        renderer.close()
    assert page is not None
    assert isinstance(page.picture, BadPicture)
    assert page.picture.code == "picture-damaged"
    assert page.picture.page == number
