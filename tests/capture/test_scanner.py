"""The scanner, against SANE's own ``test`` backend through the real scanimage."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.capture import Source, _scanimage, open_source
from app.capture._children import clean_environment
from app.capture._scanimage import Option
from app.capture._scanner_faults import lost
from app.errors import BadPicture, SettingsError, SourceLost
from app.vocabulary import Frame
from capture.capture_parts import await_frame, drain, scanner_config


@pytest.fixture(autouse=True)
def sane(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    config = scanner_config(tmp_path / "sane")
    monkeypatch.setenv("SANE_CONFIG_DIR", str(config))
    return config


def first_fault(address: str) -> SourceLost:
    with pytest.raises(SourceLost) as told, open_source(address) as source:
        await_frame(source)
    return told.value


def test_the_feeder_is_read_until_it_is_empty() -> None:
    with open_source("scanner:test:0?source=adf&resolution=75") as source:
        frames = drain(source)
        assert source.is_finished
        assert source.next_frame() is None
    assert [frame.page for frame in frames] == list(range(1, 11))
    assert {frame.source for frame in frames} == {"scanner:test:0?source=adf&resolution=75"}


def test_a_fed_scanner_that_is_opened_again_reads_the_next_stack() -> None:
    source = open_source("scanner:test:0?source=adf&resolution=75&pages=3")
    for _ in range(2):
        with source:
            assert len(drain(source)) == 3


def test_the_glass_gives_a_page_as_often_as_it_is_asked() -> None:
    with open_source("scanner:test:0?source=flatbed&resolution=75") as source:
        frames = [await_frame(source) for _ in range(12)]
        assert not source.is_finished
    assert [frame.number for frame in frames] == list(range(1, 13))


@pytest.mark.parametrize(
    ("knobs", "shape"),
    [
        ("resolution=100", (393, 314, 3)),
        ("resolution=300", (1181, 944, 3)),
        ("resolution=100&width_mm=50&height_mm=25", (98, 196, 3)),
    ],
)
def test_resolution_and_size_are_as_asked(knobs: str, shape: tuple[int, ...]) -> None:
    with open_source(f"scanner:test:0?{knobs}") as source:
        assert await_frame(source).bgr.shape == shape


@pytest.mark.parametrize(("mode", "is_grey"), [("color", False), ("gray", True)])
def test_the_colour_mode_is_as_asked(mode: str, is_grey: bool) -> None:
    with open_source(f"scanner:test:0?resolution=75&mode={mode}") as source:
        bgr = await_frame(source).bgr
    assert bool((bgr[..., 0] == bgr[..., 2]).all()) is is_grey


def test_a_page_that_takes_its_time_is_waited_for_without_blocking(sane: Path) -> None:
    scanner_config(sane, **{"read-delay": "true", "read-delay-duration": "2000"})
    with open_source("scanner:test:0?resolution=300") as source:
        assert source.next_frame(0) is None
        assert await_frame(source).number == 1


def test_closing_in_the_middle_of_a_page_leaves_the_scanner_free(sane: Path) -> None:
    scanner_config(sane, **{"read-delay": "true", "read-delay-duration": "200000"})
    source = open_source("scanner:test:0?resolution=600")
    source.open()
    assert source.next_frame(0) is None
    source.close()
    scanner_config(sane)
    with source:
        assert await_frame(source).page == 1


@pytest.mark.parametrize(
    ("status", "code"),
    [
        ("SANE_STATUS_JAMMED", "scanner-jammed"),
        ("SANE_STATUS_NO_DOCS", "scanner-empty"),
        ("SANE_STATUS_COVER_OPEN", "scanner-open"),
        ("SANE_STATUS_IO_ERROR", "scanner-connection"),
        ("SANE_STATUS_DEVICE_BUSY", "scanner-busy"),
        ("SANE_STATUS_ACCESS_DENIED", "scanner-forbidden"),
        ("SANE_STATUS_NO_MEM", "scanner-memory"),
        ("SANE_STATUS_CANCELLED", "scanner-cancelled"),
        ("SANE_STATUS_INVAL", "scanner-failed"),
    ],
)
def test_what_stops_the_scanner_is_told_in_its_own_sentence(
    status: str, code: str, sane: Path
) -> None:
    scanner_config(sane, **{"read-status-code": f'"{status}"'})
    fault = first_fault("scanner:test:0?resolution=75")
    assert fault.code == code
    assert "test:0" in str(fault.what)


def test_a_jam_is_over_once_the_paper_is_out(sane: Path) -> None:
    scanner_config(sane, **{"read-status-code": '"SANE_STATUS_JAMMED"'})
    assert first_fault("scanner:test:0").code == "scanner-jammed"
    scanner_config(sane)
    with open_source("scanner:test:0") as source:
        assert isinstance(await_frame(source), Frame)


def test_a_page_that_comes_incomplete_is_told_by_number(sane: Path) -> None:
    scanner_config(sane, **{"read-status-code": '"SANE_STATUS_EOF"'})
    with open_source("scanner:test:0?resolution=75") as source:
        with pytest.raises(BadPicture) as told:
            await_frame(source)
        assert (told.value.code, told.value.page) == ("scan-incomplete", 1)
        assert told.value.source == source.address


def test_an_empty_target_is_the_first_scanner() -> None:
    with open_source("scanner:?resolution=75") as source:
        assert await_frame(source).page == 1


def test_no_scanner_at_all_is_told(sane: Path) -> None:
    (sane / "dll.conf").write_text("")
    assert first_fault("scanner:").code == "scanner-missing"


def test_a_machine_without_sane_names_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    fault = first_fault("scanner:test:0")
    assert (fault.code, "sane-utils" in str(fault.hint)) == ("scanner-program", True)


def test_what_the_scanner_has_not_is_told_with_what_it_has() -> None:
    with pytest.raises(SettingsError, match="Automatic Document Feeder") as told:
        open_source("scanner:test:0?source=duplex").open()
    assert told.value.code == "scanner-option"


@pytest.mark.parametrize("value", ["5", "10000", "fine"])
def test_an_impossible_resolution_is_told_with_its_limits(value: str) -> None:
    with pytest.raises(SettingsError, match="75 to 600"):
        open_source(f"scanner:test:0?resolution={value}")


def test_options_of_other_makers_are_understood() -> None:
    answer = """
