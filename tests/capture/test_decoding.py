"""Every sort of file becomes upright BGR frames; every sort of damage one sentence."""

from __future__ import annotations

import os
import struct
import zlib
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from app.capture import open_files
from app.capture._decode import pages
from app.errors import BadPicture
from app.vocabulary import Bgr
from capture.capture_parts import HEIGHT, WIDTH, drain, is_upright, saved, upright

TURNED_BACK = {
    1: None,
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}
"""How a camera stores what is upright, by EXIF orientation."""


def decoded(data: bytes, tmp_path: Path) -> list[Bgr | BadPicture]:
    path = tmp_path / "picture.jpg"
    path.write_bytes(data)
    return [page.picture for page in pages(path)]


def only(data: bytes, tmp_path: Path) -> Bgr:
    (picture,) = decoded(data, tmp_path)
    assert not isinstance(picture, BadPicture), picture
    return picture


def fault(data: bytes, tmp_path: Path) -> str:
    (picture,) = decoded(data, tmp_path)
    assert isinstance(picture, BadPicture)
    assert "picture.jpg" in str(picture.what)
    return picture.code


def png(width: int, height: int, data: bytes = b"") -> bytes:
    def chunk(name: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        )

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    start = b"\x89PNG\r\n\x1a\n"
    return start + chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


