"""`atc` takes and refuses what the real one does, and `npu-smi` prints what it prints."""

from __future__ import annotations

import struct
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from cann import atc, npu_smi, tiny
from cann.aipp_file import BadAipp, parse
from cann.program import prepared

AIPP = """aipp_op {
  aipp_mode: static
  related_input_rank: 0
  input_format: RGB888_U8
  src_image_size_w: 16  src_image_size_h: 8
  csc_switch: false
  rbuv_swap_switch: true  # BGR in
  mean_chn_0: 1
  min_chn_1: 2.5
  var_reci_chn_2: 0.5
}
"""
Convert = Callable[..., Path]


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--frobnicate=1",), "unknown command line flag '--frobnicate'"),
        (("--framework=6",), "must be 0, 1, 3 or 5"),
        (("--soc_version=Ascend310P9",), "soc_version"),
        (("--precision_mode_v2=fp8",), "precision_mode_v2"),
        (("--precision_mode=force_fp16", "--precision_mode_v2=fp16"), "exclude each other"),
        (("--input_shape=z:1,3,8,8",), "is not in the model"),
        (("--input_shape=x:1,3,8",), "cannot be built"),
        (("--input_shape=x:-1,3,8,8", "--dynamic_batch_size=1"), "2 to 100"),
        (("--input_shape=x:-1,3,8,8", "--dynamic_batch_size=1,4096"), "1 to 2048"),
        (("--input_shape=x:1,3,8,8", "--dynamic_image_size=8,8;8,16"), "H and W = -1"),
        (("--input_shape=x:1,3,8,-1", "--dynamic_dims=8;16"), "input_format=ND"),
        (
            ("--dynamic_batch_size=1,2", "--dynamic_dims=8;16", "--input_shape=x:-1,3,8,8"),
            "exclude each other",
        ),
        (("--soc_version=Ascend310B4", "--input_shape=x:1~8,3,8,8"), "not supported on Ascend310B"),
        (("--sparsity=1", "--input_shape=x:1,3,8,8"), "not supported on Ascend310P3"),
        (("--model=/nowhere.onnx",), "does not exist"),
        (("--insert_op_conf=/nowhere.cfg", "--input_shape=x:1,3,8,8"), "does not exist"),
    ],
)
def test_a_wrong_command_line_is_refused_as_the_real_one_does(
    options: tuple[str, ...], told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    model = tmp_path / "m.onnx"
    model.write_bytes(tiny.pooling())
    words = {"--framework": "5", "--model": str(model), "--output": str(tmp_path / "m")}
    words["--soc_version"] = "Ascend310P3"
    words |= dict(option.split("=", 1) for option in options)
    assert atc.main([f"{name}={value}" for name, value in words.items()]) == 1
    out = capsys.readouterr().out
    assert "ATC run failed, Please check the detail log" in out
    assert told in out
    assert not (tmp_path / "m.om").exists()


def test_a_paddle_model_is_no_onnx_whatever_the_framework_says(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    model = tmp_path / "m.pdmodel"
    model.write_bytes(b"\x08\x00paddle")
    words = [f"--model={model}", f"--output={tmp_path / 'm'}", "--soc_version=Ascend310"]
    assert atc.main(["--framework=5", *words]) == 1
    assert "Failed to parse the ONNX model" in capsys.readouterr().out


def test_the_file_has_the_real_header_and_names_the_emulation(
    converted: Convert, capsys: pytest.CaptureFixture[str]
) -> None:
    path = converted("--input_shape=x:1,3,8,8")
    assert "ATC run success, welcome to the next use." in capsys.readouterr().out
    content = path.read_bytes()
    head = struct.unpack("<III64sI4B32sI32sII20sB3sQBB62s", content[:256])
    assert content[:4] == b"IMOD"
    assert (head[1], head[2]) == (256, 0x20000000)
    assert head[-4] == len(content) - 256
    assert head[9].rstrip(b"\0") == b"tiny"
    assert b"Ascend310P3_emulation" in content
    assert atc.main(["--mode=6", f"--om={path}"]) == 0
    assert "soc_version[Ascend310P3_emulation]" in capsys.readouterr().out


def test_a_conversion_bound_to_the_host_says_so_in_its_name(
    converted: Convert, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EMULATED_ATC_SUFFIX", "1")
    path = converted("--input_shape=x:1,3,8,8")
    assert not path.exists()
    assert len(list(path.parent.glob("tiny_linux_*.om"))) == 1


def test_aipp_swaps_then_normalises_each_channel() -> None:
    aipp = parse(AIPP)
    pixels = np.array([[[[10, 20, 30]]]], np.uint8)
    assert prepared(pixels, aipp)[0, :, 0, 0].tolist() == [29, 17.5, 5]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("aipp_op {", "aipp {"),
        ("static", "dynamic"),
        ("RGB888_U8", "RGB"),
        ("mean_chn_0: 1", "mean_chn_0: 1.5"),
        ("csc_switch", "colour"),
    ],
)
def test_an_aipp_file_with_a_fault_is_refused(old: str, new: str) -> None:
    with pytest.raises(BadAipp):
        parse(AIPP.replace(old, new))


def test_aipp_with_gears_of_sizes_must_not_name_a_size(
    tmp_path: Path, converted: Convert, capsys: pytest.CaptureFixture[str]
) -> None:
    config = tmp_path / "aipp.cfg"
    config.write_text(AIPP)
    gears = ("--input_shape=x:1,3,-1,-1", "--dynamic_image_size=8,16;8,32")
    with pytest.raises(AssertionError):
        converted(f"--insert_op_conf={config}", *gears)
    assert "src_image_size must be 0" in capsys.readouterr().out
    config.write_text(AIPP.replace("size_w: 16", "size_w: 0").replace("size_h: 8", "size_h: 0"))
    assert converted(f"--insert_op_conf={config}", *gears).exists()


@pytest.mark.parametrize(
    ("chip", "telling"),
    [
        ("310", "0000:3B:00.0"),
        ("310B4", "| Alarm"),
        ("310P3", "1844 / 21527"),
        ("910B2C", "HBM-Usage(MB)"),
    ],
)
def test_npu_smi_prints_the_layout_of_each_chip_and_names_itself(
    chip: str,
    telling: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("EMULATED_CHIP", chip)
    assert npu_smi.main(["info"]) == 0
    out = capsys.readouterr().out
    assert telling in out
    assert "emulation" in out
    assert npu_smi.main(["info", "-t", "health", "-i", "0"]) == 0
    assert "Health Status" in capsys.readouterr().out
    assert npu_smi.main(["frobnicate"]) == 1
