"""A pack is made, read by the product, measured and compared."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from app.__main__ import main
from app.engine import open_session
from app.engine._pack import load_pack
from app.reader._boxes import Found
from app.reader._look import Look
from app.toolchain.detector.samples import DEEPPCB_LABELS, read_folder
from app.vocabulary import Bgr
from toolchain.detector_boards import HELD_OUT, SIDE, deeppcb
from toolchain.white_network import write_export


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    exported = write_export(tmp_path / "exported", SIDE)
    words = ["--exported", str(exported), "--licence", "Apache-2.0", "--out", str(tmp_path)]
    assert main(["model", "pack", "--name", "white", *words]) == 0
    return tmp_path / "white"


def look_of(pack: Path) -> Look:
    loaded = load_pack(pack.name, pack.parent)
    return Look(loaded, open_session(loaded))


def found_on(pack: Path, picture: Bgr) -> Found:
    look = look_of(pack)
    return look.find(look.pixels(picture))


def test_a_packed_detector_finds_on_a_picture_what_its_network_says(pack: Path) -> None:
    picture = np.zeros((SIDE, SIDE, 3), np.uint8)
    picture[16:24, 40:48] = 255
    found = found_on(pack, picture)
    assert found.boxes.tolist() == [[36, 12, 52, 28]]
    assert found.labels.tolist() == [0]


def test_a_larger_picture_is_shrunk_and_its_boxes_are_not(pack: Path) -> None:
    picture = np.zeros((SIDE * 2, SIDE, 3), np.uint8)
    picture[32:48, 80:96] = 255
    found = found_on(pack, picture)
    assert found.boxes == pytest.approx(np.array([[72, 24, 104, 56]]), abs=0.01)


def test_a_smaller_picture_stands_in_the_corner(pack: Path) -> None:
    picture = np.zeros((40, 24, 3), np.uint8)
    picture[8:16, 8:16] = 255
    assert found_on(pack, picture).boxes.tolist() == [[4, 4, 20, 20]]


def test_an_altered_pack_is_refused(pack: Path) -> None:
    weights = pack / "model.onnx"
    weights.write_bytes(weights.read_bytes()[:-1])
    with pytest.raises(Exception, match="altered"):
        look_of(pack)


def test_evaluation_is_printed_kept_and_put_on_the_card(
    pack: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    boards = deeppcb(tmp_path / "boards")
    words = ["--data", str(boards), "--groups", HELD_OUT, "--out", str(tmp_path / "figures")]
    assert main(["model", "evaluate", str(pack), *words]) == 0
    _, held_out = read_folder(boards).split([HELD_OUT])
    opens = sum(int((sample.labels == 0).sum()) for sample in held_out)
    assert f"| open | {opens} |" in capsys.readouterr().out
    figures = json.loads((tmp_path / "figures" / "evaluation.json").read_text(encoding="utf-8"))
    assert figures["pictures"] == 3
    assert (tmp_path / "figures" / "curves.csv").read_text().startswith("label,score")
    drawn = (tmp_path / "figures" / "curves.svg").read_text(encoding="utf-8")
    assert drawn.count("<polyline") == len(DEEPPCB_LABELS)
    words = ["--exported", str(tmp_path / "exported"), "--licence", "Apache-2.0"]
    words += ["--evaluation", str(tmp_path / "figures" / "evaluation.json")]
    assert main(["model", "pack", "--name", "white", *words, "--out", str(tmp_path)]) == 0
    assert HELD_OUT in (pack / "CARD.md").read_text(encoding="utf-8")
    assert load_pack("white", tmp_path).manifest.boxes is not None


def test_packs_are_raced_against_the_first(
    pack: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    boards = deeppcb(tmp_path / "boards")
    words = ["--data", str(boards), "--pictures", "2", "--rounds", "1"]
    assert main(["model", "speed", str(pack), str(pack), *words]) == 0
    rows = capsys.readouterr().out.splitlines()
    assert len(rows) == 4
    assert rows[2].count("| 1.00 |") == 2
