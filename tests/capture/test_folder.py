"""Folders and files, once: the order, what counts as a picture, and what lies in the way."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from app.capture import open_files, open_source
from app.capture._address import written
from app.errors import BadPicture, SettingsError, SourceLost
from app.vocabulary import Frame
from capture.capture_parts import drain, is_upright, saved, upright

PICTURE = saved(upright(), "PNG")
NOBODY = 65534


def put(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(PICTURE)


def names_of(frames: list[Frame | BadPicture]) -> list[str]:
    return [Path(frame.source).name for frame in frames]


@contextmanager
def somebody_else() -> Iterator[None]:
    """Be somebody who may not read what the superuser put away."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


def test_pictures_come_in_natural_order(tmp_path: Path) -> None:
    put(tmp_path, "page 10.png", "page 2.png", "Page 1.png", "sub/page 3.png", ".hidden.png")
    with open_source(f"folder:{tmp_path}") as source:
        assert names_of(drain(source)) == ["Page 1.png", "page 2.png", "page 10.png"]
    with open_source(f"folder:{tmp_path}?recursive=1") as source:
        assert sorted(names_of(drain(source)))[-1] == "page 3.png"


def test_a_pattern_stands_for_what_it_matches(tmp_path: Path) -> None:
    put(tmp_path, "a1.png", "a2.png", "b1.png")
    (tmp_path / "a.txt").write_text("no picture")
    with open_source(f"folder:{tmp_path}/a*") as source:
        assert names_of(drain(source)) == ["a1.png", "a2.png"]


def test_a_folder_whose_name_looks_like_knobs_is_found(tmp_path: Path) -> None:
    folder = tmp_path / "what?a=b%20&c"
    put(folder, "a.png")
    with open_source(written("folder", str(folder))) as source:
        assert len(drain(source)) == 1


def test_progress_and_the_end_are_known_without_asking_once_more(tmp_path: Path) -> None:
    put(tmp_path, "1.png", "2.png")
    with open_source(f"folder:{tmp_path}") as source:
        assert (source.progress, source.is_finished) == (0.0, False)
        source.next_frame()
        assert (source.progress, source.is_finished) == (0.5, False)
        source.next_frame()
        assert (source.progress, source.is_finished) == (1.0, True)
        assert source.next_frame() is None


def test_a_truncated_jpeg_is_told_in_one_sentence_and_the_rest_goes_on(tmp_path: Path) -> None:
    put(tmp_path, "1.png", "3.png")
    jpeg = saved(upright(), "JPEG")
    (tmp_path / "2.jpg").write_bytes(jpeg[: len(jpeg) - 20])
    with open_source(f"folder:{tmp_path}") as source:
        first, bad, last = drain(source)
    assert isinstance(first, Frame)
    assert isinstance(bad, BadPicture)
    assert isinstance(last, Frame)
    assert bad.source == str(tmp_path / "2.jpg")
    assert str(bad.what).endswith("2.jpg” is cut short: its end is missing.")


def test_pipes_devices_and_circles_of_links_neither_block_nor_stop_the_rest(
    tmp_path: Path,
) -> None:
    os.mkfifo(tmp_path / "1.jpg")
    (tmp_path / "2.jpg").symlink_to("/dev/zero")
    (tmp_path / "3.jpg").symlink_to("3.jpg")
    (tmp_path / "4.jpg").symlink_to("nowhere")
    (tmp_path / "5").symlink_to(tmp_path)
    (tmp_path / "6.jpg").mkdir()
    os.mkfifo(tmp_path / "7")
    put(tmp_path, "8.png")
    with open_source(f"folder:{tmp_path}?recursive=1") as source:
        taken = drain(source)
    codes = [bad.code for bad in taken if isinstance(bad, BadPicture)]
    assert codes == ["picture-not-a-file"] * 2 + ["picture-dead-link"] * 2
    assert names_of(taken)[-1] == "8.png"
    assert len(taken) == 5


@pytest.mark.parametrize(
    "name",
    [b"two\nlines.png", b"back\xe2\x80\xae\xe2\x80\xaewards.png", b"not \xff\xfe Unicode.png"],
)
def test_a_strange_name_is_read_and_shown_on_one_line(name: bytes, tmp_path: Path) -> None:
    good, empty = (os.fsencode(tmp_path) + b"/" + which + name for which in (b"a", b"b"))
    Path(os.fsdecode(good)).write_bytes(PICTURE)
    Path(os.fsdecode(empty)).touch()
    with open_source(f"folder:{tmp_path}") as source:
        frame, bad = drain(source)
    assert isinstance(frame, Frame)
    assert is_upright(frame.bgr)
    frame.source.encode()
    assert isinstance(bad, BadPicture)
    assert str(bad.what).isprintable()


def test_what_is_missing_or_empty_is_told_at_its_turn(tmp_path: Path) -> None:
    put(tmp_path, "1.png", "2.png")
    empty = tmp_path / "empty"
    empty.mkdir()
    given = [tmp_path / "1.png", tmp_path / "gone.png", empty, tmp_path / "2.png"]
    with open_files(given) as source:
        taken = drain(source)
    assert [bad.code for bad in taken if isinstance(bad, BadPicture)] == [
        "picture-missing",
        "folder-empty",
    ]
    assert names_of(taken) == ["1.png", "gone.png", "empty", "2.png"]


@pytest.mark.parametrize("name", ["locked", "locked/inside"])
def test_a_folder_without_rights_is_told(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path, "open/locked/inside/1.png")
    (tmp_path / "open").chmod(0o755)
    (tmp_path / "open/locked").chmod(0)
    monkeypatch.chdir(tmp_path / "open")
    with somebody_else(), pytest.raises(SourceLost, match="may not be read") as told:
        open_source(f"folder:{name}").open()
    (tmp_path / "open/locked").chmod(0o700)
    assert told.value.code == "picture-forbidden"


def test_a_file_without_rights_is_told_and_the_rest_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "shared"
    folder.mkdir()
    folder.chmod(0o755)
    # From within: somebody else may not even pass the folders above.
    monkeypatch.chdir(folder)
    put(folder, "1.png", "2.png", "locked/3.png")
    (folder / "1.png").chmod(0)
    (folder / "2.png").chmod(0o644)
    (folder / "locked").chmod(0o300)
    with somebody_else(), open_source("folder:.?recursive=1") as source:
        taken = drain(source)
    (folder / "locked").chmod(0o700)
    codes = [item.code if isinstance(item, BadPicture) else "read" for item in taken]
    assert codes == ["picture-forbidden", "read", "picture-forbidden"]


def test_a_folder_needs_a_name() -> None:
    with pytest.raises(SettingsError, match="which folder"):
        open_source("folder:")


def test_a_bare_path_is_a_folder(tmp_path: Path) -> None:
    put(tmp_path, "1.png")
    with open_source(str(tmp_path)) as source:
        assert len(drain(source)) == 1
