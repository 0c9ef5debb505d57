"""The sound of an NG part: through the player that the machine has, or none."""

from __future__ import annotations

import time
import wave
from pathlib import Path

import pytest

from app.desktop.line.sound import SOUND, Chime
from app.paths import resources

PATIENCE_S = 5.0


@pytest.fixture
def players(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PATH", str(tmp_path))
    return tmp_path


def put_player(folder: Path, name: str) -> Path:
    heard = folder / "heard"
    player = folder / name
    player.write_text(f'#!/bin/sh\nprintf "%s\\n" "$*" >> {heard}\n')
    player.chmod(0o755)
    return heard


def test_the_sound_is_a_short_wave_that_every_player_takes() -> None:
    with wave.open(str(resources() / SOUND)) as sound:
        assert sound.getsampwidth() == 2
        assert sound.getnframes() / sound.getframerate() < 1


def test_without_a_player_nothing_is_started_and_it_says_so(players: Path) -> None:
    assert not Chime().play()


@pytest.mark.parametrize("name", ["paplay", "pw-play", "aplay"])
def test_the_player_that_is_there_plays_the_file(players: Path, name: str) -> None:
    heard = put_player(players, name)
    chime = Chime()
    assert chime.play()
    end = time.monotonic() + PATIENCE_S
    while not heard.exists() and time.monotonic() < end:
        time.sleep(0.01)
    chime.close()
    assert heard.read_text().strip().endswith(SOUND)
