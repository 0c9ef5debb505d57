"""Recorded machines, well and ill: each known pitfall is found, and only that one."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from cann import npu_smi

from app import paths
from app.__main__ import main
from app.doctor import Level, Machine, examine
from app.doctor._npu_smi import overview_of, pairs_of
from app.engine._pack import load_pack
from app.engine._site import Conversion, add_conversion, site_folder
from doctor.recorded import DRIVER, FIRMWARE, TABLES, TOOLKIT_AT, Recorded, wrong

NO_NPU = dict.fromkeys(
    (
        "/dev/davinci0",
        "/dev/davinci_manager",
        "/usr/local/Ascend/driver/version.info",
        "/etc/ascend_install.info",
    )
)


def test_a_healthy_machine_has_nothing_to_mend(tmp_path: Path) -> None:
    machine = Recorded(tmp_path)
    assert wrong(machine) == {}
    told = {each.code: str(each.what) for each in examine(machine)}
    assert told["npu-health"] == "NPU 0 (310P3): OK"
    assert told["system"] == "Kylin V10 SP1, kernel 5.4.18-85-generic"
    assert told["processor"] == "8 cores, aarch64, Phytium D2000"
    assert told["driver-firmware"] == "Firmware 7.7.0.1.231"
    assert told["cann"] == "CANN 8.0.0"


def test_a_machine_without_an_npu_is_well_and_is_told_so(tmp_path: Path) -> None:
    machine = Recorded(tmp_path, NO_NPU, smi=None, variables={})
    assert wrong(machine) == {}
    (none,) = [each for each in examine(machine) if each.code == "npu-none"]
    assert none.level is Level.NOTE


@pytest.mark.parametrize(
    ("code", "changes", "facts"),
    [
        ("npu-smi-missing", {}, {"smi": None}),
        ("npu-hangs", {}, {"smi": "", "status": None}),
        (
            "npu-dcmi",
            {},
            {"smi": "dcmi module initialize failed. ret is -8005"},
        ),
        ("npu-smi-odd", {}, {"smi": "Segmentation fault"}),
        ("npu-health", {}, {"smi": TABLES["310B4"]}),
        ("driver-none", {"/usr/local/Ascend/driver/version.info": None}, {}),
        ("driver-firmware", {"/usr/local/Ascend/firmware/version.info": None}, {}),
        (
            "driver-firmware",
            {"/usr/local/Ascend/firmware/version.info": FIRMWARE.replace("=7.7.0.1", "=7.8.0.1")},
            {},
        ),
        ("driver-not-loaded", {"/proc/modules": "ext4 1 0\n", "/dev/davinci0": None}, {}),
        ("driver-manager", {"/dev/davinci_manager": None}, {}),
        ("driver-rights", {}, {"shut": ("/dev/davinci0",)}),
        ("driver-group", {}, {"groups": frozenset({"video"})}),
        ("driver-note-empty", {"/etc/ascend_install.info": ""}, {}),
        ("cann-none", {f"{TOOLKIT_AT}/ascend_toolkit_install.info": None}, {}),
        (
            "cann-driver",
            {f"{TOOLKIT_AT}/version.info": "required_driver_ascendhal_version=7.40.0\n"},
            {},
        ),
        ("cann-environment", {}, {"variables": {}}),
        (
            "cann-stubs",
            {},
            {"variables": {"ASCEND_HOME_PATH": "/x", "LD_LIBRARY_PATH": "/x/devlib:/y"}},
        ),
        ("libc", {}, {"libc": "2.23"}),
        ("libc", {}, {"libc": ""}),
        ("camera-rights", {}, {"shut": ("/dev/video0",)}),
        ("window-font", {"/usr/share/fonts/opentype/NotoSansCJK-Regular.ttc": None}, {}),
        ("window-xcb", {"/usr/lib/aarch64-linux-gnu/libxcb-cursor.so.0": None}, {}),
        (
            "window-input",
            {},
            {"variables": {"ASCEND_HOME_PATH": "/x", "QT_IM_MODULE": "fcitx"}},
        ),
    ],
)
def test_each_pitfall_is_found_and_only_that_one(
    code: str, changes: dict[str, str | None], facts: dict[str, Any], tmp_path: Path
) -> None:
    found = wrong(Recorded(tmp_path, changes, **facts))
    assert list(found) == [code]
    assert found[code].why
    assert found[code].mend


def test_an_alarm_is_a_warning_for_some_boards_alarm_for_ever(tmp_path: Path) -> None:
    found = wrong(Recorded(tmp_path, smi=TABLES["310B4"]))
    assert found["npu-health"].level is Level.WARNING


def test_a_hot_full_and_critical_chip_is_told_by_its_number(tmp_path: Path) -> None:
    found = wrong(Recorded(tmp_path, smi=TABLES["910B2C"]))
    assert set(found) == {"npu-health", "npu-hot", "npu-full"}
    assert found["npu-health"].level is Level.FAULT
    assert str(found["npu-hot"].what) == "NPU 1 has 99 °C."
    assert str(found["npu-full"].what) == "65000 of 65536 MB of NPU 1 are used."


def test_a_large_machine_is_given_advice_on_its_threads(tmp_path: Path) -> None:
    nodes = {f"/sys/devices/system/node/node{n}/cpulist": "" for n in range(8)}
    machine = Recorded(tmp_path, nodes, cores=64)
    (advice,) = [each for each in examine(machine) if each.code == "processor-threads"]
    assert str(advice.what) == "8 memory nodes share 64 cores."


def test_only_some_npus_being_visible_is_worth_a_note(tmp_path: Path) -> None:
    variables = {"ASCEND_HOME_PATH": "/x", "ASCEND_RT_VISIBLE_DEVICES": "2"}
    codes = [each.code for each in examine(Recorded(tmp_path, variables=variables))]
    assert "cann-visible" in codes


@pytest.mark.parametrize(
    ("chip", "load", "memory"),
    [("310P3", 0, (19435, 21527)), ("310B4", 0, (3628, 15609)), ("910B2C", 7, (3412, 65536))],
)
def test_every_layout_of_the_table_is_read(chip: str, load: float, memory: tuple[int, int]) -> None:
    overview = overview_of(TABLES[chip])
    assert overview is not None
    first = overview.chips[0]
    assert (first.name, first.load_percent, first.memory_mb) == (chip, load, memory)
    assert first.power_w == {"310P3": None, "310B4": 0.0, "910B2C": 94.4}[chip]
    assert overview_of("nothing") is None


@pytest.mark.parametrize("chip", npu_smi.CARDS)
def test_what_the_emulation_prints_is_read_as_well(
    chip: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("EMULATED_CHIP", chip)
    npu_smi.main(["info"])
    overview = overview_of(capsys.readouterr().out)
    assert overview is not None
    assert [(each.name, each.health) for each in overview.chips] == [
        (chip, npu_smi.CARDS[chip].health)
    ]
    npu_smi.main(["info", "-t", "board", "-i", "0"])
    assert "emulation" in pairs_of(capsys.readouterr().out)["Software Version"]


def test_packs_are_verified_and_those_without_a_model_for_the_chip_are_named(
    tmp_path: Path,
) -> None:
    packs = [each for each in examine(Recorded(tmp_path)) if each.code.startswith("pack")]
    count = len(list(paths.models().glob("*/manifest.toml")))
    assert [each.level for each in packs].count(Level.FINE) == count
    missing = [each for each in packs if each.code == "pack-not-converted"]
    assert len(missing) == count
    assert "--chip Ascend310P3" in str(missing[0].mend)


def test_a_converted_model_that_is_damaged_is_a_fault(tmp_path: Path) -> None:
    site_folder("ppocr-cls").mkdir(parents=True)
    zeros = "0" * 64
    source = load_pack("ppocr-cls").weights("onnx")[1]
    add_conversion(
        "ppocr-cls",
        Conversion.model_validate(
            {"chip": "Ascend310P3", "file": "a.om", "sha256": zeros, "made_from": source}
        ),
    )
    for content in (None, b"IMOD"):
        if content:
            (site_folder("ppocr-cls") / "a.om").write_bytes(content)
        found = [each for each in examine(Recorded(tmp_path)) if each.level is Level.FAULT]
        assert [each.code for each in found] == ["pack"]


def test_a_full_disk_is_a_fault_and_a_filling_one_a_warning(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for free, level in ((1 << 20, Level.FAULT), (5 << 30, Level.WARNING), (99 << 30, Level.FINE)):
        monkeypatch.setattr(Machine, "free_bytes", lambda *_, room=free: room)
        found = {each.code: each.level for each in examine(Recorded(tmp_path))}
        assert found["disk"] is level


def test_this_very_machine_is_examined_without_a_bug(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    status = main(["doctor", "--json"])
    told = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert status == any(each["level"] == "fault" for each in told)
    assert {"system", "libc", "processor", "disk", "clock", "pack"} <= {e["code"] for e in told}
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    main(["doctor"])
    assert "本机没有 NPU" in capsys.readouterr().out


def test_a_command_is_asked_once_and_one_that_is_not_there_is_none(tmp_path: Path) -> None:
    machine = Machine(tmp_path)
    assert machine.ask("no-such-command-here") is None
    answer = machine.ask("uname", "-m")
    assert answer is not None
    assert answer is machine.ask("uname", "-m")
    assert machine.text("/nothing") is None
    assert DRIVER.startswith("Version=")
