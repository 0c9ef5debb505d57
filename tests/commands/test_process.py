"""The command line as a child process: what only a real one shows."""

from __future__ import annotations

import json
import os
import pty
import signal
import subprocess
import sys
import termios
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

ENTRY = [sys.executable, "-m", "app"]
ROOT = Path(__file__).resolve().parent.parent.parent
BOARD = ROOT / "resources" / "samples" / "boards" / "board-01.png"
HEAVY = ("PySide6", "sqlalchemy", "alembic", "pypdfium2", "tqdm", "rapidocr", "xlsxwriter")


@contextmanager
def child(*words: object, **kept: int) -> Iterator[subprocess.Popen[bytes]]:
    """Start ``mingjian``; it is ended in any case."""
    streams = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE} | kept
    with subprocess.Popen([*ENTRY, *map(str, words)], cwd=ROOT, **streams) as process:  # type: ignore[call-overload]
        try:
            yield process
        finally:
            process.kill()


def loaded_by(*words: object) -> set[str]:
    """Run a command and say which packages it loaded."""
    script = (
        "import json, sys; from app.__main__ import main; status = main(sys.argv[1:]);"
        "print(json.dumps(sorted({name.partition('.')[0] for name in sys.modules})),"
        "file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, *map(str, words)], cwd=ROOT, capture_output=True, check=True
    )
    return set(json.loads(done.stderr.splitlines()[-1]))


def test_the_overview_loads_nothing_heavy() -> None:
    assert loaded_by("--help") & {*HEAVY, "numpy", "cv2", "pydantic", "onnxruntime"} == set()


def test_reading_a_card_loads_neither_window_nor_database(card: Path) -> None:
    assert loaded_by("read", "--json", card) & set(HEAVY) == set()


def test_inspecting_a_board_loads_neither_window_nor_database() -> None:
    assert loaded_by("inspect", "--json", BOARD) & set(HEAVY) == set()


def test_inspection_that_is_interrupted_keeps_what_was_seen(tmp_path: Path) -> None:
    with child("inspect", "--json", *[BOARD] * 200, "--out", tmp_path / "out") as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.send_signal(signal.SIGINT)
        rest = process.stdout.read().splitlines()
        assert process.stderr.read() == b""
        assert process.wait() == 130
    assert all(json.loads(line)["recipe"]["name"] == "pcb" for line in rest)
    assert (tmp_path / "out" / "results.xlsx").stat().st_size


def test_a_reader_that_goes_away_ends_the_batch_without_a_word(card: Path) -> None:
    with child("read", "--json", *[card] * 50) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait() == 141


@pytest.mark.parametrize(("blow", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_an_interruption_ends_the_batch_without_a_traceback_and_keeps_what_was_read(
    blow: signal.Signals, status: int, card: Path, tmp_path: Path
) -> None:
    with child("read", "--json", *[card] * 50, "--out", tmp_path / "out") as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.send_signal(blow)
        rest = process.stdout.read().splitlines()
        assert process.stderr.read() == b""
        assert process.wait() == status
    assert all(json.loads(line)["document"] == "id_card_front" for line in rest)
    assert (tmp_path / "out" / "results.xlsx").stat().st_size


def test_a_name_that_is_no_utf8_comes_back_out_of_the_json(card: Path, tmp_path: Path) -> None:
    name = os.fsencode(tmp_path) + b"/caf\xe9.png"
    try:
        Path(os.fsdecode(name)).write_bytes(card.read_bytes())
    except OSError:
        pytest.skip("this file system only takes UTF-8")
    done = subprocess.run(
        [*ENTRY, "read", "--json", os.fsdecode(name)], cwd=ROOT, capture_output=True, check=False
    )
    assert done.returncode == 0
    assert json.loads(done.stdout)["file"].endswith("caf\\xe9.png")


def test_a_terminal_sees_how_far_the_batch_is(card: Path) -> None:
    screen, terminal = pty.openpty()
    termios.tcsetwinsize(terminal, (24, 80))
    with child("read", "--json", card, card, stderr=terminal) as process:
        assert process.stdout is not None
        lines = process.stdout.read().splitlines()
        assert process.wait() == 0
    seen = os.read(screen, 65536).decode()
    os.close(screen)
    os.close(terminal)
    assert len(lines) == 2
    assert "100% |" in seen


def test_without_arguments_the_overview_is_shown_as_wrong_use() -> None:
    with child() as process:
        out, told = process.communicate()
    assert process.returncode == 2
    assert out == b""
    assert b"read" in told
