"""Model packs: what their manifests promise is held, byte by byte."""

from __future__ import annotations

import hashlib
import shutil
from functools import partial
from pathlib import Path

import numpy as np
import pytest

from app import paths
from app.engine import open_session
from app.engine._pack import load_pack
from app.errors import EngineError, KindError

PACKS = sorted(path.parent.name for path in paths.models().glob("*/manifest.toml"))

MANIFEST = """
name = "own"
version = "1"
task = "text-detection"
licence = "Apache-2.0"
labels = ["a"]

[input]
channels = "bgr"

[input.normalisation]
mean = [0.5, 0.5, 0.5]
std = [0.5, 0.5, 0.5]

[[weights]]
runtime = "onnx"
file = "{file}"
sha256 = "{sha256}"
"""


def own_pack(shelf: Path, content: bytes = b"weights", *, file: str = "own.onnx") -> Path:
    folder = shelf / "own"
    folder.mkdir()
    (folder / "own.onnx").write_bytes(content)
    digest = hashlib.sha256(content).hexdigest()
    (folder / "manifest.toml").write_text(MANIFEST.format(file=file, sha256=digest))
    return folder


@pytest.mark.parametrize("name", PACKS)
def test_every_pack_of_the_product_loads_with_a_card_and_the_hash_it_promises(name: str) -> None:
    pack = load_pack(name)
    _, digest = pack.weights("onnx")
    assert digest in {entry.sha256 for entry in pack.manifest.weights}
    assert (pack.folder / pack.manifest.card).read_text(encoding="utf-8").startswith(f"# {name}")


def test_one_altered_byte_refuses_the_pack(tmp_path: Path) -> None:
    folder = own_pack(tmp_path)
    assert load_pack("own", tmp_path).weights("onnx")[0] == b"weights"
    (folder / "own.onnx").write_bytes(b"weightz")
    with pytest.raises(EngineError, match="altered") as told:
        load_pack("own", tmp_path).weights("onnx")
    assert told.value.code == "pack-altered"


def test_a_pack_may_not_name_a_file_outside_its_folder(tmp_path: Path) -> None:
    (tmp_path / "secret").write_bytes(b"weights")
    own_pack(tmp_path, file="../secret")
    with pytest.raises(EngineError) as told:
        load_pack("own", tmp_path).weights("onnx")
    assert told.value.code == "pack-escape"


def test_weights_that_are_gone_or_for_another_runtime_are_told_apart(tmp_path: Path) -> None:
    folder = own_pack(tmp_path)
    (folder / "own.onnx").unlink()
    with pytest.raises(EngineError) as told:
        load_pack("own", tmp_path).weights("onnx")
    assert told.value.code == "pack-unreadable"
    with pytest.raises(EngineError) as told:
        load_pack("own", tmp_path).weights("ascend", "Ascend310P3")
    assert told.value.code == "pack-no-weights"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('version = "1"', "version = 1"),
        ('version = "1"', 'version = "1"\nsurprise = true'),
        ('channels = "bgr"', 'channels = "cmyk"'),
        ("[input]", "[inpt]"),
        ("sha256 = ", 'sha256 = "00" #'),
        ("[input]", "[["),
    ],
)
def test_a_manifest_with_a_fault_is_refused(tmp_path: Path, old: str, new: str) -> None:
    folder = own_pack(tmp_path)
    manifest = folder / "manifest.toml"
    manifest.write_text(manifest.read_text().replace(old, new, 1))
    with pytest.raises(EngineError) as told:
        load_pack("own", tmp_path)
    assert told.value.code == "pack-manifest"


def test_a_misspelt_pack_is_answered_with_the_nearest_one() -> None:
    with pytest.raises(EngineError) as told:
        load_pack("ppocrv6-det-smal")
    assert "ppocrv6-det-small" in str(told.value)


def test_weights_that_are_no_model_fail_as_an_engine_error(tmp_path: Path) -> None:
    own_pack(tmp_path)
    with pytest.raises(EngineError) as told:
        open_session(load_pack("own", tmp_path))
    assert told.value.code == "engine-failed"


def test_an_unknown_engine_is_refused_with_the_known_ones() -> None:
    with pytest.raises(KindError, match="auto"):
        open_session(load_pack("ppocr-cls"), choice="gpu")


def test_batches_of_different_widths_come_back_in_order_and_as_if_run_alone() -> None:
    rng = np.random.default_rng(1)
    widths = (96, 320, 64, 160)
    batches = [rng.random((1, 3, 48, width), np.float32) for width in widths]
    with open_session(load_pack("ppocrv6-rec-small"), across=True, threads=2) as session:
        jobs = [partial(np.asarray, batch) for batch in batches]
        together = session.run_each(jobs, lambda output: output)
        for batch, output in zip(batches, together, strict=True):
            assert output.shape[1] == batch.shape[3] // 8
            np.testing.assert_allclose(output, session.run(batch), atol=1e-6)
        session.close()


def test_a_batch_of_the_wrong_shape_is_an_engine_error() -> None:
    with (
        open_session(load_pack("ppocr-cls")) as session,
        pytest.raises(EngineError, match="failed on the CPU"),
    ):
        session.run(np.zeros((1, 7, 48, 192), np.float32))


def test_the_mark_of_a_session_names_runtime_device_and_hash(tmp_path: Path) -> None:
    pack = load_pack("ppocr-cls")
    with open_session(pack) as session:
        assert session.mark.engine == "onnxruntime"
        assert session.mark.device == "cpu"
        assert session.mark.models == (("ppocr-cls", pack.manifest.weights[0].sha256),)


def test_a_pack_copied_elsewhere_still_finds_its_package(tmp_path: Path) -> None:
    shutil.copytree(paths.models() / "ppocr-cls", tmp_path / "ppocr-cls")
    assert load_pack("ppocr-cls", tmp_path).weights("onnx")[0]
