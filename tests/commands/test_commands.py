from __future__ import annotations

import json
import socket
from pathlib import Path

import pytest

from app import __version__, paths
from app.__main__ import main
from app.commands._display import has_display
from app.commands._text import columns, padded, plain
from app.records import open_records
from commands.files import Read


def test_the_version_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"mingjian {__version__}\n"


def test_the_overview_names_every_command_with_its_purpose(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["--help"]) == 0
    lines = capsys.readouterr().out.splitlines()
    for name in ("read", "demo", "desktop", "sources", "bench", "specimens"):
        (line,) = [line for line in lines if line.split()[:1] == [name]]
        assert len(line.split()) > 2


def test_help_speaks_the_language_of_the_system(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    main(["read", "--help"])
    assert "读取图像和证件" in capsys.readouterr().out


def test_without_a_display_the_demo_shows_both_workplaces_and_names_the_folder(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    assert main(["demo", "--out", str(out)]) == 0
    told = capsys.readouterr().out
    assert str(out) in told.splitlines()[-1]
    documents = list((paths.resources() / "samples").glob("[0-9]*"))
    boards = json.loads((paths.resources() / "samples/boards/truth.json").read_text("utf-8"))
    for folder, pictures in ((out, len(documents)), (out / "line", len(boards))):
        left = {path.name for path in folder.iterdir()}
        assert {"results.xlsx", "results.csv", "summary.md"} < left
        assert len(list(folder.glob("*.jpg"))) == pictures
    page = (out / "line" / "summary.md").read_text("utf-8")
    for board in boards:
        assert f"| {board['file']} | {board['verdict']} |" in page
    with open_records(paths.home() / "records") as records:
        assert records.count(recipe="pcb") == len(boards)


def test_the_bench_compares_with_the_peer_in_one_table(
    card: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["bench", "read", str(card), "--rounds", "1"]) == 0
    told = capsys.readouterr().out
    assert "| card.png:1 |" in told
    assert "RapidOCR" in told


def test_the_bench_watches_the_memory_card_after_card(
    card: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["bench", "memory", str(card), "--cards", "3"]) == 0
    rows = capsys.readouterr().out.splitlines()
    assert [row.split("|")[1].strip() for row in rows[2:]] == ["1", "2", "3"]
    assert all(0 < float(row.split("|")[2]) <= float(row.split("|")[3]) + 1 for row in rows[2:])


def test_settings_that_are_wrong_end_the_command_before_it_begins(
    read: Read, card: Path, own_home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own_home.mkdir()
    (own_home / "settings.toml").write_text("[reader]\nthraeds = 2\n")
    assert main(["read", str(card)]) == 2
    assert "threads" in capsys.readouterr().err


def test_without_a_display_the_window_is_refused_in_a_sentence(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    assert main(["desktop"]) == 1
    assert "There is no display here" in capsys.readouterr().err


def test_a_display_counts_only_if_it_answers(tmp_path: Path) -> None:
    assert not has_display({})
    assert not has_display({"DISPLAY": ":4711"})
    assert not has_display({"DISPLAY": "localhost:59"})
    assert not has_display({"DISPLAY": "nonsense"})
    assert not has_display({"WAYLAND_DISPLAY": "wayland-9", "XDG_RUNTIME_DIR": str(tmp_path)})
    assert not has_display({"DISPLAY": ":0", "QT_QPA_PLATFORM": "offscreen"})


def test_a_wayland_socket_that_answers_is_a_display(tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as compositor:
        compositor.bind(str(tmp_path / "wayland-0"))
        compositor.listen()
        where = {"WAYLAND_DISPLAY": "wayland-0", "XDG_RUNTIME_DIR": str(tmp_path)}
        assert has_display(where)


def test_an_x_display_in_the_abstract_names_is_found() -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as server:
        server.bind("\0/tmp/.X11-unix/X4712")
        server.listen()
        assert has_display({"DISPLAY": ":4712.0"})


def test_chinese_takes_two_columns_and_nothing_steers_the_terminal() -> None:
    assert columns("李a") == 3
    assert padded("李", 4) == "李  "
    assert plain("a\x1b[2J\nb") == "a\\x1b[2J\\nb"
    assert plain("李\N{RIGHT-TO-LEFT OVERRIDE}") == "李\\u202e"
