"""What a site converted belongs to the very weights it was made from."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import pytest
from cann import SUFFIX

from app.engine import open_session
from app.engine._site import Conversion, add_conversion, conversions, site_folder
from app.errors import EngineError
from engine.packs import STATIC, convert, tiny_pack

CHIP = "Ascend310P3" + SUFFIX


def converted(shelf: Path, **changes: str) -> Conversion:
    pack = tiny_pack(shelf)
    onnx, source = pack.weights("onnx")
    folder = site_folder("tiny")
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "in.onnx").write_bytes(onnx)
    convert(folder / "in.onnx", folder / "site", "Ascend310P3", *STATIC)
    digest = hashlib.sha256((folder / "site.om").read_bytes()).hexdigest()
    told = {"chip": CHIP, "file": "site.om", "sha256": digest, "made_from": source} | changes
    return Conversion.model_validate(told)


def test_a_model_that_the_site_converted_is_taken(tmp_path: Path, emulated_npu: Any) -> None:
    made = converted(tmp_path)
    add_conversion("tiny", made)
    with open_session(tiny_pack(tmp_path)) as session:
        assert session.mark.models == (("tiny", made.sha256),)
        assert session.mark.engine == "ascend"


def test_a_model_of_other_weights_is_not_taken(tmp_path: Path, emulated_npu: Any) -> None:
    add_conversion("tiny", converted(tmp_path, made_from="0" * 64))
    with open_session(tiny_pack(tmp_path)) as session:
        assert session.mark.is_fallback


def test_a_model_that_was_altered_at_the_site_is_refused(tmp_path: Path, emulated_npu: Any) -> None:
    add_conversion("tiny", converted(tmp_path))
    path = site_folder("tiny") / "site.om"
    path.write_bytes(path.read_bytes() + b"x")
    with pytest.raises(EngineError) as told:
        open_session(tiny_pack(tmp_path), choice="npu:0")
    assert told.value.code == "pack-altered"


def test_a_second_conversion_for_a_chip_takes_the_place_of_the_first(tmp_path: Path) -> None:
    made = converted(tmp_path)
    add_conversion("tiny", made)
    add_conversion("tiny", made.model_copy(update={"chip": "Ascend310B4"}))
    add_conversion("tiny", made.model_copy(update={"atc_version": "9"}))
    assert [(each.chip, each.atc_version) for each in conversions("tiny")] == [
        ("Ascend310B4", ""),
        (CHIP, "9"),
    ]


def test_a_note_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    site_folder("tiny").mkdir(parents=True)
    (site_folder("tiny") / "site.toml").write_text("conversions = 1")
    with pytest.raises(EngineError) as told:
        tiny_pack(tmp_path).has("ascend", CHIP)
    assert told.value.code == "site-note"
