"""The sound of a part that is not accepted, through whatever player the machine has."""

from __future__ import annotations

import shutil
import subprocess

from app.paths import resources

PLAYERS = (("paplay",), ("pw-play",), ("aplay", "-q"))
"""PipeWire's and PulseAudio's first: they mix; ALSA's own may find the card taken."""
SOUND = "sounds/ng.wav"


class Chime:
    """Plays in a child and never waits for it. Of one thread at a time."""

    def __init__(self) -> None:
        self._player: subprocess.Popen[bytes] | None = None

    def play(self) -> bool:
        """Play once, unless it still sounds; say whether there is anything that plays."""
        if self._player is not None and self._player.poll() is None:
            return True
        for words in PLAYERS:
            if (path := shutil.which(words[0])) is None:
                continue
            self._player = subprocess.Popen(
                [path, *words[1:], str(resources() / SOUND)],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
            return True
        return False

    def close(self) -> None:
        """End what still sounds."""
        if self._player is not None:
            self._player.terminate()
            self._player.wait()
            self._player = None
