"""Packs become OM models: what ATC is told, what is kept, and what is refused before it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from engine.packs import tiny_pack

from app import paths
from app.__main__ import main
from app.engine import open_session
from app.engine._pack import load_pack
from app.engine._site import conversions, site_folder
from app.errors import AppError
from app.reader._search import CLOSEST, GLANCES
from app.toolchain.conversion.convert import ONE_AT_A_TIME, convert, small_board
from app.toolchain.conversion.plan import Plan, Wish, plan_for

TESTS = Path(__file__).resolve().parent.parent
CHIP = "Ascend310P3_emulation"
SIZES = ("--sizes", "16x24", "16x48")


@pytest.fixture
def atc(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The emulated ATC on the path, as CANN's set_env.sh would put the real one."""
    folder = tmp_path / "bin"
    folder.mkdir()
    command = folder / "atc"
    command.write_text(
        f'#!/bin/sh\nPYTHONPATH={TESTS} exec {sys.executable} -m cann.atc "$@"\n', encoding="utf-8"
    )
    command.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}:{os.environ['PATH']}")
    return command


def planned(name: str, **wish: Any) -> Plan:
    return plan_for(load_pack(name), Wish(**{"chip": "Ascend310P3"} | wish))


def test_a_pack_of_fixed_size_is_static_and_one_of_widths_has_gears() -> None:
    fixed = planned("ppocr-cls")
    assert fixed.words[:2] == ("atc", "--framework=5")
    assert "--input_shape=x:1,3,48,192" in fixed.words
    assert "--precision_mode_v2=fp16" in fixed.words
    gears = planned("ppocrv6-rec-small", precision="origin")
    assert "--input_shape=x:1,3,-1,-1" in gears.words
    (sizes,) = [word for word in gears.words if word.startswith("--dynamic_image_size=48,48;48,64")]
    assert sizes.count(";") == len(load_pack("ppocrv6-rec-small").manifest.input.widths) - 1
    assert "--precision_mode_v2=origin" in gears.words
    grey = planned("pcb-defects")
    assert "--input_shape=pictures:1,1,640,640" in grey.words


def test_the_chip_normalises_as_the_pack_says() -> None:
    fixed = planned("ppocr-cls", on_chip=True)
    assert "--insert_op_conf=aipp.cfg" in fixed.words
    assert "src_image_size_w: 192\n" in fixed.aipp
    assert "min_chn_0: 127.5\n" in fixed.aipp
    assert "var_reci_chn_2: 0.007843137255\n" in fixed.aipp
    assert "rbuv_swap_switch: false" in fixed.aipp
    assert "src_image_size_w: 0\n" in planned("ppocrv6-rec-small", on_chip=True).aipp
    assert "YUV400_U8" in planned("pcb-defects", on_chip=True).aipp


@pytest.mark.parametrize(
    ("name", "wish", "code"),
    [
        ("ppocr-cls", {"chip": "310P3"}, "convert-chip"),
        ("ppocr-cls", {"chip": "Ascend310P3; rm"}, "convert-chip"),
        ("ppocr-cls", {"is_sparse": True}, "convert-sparse"),
        ("ppocrv6-det-small", {"sizes": ((448, 450),)}, "convert-size"),
        ("ppocrv6-rec-small", {"sizes": ((32, 320),)}, "convert-size"),
        (
            "ppocrv6-det-small",
            {"sizes": tuple((32, 32 * n) for n in range(1, 102))},
            "convert-many",
        ),
    ],
)
def test_what_cannot_be_converted_is_told_before_atc_is_asked(
    name: str, wish: dict[str, Any], code: str
) -> None:
    with pytest.raises(AppError) as told:
        planned(name, **wish)
    assert told.value.code == code
    if code == "convert-sparse":
        assert "--sparsity=1" in planned(name, **wish, chip="Ascend310B4").words


def test_a_pack_of_any_size_wants_sizes_to_be_named(tmp_path: Path) -> None:
    with pytest.raises(AppError) as told:
        plan_for(tiny_pack(tmp_path), Wish(CHIP))
    assert told.value.code == "convert-sizes"


def test_whatever_the_reader_looks_at_fits_into_a_gear_of_the_text_detector() -> None:
    gears = load_pack("ppocrv6-det-small").manifest.input.gears
    assert (
        f"--dynamic_image_size={';'.join(f'{h},{w}' for h, w in gears)}"
        in planned("ppocrv6-det-small").words
    )
    assert all(height % 32 == width % 32 == 0 for height, width in gears)
    assert (CLOSEST, CLOSEST) in gears
    assert max(GLANCES) <= CLOSEST


