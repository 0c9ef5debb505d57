"""A card that reads well, and the command line that reads it."""

from __future__ import annotations

import json
from pathlib import Path

import cv2
import pytest

from app.__main__ import main
from app.toolchain.specimens import Specimen, make_specimen
from commands.files import Objects, Read


@pytest.fixture(scope="session")
def specimen() -> Specimen:
    return make_specimen("id_card_front", "scan", 3)


@pytest.fixture(scope="session")
def card(specimen: Specimen, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("card") / "card.png"
    _, content = cv2.imencode(".png", specimen.bgr)
    path.write_bytes(content.tobytes())
    return path


@pytest.fixture
def read(capsys: pytest.CaptureFixture[str]) -> Read:
    """Run ``mingjian read --json`` in this process: exit status and objects."""

    def run(*words: object) -> tuple[int, Objects]:
        capsys.readouterr()
        status = main(["read", "--json", *map(str, words)])
        return status, [json.loads(line) for line in capsys.readouterr().out.splitlines()]

    return run