@pytest.mark.parametrize("orientation", TURNED_BACK)
@pytest.mark.parametrize("form", ["JPEG", "PNG", "TIFF", "WEBP"])
def test_exif_orientation_is_applied_once(form: str, orientation: int, tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    turn = TURNED_BACK[orientation]
    stored = upright().transpose(turn) if turn is not None else upright()
    assert is_upright(only(saved(stored, form, exif=exif), tmp_path))


@pytest.mark.parametrize(
    ("form", "mode"),
    [
        *[(form, "RGB") for form in ("JPEG", "PNG", "BMP", "GIF", "WEBP", "TIFF", "PPM")],
        *[("PNG", mode) for mode in ("P", "RGBA")],
        *[("TIFF", mode) for mode in ("CMYK", "YCbCr", "LAB", "RGBA")],
        ("JPEG", "CMYK"),
        ("WEBP", "RGBA"),
    ],
)
def test_colours_of_every_sort_become_bgr(form: str, mode: str, tmp_path: Path) -> None:
    assert is_upright(only(saved(upright(mode), form), tmp_path))


@pytest.mark.parametrize("compression", ["raw", "tiff_lzw", "tiff_deflate", "packbits", "jpeg"])
def test_a_tiff_may_be_compressed_in_many_ways(compression: str, tmp_path: Path) -> None:
    assert is_upright(only(saved(upright(), "TIFF", compression=compression), tmp_path))


@pytest.mark.parametrize("form", ["PNG", "TIFF"])
@pytest.mark.parametrize("most", [255, 4095, 65535])
def test_sixteen_bits_become_eight_with_black_and_white_kept(
    form: str, most: int, tmp_path: Path
) -> None:
    ramp = np.linspace(0, most, WIDTH).astype(np.uint16)
    bgr = only(saved(Image.fromarray(np.tile(ramp, (HEIGHT, 1))), form), tmp_path)
    assert bgr[0, 0, 0] == 0
    assert bgr[0, -1, 0] >= 254
    assert abs(int(bgr[0, WIDTH // 2, 0]) - 128) < 3


def test_floating_point_is_spread_between_black_and_white(tmp_path: Path) -> None:
    ramp = np.tile(np.linspace(-3, 7, WIDTH).astype(np.float32), (HEIGHT, 1))
    bgr = only(saved(Image.fromarray(ramp), "TIFF"), tmp_path)
    assert (bgr[0, 0, 0], bgr[0, -1, 0]) == (0, 255)


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
def test_values_that_are_no_numbers_still_give_a_picture(value: float, tmp_path: Path) -> None:
    odd = np.full((HEIGHT, WIDTH), 0.5, np.float32)
    odd[5, 5] = value
    assert only(saved(Image.fromarray(odd), "TIFF"), tmp_path).shape == (HEIGHT, WIDTH, 3)


@pytest.mark.parametrize("mode", ["1", "L"])
def test_grey_and_black_and_white_become_three_equal_channels(mode: str, tmp_path: Path) -> None:
    bgr = only(saved(upright(mode), "PNG"), tmp_path)
    assert (bgr[..., 0] == bgr[..., 1]).all()
    assert (bgr[..., 1] == bgr[..., 2]).all()


def test_what_is_transparent_shows_white_paper(tmp_path: Path) -> None:
    clear = Image.new("RGBA", (WIDTH, HEIGHT), (0, 0, 0, 0))
    clear.paste((0, 0, 0, 255), (0, 0, 20, 20))
    bgr = only(saved(clear, "PNG"), tmp_path)
    assert bgr[10, 10].tolist() == [0, 0, 0]
    assert bgr[40, 60].tolist() == [255, 255, 255]


@pytest.mark.parametrize("form", ["GIF", "PNG", "WEBP"])
def test_an_animation_gives_its_first_picture(form: str, tmp_path: Path) -> None:
    others = [Image.new("RGB", (WIDTH, HEIGHT), colour) for colour in ("green", "black")]
    data = saved(upright(), form, save_all=True, append_images=others)
    assert is_upright(only(data, tmp_path))


def test_a_tiff_gives_a_frame_a_page_and_no_thumbnail(tmp_path: Path) -> None:
    small = Image.new("RGB", (30, 20), "green")
    small.encoderinfo = {"tiffinfo": {254: 1}}
    path = tmp_path / "fax.tif"
    path.write_bytes(
        saved(upright(), "TIFF", save_all=True, append_images=[small, upright("L"), upright()])
    )
    with open_files([path]) as source:
        frames = drain(source)
    told = [(f.source, f.page, f.bgr.shape[:2]) for f in frames if not isinstance(f, BadPicture)]
    assert told == [(str(path), number, (HEIGHT, WIDTH)) for number in (1, 2, 3)]


def test_content_decides_and_not_the_name(tmp_path: Path) -> None:
    (tmp_path / "photo.dat").write_bytes(saved(upright(), "JPEG"))
    (tmp_path / "scan.png").write_bytes(saved(upright(), "TIFF"))
    (tmp_path / "notes.txt").write_text("nothing to see")
    with open_files([tmp_path]) as source:
        frames = drain(source)
    assert len(frames) == 2
    assert all(not isinstance(frame, BadPicture) and is_upright(frame.bgr) for frame in frames)


@pytest.mark.parametrize("form", ["JPEG", "PNG", "BMP", "GIF", "WEBP", "TIFF", "PPM"])
@pytest.mark.parametrize("kept", [0.3, 0.6, 0.9])
def test_a_file_that_is_cut_short_is_refused(form: str, kept: float, tmp_path: Path) -> None:
    data = saved(_noise(), form)
    assert fault(data[: int(len(data) * kept)], tmp_path) in (
        "picture-truncated",
        "picture-damaged",
    )


def test_a_jpeg_whose_end_was_never_written_is_refused(tmp_path: Path) -> None:
    data = saved(_noise(), "JPEG", exif=_with_thumbnail())
    half = len(data) * 2 // 3
    assert fault(data[:half] + bytes(len(data) - half), tmp_path) == "picture-truncated"


@pytest.mark.parametrize("offset", range(45, 400, 50))
def test_one_wrong_bit_in_a_png_is_noticed(offset: int, tmp_path: Path) -> None:
    data = bytearray(saved(_noise(), "PNG"))
    data[offset] ^= 1
    assert fault(bytes(data), tmp_path) in ("picture-damaged", "picture-truncated")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "picture-empty"),
        (b"hello", "picture-format"),
        (b"\xff\xd8\xff", "picture-truncated"),
        (b"\xff\xd8\xff\xe0\0\4ab" + b"x" * 50, "picture-damaged"),
        (b"BM, they said", "picture-format"),
        (png(20_000, 20_000, zlib.compress(bytes(9))), "picture-too-large"),
        (png(2**31 - 1, 2**31 - 1), "picture-too-large"),
        (png(0, 0), "picture-damaged"),
        (png(200, 200), "picture-truncated"),
        (saved(Image.new("RGB", (1, 1)), "PNG"), "picture-too-small"),
        (saved(Image.new("L", (400, 15)), "TIFF"), "picture-too-small"),
        (
            saved(Image.new("1", (20_000, 20_000)), "TIFF", compression="group4"),
            "picture-too-large",
        ),
        (b"II*\0\x08\0\0\0\xff\xff", "picture-damaged"),
    ],
)
def test_each_fault_has_its_code(data: bytes, code: str, tmp_path: Path) -> None:
    assert fault(data, tmp_path) == code


def test_a_progressive_jpeg_with_thousands_of_scans_is_not_decoded(tmp_path: Path) -> None:
    large = saved(Image.new("L", (1500, 1500)), "JPEG", progressive=True)
    start = large.index(b"\xff\xda")
    scan = large[start : large.index(b"\xff", start + 2)]
    assert fault(large[:-2] + scan * 1000 + b"\xff\xd9", tmp_path) == "picture-damaged"


def test_a_damaged_page_is_told_by_number_and_the_next_is_read(tmp_path: Path) -> None:
    several = [upright(), upright()]
    data = saved(upright(), "TIFF", save_all=True, append_images=several, compression="tiff_lzw")
    path = tmp_path / "fax.tif"
    path.write_bytes(data)
    with Image.open(path) as tiff:
        tiff.seek(1)
        offset, size = tiff.tag_v2[273][0], tiff.tag_v2[279][0]  # type: ignore[attr-defined]
    path.write_bytes(data[:offset] + b"\xff" * size + data[offset + size :])
    with open_files([path]) as source:
        frames = drain(source)
    bad = frames[1]
    assert isinstance(bad, BadPicture)
    assert (bad.page, bad.source) == (2, str(path))
    assert "fax.tif, page 2" in str(bad.what)
    assert [isinstance(frame, BadPicture) for frame in frames] == [False, True, False]


def test_a_directory_of_bad_pages_is_given_up_soon(tmp_path: Path) -> None:
    tiny = [Image.new("L", (1, 1)) for _ in range(50)]
    data = saved(tiny[0], "TIFF", save_all=True, append_images=tiny)
    assert len(decoded(data, tmp_path)) == 3


def test_pictures_of_any_size_are_whole_and_read_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.capture._pixels._STRIP_PIXELS", 1000)
    bgr = only(saved(upright(), "PNG"), tmp_path)
    assert is_upright(bgr)
    assert not bgr.flags.writeable


def test_decoders_print_nothing(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    for form in ("JPEG", "TIFF", "PNG", "WEBP"):
        data = saved(upright(), form)
        spoilt = data[: len(data) // 2] + os.urandom(40) + data[len(data) // 2 + 40 :]
        decoded(spoilt, tmp_path)
        decoded(data[:-30], tmp_path)
    assert capfd.readouterr() == ("", "")


def _noise() -> Image.Image:
    rng = np.random.default_rng(3)
    return Image.fromarray(rng.integers(0, 256, (HEIGHT, WIDTH, 3), np.uint8))


def _with_thumbnail() -> bytes:
    return b"Exif\0\0" + saved(Image.new("RGB", (16, 16)), "JPEG")
