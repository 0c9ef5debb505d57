"""An OM file tells its chip and its maker without a device."""

from __future__ import annotations

import struct
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.engine._om import header_of
from app.errors import EngineError
from engine.packs import SIZES, tiny_pack


def whole(shelf: Path) -> bytes:
    return (tiny_pack(shelf, *SIZES).folder / "model.om").read_bytes()


def test_the_header_names_chip_maker_and_size(tmp_path: Path) -> None:
    content = whole(tmp_path)
    header = header_of(content)
    assert header.name == "model"
    assert header.chip == "Ascend310P3_emulation"
    assert header.atc_version == "9.0.0_emulation"
    assert header.size == len(content)
    assert not header.is_dynamic
    assert not header.is_bound_to_host


def test_files_that_the_runtime_would_refuse_are_refused(tmp_path: Path) -> None:
    content = whole(tmp_path)
    wrong_table = content[:256] + struct.pack("<I", 99) + content[260:]
    for broken in (b"", content[:255], content[:-1], content + b"x", b"X" + content[1:]):
        with pytest.raises(EngineError) as told:
            header_of(broken)
        assert told.value.code == "om-broken"
    with pytest.raises(EngineError, match="table"):
        header_of(wrong_table)


def test_a_file_of_before_2023_keeps_its_length_and_table_in_the_old_places() -> None:
    definition = b"\x5a\x1e\x0a\x0bsoc_version\x12\x0c\x12\x0aAscend310B"
    table = struct.pack("<I", 1) + struct.pack("<III", 0, 0, len(definition))
    payload = table + definition
    content = bytearray(256) + payload
    struct.pack_into("<III", content, 0, 0x444F4D49, 256, 0x10000000)
    struct.pack_into("<I", content, 76, len(payload))
    assert header_of(bytes(content)).chip == "Ascend310B"


def test_models_of_several_parts_or_of_unknown_shape_are_dynamic(tmp_path: Path) -> None:
    content = bytearray(whole(tmp_path))
    content[193] = 1
    content[192] = 1
    assert header_of(bytes(content)).is_dynamic
    assert header_of(bytes(content)).is_bound_to_host


@given(junk=st.binary(max_size=400), long=st.booleans())
def test_no_content_is_too_odd_to_be_read_or_refused(junk: bytes, long: bool) -> None:
    content = bytearray(256) + junk
    struct.pack_into("<III", content, 0, 0x444F4D49, 256, 0x20000000)
    struct.pack_into("<Q" if long else "<I", content, 184 if long else 76, len(junk))
    with suppress(EngineError):
        assert isinstance(header_of(bytes(content)).chip, str)
