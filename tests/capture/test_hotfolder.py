"""A watched folder: waits for what is being written, gives each page once, touches nothing."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.capture import Source, open_source
from app.capture._address import written
from app.capture._files import is_being_written
from app.errors import BadPicture, SettingsError, SourceLost
from capture.capture_parts import PATIENCE_S, await_frame, is_upright, saved, upright

PICTURE = saved(upright(), "PNG")
OTHER = saved(upright("L"), "PNG")
POLL_S = 0.03
SETTLE_S = 0.06
QUIET_S = 0.3
"""Several looks at the folder; nothing that will come has not come by then."""


@pytest.fixture(autouse=True)
def quick_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.capture.hotfolder._POLL_S", POLL_S)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "scans"
    place.mkdir()
    return place


def watch(folder: Path, patience_s: float = 0) -> Source:
    return open_source(written("hotfolder", str(folder), settle_s=SETTLE_S, patience_s=patience_s))


@pytest.fixture
def source(folder: Path) -> Iterator[Source]:
    with watch(folder) as source:
        yield source


def taken(folder: Path) -> list[str]:
    """Watch anew, as after a restart, and name what comes."""
    with watch(folder) as source:
        names = []
        while frame := source.next_frame(QUIET_S):
            names.append(Path(frame.source).name)
        return names


def test_what_is_there_and_what_arrives_is_given_oldest_first(folder: Path, source: Source) -> None:
    for age, name in enumerate(("c.png", "a.png", "b.png")):
        (folder / name).write_bytes(PICTURE)
        os.utime(folder / name, (1e9 - age, 1e9 - age))
    names = [Path(await_frame(source).source).name for _ in range(3)]
    assert names == ["b.png", "a.png", "c.png"]
    (folder / "d.png").write_bytes(PICTURE)
    frame = await_frame(source)
    assert (frame.source, frame.page, frame.number) == (str(folder / "d.png"), 1, 4)
    assert is_upright(frame.bgr)
    assert not source.is_finished


def test_a_writer_who_still_holds_a_file_is_noticed(folder: Path) -> None:
    path = folder / "slow.png"
    with path.open("wb") as writer, path.open("rb") as reader:
        writer.write(PICTURE)
        if not is_being_written(reader):
            pytest.skip("this file system grants no leases")
    with path.open("rb") as reader:
        assert not is_being_written(reader)


def test_a_file_that_somebody_holds_open_is_waited_for(folder: Path) -> None:
    with watch(folder, patience_s=PATIENCE_S) as source:
        with (folder / "slow.png").open("wb") as file:
            file.write(PICTURE[:100])
            file.flush()
            assert source.next_frame(QUIET_S) is None
            file.write(PICTURE[100:])
        assert is_upright(await_frame(source).bgr)


def test_a_file_that_grows_is_waited_for_though_nobody_seems_to_hold_it(folder: Path) -> None:
    def write() -> None:
        for start in range(0, len(PICTURE), 40):
            with (folder / "remote.png").open("ab") as file:
                file.write(PICTURE[start : start + 40])
            time.sleep(SETTLE_S / 4)

    writer = threading.Thread(target=write)
    with watch(folder, patience_s=PATIENCE_S) as source:
        writer.start()
        try:
            assert is_upright(await_frame(source).bgr)
        finally:
            writer.join()


def test_a_file_that_is_cut_short_is_given_time_to_become_whole(folder: Path) -> None:
    with watch(folder, patience_s=PATIENCE_S) as source:
        (folder / "pausing.png").write_bytes(PICTURE[:150])
        assert source.next_frame(QUIET_S) is None
        (folder / "pausing.png").write_bytes(PICTURE)
        assert is_upright(await_frame(source).bgr)


def test_a_file_that_stays_cut_short_is_told_once_and_never_again(folder: Path) -> None:
    (folder / "1.png").write_bytes(PICTURE[:150])
    with watch(folder, patience_s=0.5) as source:
        with pytest.raises(BadPicture) as told:
            await_frame(source)
        assert told.value.code == "picture-truncated"
        assert told.value.source == str(folder / "1.png")
        (folder / "2.png").write_bytes(PICTURE)
        assert await_frame(source).source.endswith("2.png")
        assert source.next_frame(QUIET_S) is None
    assert taken(folder) == []


def test_names_that_promise_more_to_come_are_left_alone_until_they_change(
    folder: Path, source: Source
) -> None:
    (folder / "a.png.part").write_bytes(PICTURE)
    (folder / ".b.png").write_bytes(PICTURE)
    (folder / "notes.txt").write_text("no picture")
    assert source.next_frame(QUIET_S) is None
    (folder / "a.png.part").rename(folder / "a.png")
    assert await_frame(source).source.endswith("a.png")


def test_no_file_is_processed_twice_restarted_touched_or_renamed(folder: Path) -> None:
    (folder / "1.png").write_bytes(PICTURE)
    assert taken(folder) == ["1.png"]
    assert taken(folder) == []
    (folder / "1.png").touch()
    assert taken(folder) == []
    (folder / "1.png").rename(folder / "2.png")
    assert taken(folder) == []


def test_new_content_under_an_old_name_and_a_copy_are_files_of_their_own(folder: Path) -> None:
    (folder / "1.png").write_bytes(PICTURE)
    assert taken(folder) == ["1.png"]
    (folder / "1.png").write_bytes(OTHER)
    (folder / "copy.png").write_bytes(PICTURE)
    assert sorted(taken(folder)) == ["1.png", "copy.png"]


def test_a_kill_in_the_middle_of_a_file_goes_on_with_its_next_page(folder: Path) -> None:
    pages = [upright(), upright()]
    (folder / "fax.tif").write_bytes(saved(upright(), "TIFF", save_all=True, append_images=pages))
    child = """
        import os, sys
        from app.capture import open_source
        source = open_source(sys.argv[1])
        source.open()
        while not (frame := source.next_frame()): pass
        os.write(1, b"%d" % frame.page)
        os.kill(os.getpid(), 9)
    """
    address = written("hotfolder", str(folder), settle_s=0)
    command = [sys.executable, "-c", textwrap.dedent(child), address]
    killed = subprocess.run(command, stdout=subprocess.PIPE, timeout=60, check=False)
    assert (killed.stdout, killed.returncode) == (b"1", -9)
    with watch(folder) as source:
        assert [await_frame(source).page for _ in range(2)] == [2, 3]
        assert source.next_frame(QUIET_S) is None


def test_a_folder_that_vanishes_is_told_and_goes_on_when_it_is_back(folder: Path) -> None:
    (folder / "1.png").write_bytes(PICTURE)
    away = folder.with_name("away")
    source = watch(folder)
    source.open()
    await_frame(source)
    folder.rename(away)
    with pytest.raises(SourceLost) as told:
        source.next_frame(QUIET_S)
    assert told.value.code == "folder-lost"
    source.close()
    with pytest.raises(SourceLost):
        source.open()
    away.rename(folder)
    (folder / "2.png").write_bytes(PICTURE)
    assert taken(folder) == ["2.png"]


def test_nothing_in_the_folder_is_changed_or_added(folder: Path) -> None:
    (folder / "1.png").write_bytes(PICTURE)
    (folder / "2.png").write_bytes(b"damaged")

    def state() -> list[tuple[str, int, int]]:
        entries = ((path.name, path.stat()) for path in sorted(folder.iterdir()))
        return [(name, status.st_mtime_ns, status.st_size) for name, status in entries]

    before = state()
    with watch(folder) as source:
        await_frame(source)
        with pytest.raises(BadPicture):
            await_frame(source)
    assert state() == before


def test_a_pipe_and_a_dead_link_are_told_once_and_block_nothing(
    folder: Path, source: Source
) -> None:
    os.mkfifo(folder / "1.png")
    (folder / "2.png").symlink_to("2.png")
    (folder / "3.png").write_bytes(PICTURE)
    told = []
    for _ in range(3):
        try:
            told.append(await_frame(source).source[-5:])
        except BadPicture as bad:
            told.append(bad.code)
    assert sorted(told) == ["3.png", "picture-dead-link", "picture-not-a-file"]
    assert source.next_frame(QUIET_S) is None


def test_a_file_taken_away_before_its_turn_is_no_fault(folder: Path, source: Source) -> None:
    for name in ("1.png", "2.png"):
        (folder / name).write_bytes(PICTURE)
    await_frame(source)
    for path in folder.iterdir():
        path.unlink()
    assert source.next_frame(QUIET_S) is None


def test_without_a_ledger_nothing_is_given(folder: Path, own_home: Path) -> None:
    (folder / "1.png").write_bytes(PICTURE)
    own_home.write_text("a file where the product's folder should be")
    with pytest.raises(SourceLost) as told:
        watch(folder).open()
    assert told.value.code == "folder-ledger"


def test_a_damaged_ledger_is_told_and_nothing_is_processed_again(
    folder: Path, own_home: Path
) -> None:
    (folder / "1.png").write_bytes(PICTURE)
    own_home.mkdir()
    (own_home / "hotfolders.sqlite3").write_bytes(b"x" * 5000)
    with pytest.raises(SourceLost, match="hotfolders") as told:
        watch(folder).open()
    assert told.value.code == "folder-ledger"


def test_a_hot_folder_needs_a_name() -> None:
    with pytest.raises(SettingsError, match="which folder"):
        open_source("hotfolder")