@pytest.mark.parametrize("aipp", [(), ("--aipp",)])
@pytest.mark.parametrize("suffix", ["", "1"])
def test_a_converted_pack_runs_on_the_npu_as_on_the_cpu(
    atc: Path,
    tmp_path: Path,
    emulated_npu: Any,
    monkeypatch: pytest.MonkeyPatch,
    aipp: tuple[str, ...],
    suffix: str,
) -> None:
    monkeypatch.setenv("EMULATED_ATC_SUFFIX", suffix)
    pack = tiny_pack(tmp_path)
    words = ["model", "convert", str(pack.folder), "--chip", CHIP, *SIZES, *aipp]
    assert main([*words, "--precision", "origin"]) == 0
    pixels = np.random.default_rng(1).integers(0, 256, (16, 24, 3))
    batch = ((pixels / 255 - [0.5, 0.25, 0.125]) / [0.5, 0.5, 0.25]).transpose(2, 0, 1)
    with (
        open_session(pack, choice="cpu") as cpu,
        open_session(pack, choice="npu:0") as npu,
    ):
        given = batch[None].astype(np.float32)
        np.testing.assert_allclose(npu.run(given), cpu.run(given), atol=1e-5)


def test_what_was_run_is_kept_with_its_hashes(atc: Path, tmp_path: Path) -> None:
    pack = tiny_pack(tmp_path)
    first = convert(pack, plan_for(pack, Wish(CHIP, ((16, 24),), on_chip=True)))
    (noted,) = conversions("tiny")
    assert noted == first
    assert noted.made_from == pack.weights("onnx")[1]
    assert noted.atc_version == "9.0.0_emulation"
    assert "--soc_version=Ascend310P3_emulation" in noted.commands[0]
    site = site_folder("tiny")
    assert (site / f"{CHIP}.aipp.cfg").read_text().startswith("aipp_op {")
    assert "ATC run success" in (site / f"{CHIP}.log").read_text()
    second = convert(pack, plan_for(pack, Wish(CHIP, ((16, 48),))))
    assert [path.name for path in site.glob("*.om")] == [second.file]


def test_atc_that_refuses_is_told_in_its_own_words(atc: Path, tmp_path: Path) -> None:
    pack = tiny_pack(tmp_path)
    wish = Wish(CHIP, ((16, 24),), options=("--frobnicate=1",))
    with pytest.raises(AppError, match="unknown command line flag '--frobnicate'") as told:
        convert(pack, plan_for(pack, wish))
    assert told.value.code == "convert-failed"
    assert conversions("tiny") == ()


def test_where_cann_is_not_the_printed_script_does_it_elsewhere(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    request: pytest.FixtureRequest,
) -> None:
    monkeypatch.setenv("PATH", "/usr/bin:/bin")
    pack = tiny_pack(tmp_path)
    words = ["model", "convert", str(pack.folder), "--chip", CHIP, *SIZES, "--aipp"]
    assert main(words) == 0
    told = capsys.readouterr()
    assert "CANN is not installed here" in told.err
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "convert.sh").write_text(told.out)
    (elsewhere / "model.onnx").write_bytes(pack.weights("onnx")[0])
    request.getfixturevalue("atc")
    subprocess.run(["sh", "convert.sh"], cwd=elsewhere, check=True, capture_output=True)
    back = told.out.rpartition("run: mingjian ")[2].split()
    monkeypatch.chdir(elsewhere)
    assert main(back) == 0
    (noted,) = conversions("tiny")
    assert noted.chip == CHIP
    (elsewhere / "model.onnx").write_bytes(b"altered")
    altered = subprocess.run(["sh", "convert.sh"], cwd=elsewhere, check=False, capture_output=True)
    assert altered.returncode != 0


def test_a_file_for_another_chip_or_none_at_all_is_not_taken(
    atc: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pack = tiny_pack(tmp_path)
    made = convert(pack, plan_for(pack, Wish(CHIP, ((16, 24),))))
    path = site_folder("tiny") / made.file
    words = ["model", "convert", str(pack.folder), *SIZES, "--chip"]
    assert main([*words, "Ascend310B4", "--take", str(path)]) == 1
    assert "is for Ascend310P3_emulation, not for Ascend310B4" in capsys.readouterr().err
    assert main([*words, CHIP, "--take", str(tmp_path / "none.om")]) == 1
    path.write_bytes(b"IMOD")
    assert main([*words, CHIP, "--take", str(path)]) == 1
    assert "no whole OM model" in capsys.readouterr().err


def test_a_small_board_compiles_one_operator_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.sysconf", lambda name: 4096 if name == "SC_PAGE_SIZE" else 1 << 20)
    assert small_board() == ONE_AT_A_TIME
    monkeypatch.setattr("os.sysconf", lambda name: 4096 if name == "SC_PAGE_SIZE" else 1 << 24)
    assert small_board() == {}


def test_packs_of_the_product_stay_as_they_are() -> None:
    assert not list(paths.models().rglob("*.om"))
