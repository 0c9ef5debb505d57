"""Mutated pictures through the whole of ``read``; the decoder has a fuzz test of its own."""

from __future__ import annotations

import random
from pathlib import Path

import cv2
import numpy as np
import pytest

from app.vocabulary import Bgr
from commands.files import KEYS, Read

MUTANTS = 24
SIDE_PX = 480


@pytest.fixture
def small(card: Path) -> Bgr:
    picture = cv2.imread(str(card))
    assert picture is not None
    return np.asarray(cv2.resize(picture, (SIDE_PX, SIDE_PX * 5 // 8)), np.uint8)


def with_bytes_changed(picture: Bgr, dice: random.Random) -> bytes:
    _, coded = cv2.imencode(dice.choice((".png", ".jpg", ".bmp", ".tif", ".webp")), picture)
    content = bytearray(coded.tobytes())
    for _ in range(dice.randint(1, 12)):
        content[dice.randrange(len(content))] = dice.randrange(256)
    return bytes(content[: dice.choice((len(content), dice.randrange(len(content))))])


def with_pixels_changed(picture: Bgr, dice: random.Random) -> bytes:
    """Return a whole file whose picture no reader expects: slivers, noise, stripes, nothing."""
    high, wide = picture.shape[:2]
    shape = (dice.choice((3, 40, high)), dice.choice((3, 40, wide)), 3)
    noise = np.random.default_rng(dice.randrange(1 << 30)).integers(0, 256, shape, np.uint8)
    strange = dice.choice(
        (noise, np.zeros(shape, np.uint8), picture[::7], picture[:, ::9], picture[:, ::-1])
    )
    return bytes(cv2.imencode(".png", np.ascontiguousarray(strange))[1].tobytes())


def test_no_mutant_stops_the_batch_or_goes_without_an_answer(
    read: Read, small: Bgr, tmp_path: Path
) -> None:
    dice = random.Random(20240229)  # noqa: S311 - a dice, not a secret
    files = [tmp_path / f"{number:02}.png" for number in range(MUTANTS)]
    for number, path in enumerate(files):
        mutate = with_pixels_changed if number % 2 else with_bytes_changed
        path.write_bytes(mutate(small, dice))
    status, found = read(*files, "--out", tmp_path / "out")
    assert status == 1
    assert list(dict.fromkeys(each["file"] for each in found)) == [str(path) for path in files]
    for each in found:
        assert list(each) == KEYS
        assert each["verdict"] == "OK" or each["reasons"]
    assert (tmp_path / "out" / "results.csv").stat().st_size