All options specific to device `other:1':
  Scan Mode:
    --mode auto|Lineart|Gray|24bit Color[Fast] [Lineart]
        Selects the scan mode.
    --resolution auto||75|150|300|600dpi [75]
    --source Flatbed|ADF|ADF Duplex [Flatbed]
    --swdeskew[=(yes|no)] [no]
    --brightness -100..100% (in steps of 1) [inactive]
    -x 0..215.9mm (in steps of 0.1) [215.9]
"""
    found = _scanimage.parse_options(answer)
    assert found["resolution"].nearest(200) == "150"
    assert found["source"] == Option(("Flatbed", "ADF", "ADF Duplex"), None, "Flatbed")
    assert found["x"].nearest(300) == "215.9"
    assert found["swdeskew"].choices == ("yes", "no")
    assert "24bit Color[Fast]" in found["mode"].choices
    assert "brightness" not in found


def test_a_failure_nobody_has_seen_shows_the_last_words_of_scanimage() -> None:
    fault = lost(_scanimage.Ended(4, "scanimage: sane_start: Lamp not ready\n"), "x")
    assert "Lamp not ready" in str(fault.what)


def test_a_jam_is_no_end_of_the_stack_whatever_scanimage_exits_with() -> None:
    said = "Scanning page 3\nscanimage: sane_read: Document feeder jammed\nreceived signal 13\n"
    assert _scanimage.Ended(0, said).status == _scanimage.Status.JAMMED
    assert (
        _scanimage.Ended(0, "scanimage: sane_read: something new\n").status
        != _scanimage.Status.GOOD
    )


def test_children_get_no_library_path_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LD_LIBRARY_PATH", "/somewhere/cv2/lib64")
    monkeypatch.setenv("SANE_DEBUG_TEST", "0")
    given = clean_environment()
    assert "LD_LIBRARY_PATH" not in given
    assert given["SANE_DEBUG_TEST"] == "0"
    assert given["LC_ALL"] == "C.UTF-8"


def test_scans_do_not_stay_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    source: Source = open_source("scanner:test:0?resolution=75")
    with source:
        await_frame(source)
        folder = next(tmp_path.glob("mingjian-scan-*"))
        assert list(folder.iterdir()) == []
    assert not folder.exists()
