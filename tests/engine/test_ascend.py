"""The NPU, emulated to the letter: its books are the witness that nothing leaks."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from cann import tiny

from app.engine import open_session
from app.engine._pack import load_pack
from app.engine.ascend import chip_of, finish
from app.engine.ascend import open_session as open_npu
from app.errors import EngineError
from engine.packs import BATCHES, DIMS, EXACT, SIZES, STATIC, tiny_pack

BATCH = np.random.default_rng(1).random((1, 3, 16, 24), np.float32)
AIPP = """aipp_op {{
  aipp_mode: static
  input_format: RGB888_U8
  rbuv_swap_switch: {swap}
  min_chn_0: 127.5 min_chn_1: 63.75 min_chn_2: 31.875
  var_reci_chn_0: 0.0078431373 var_reci_chn_1: 0.0078431373 var_reci_chn_2: 0.0156862745
}}
"""


def averaged(batch: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    n, c, height, width = batch.shape
    result: np.ndarray[Any, Any] = batch.reshape(n, c, height // 8, 8, width // 8, 8).mean((3, 5))
    return result


def test_a_thousand_times_opened_and_closed_leaves_nothing(
    tmp_path: Path, emulated_npu: Any
) -> None:
    pack = tiny_pack(tmp_path, *SIZES)
    for _ in range(1000):
        open_npu(pack).close()
    assert emulated_npu.leaks() == []
    assert emulated_npu.memory.used == 0


def test_a_run_allocates_nothing_and_copies_once_a_side(tmp_path: Path, emulated_npu: Any) -> None:
    with open_npu(tiny_pack(tmp_path, *SIZES)) as session:
        before = emulated_npu.calls.copy()
        for _ in range(200):
            session.run(BATCH)
        made = emulated_npu.calls - before
    copies, runs = made.pop("acl.rt.memcpy"), made.pop("acl.mdl.execute_async")
    assert (copies, runs) == (400, 200)
    names = ("malloc", "create", "destroy", "free", "load")
    assert [call for call in made if any(name in call for name in names)] == []
    assert "acl.mdl.execute" not in made


def test_half_precision_is_close_and_no_more(tmp_path: Path, emulated_npu: Any) -> None:
    onnx = tiny.pooling(factor=0.1)
    with open_npu(tiny_pack(tmp_path, *STATIC, onnx=onnx)) as session:
        output = session.run(BATCH)
    np.testing.assert_allclose(output, averaged(BATCH) * 0.1, rtol=2e-3)
    assert not np.array_equal(output, averaged(BATCH) * np.float32(0.1))


@pytest.mark.parametrize("options", [BATCHES, DIMS, STATIC])
def test_every_kind_of_gear_is_set_as_the_library_wants_it(
    options: tuple[str, ...], tmp_path: Path, emulated_npu: Any
) -> None:
    with open_npu(tiny_pack(tmp_path, *options, EXACT)) as session:
        np.testing.assert_allclose(session.run(BATCH), averaged(BATCH), atol=1e-5)
        if options is BATCHES:
            three = np.concatenate([BATCH, BATCH * 2, BATCH * 3])
            np.testing.assert_allclose(session.run(three), averaged(three), atol=1e-5)


def test_a_batch_that_no_gear_holds_is_refused_with_those_there_are(
    tmp_path: Path, emulated_npu: Any
) -> None:
    with open_npu(tiny_pack(tmp_path, *SIZES)) as session:
        with pytest.raises(EngineError, match="1×3×32×48") as told:
            session.run(np.zeros((1, 3, 64, 48), np.float32))
        assert told.value.code == "npu-no-gear"
        assert session.run(BATCH).shape == (1, 3, 2, 3)


def test_a_detector_of_fixed_size_is_never_given_a_padded_picture(
    tmp_path: Path, emulated_npu: Any
) -> None:
    pack = tiny_pack(tmp_path, *SIZES, task="object-detection")
    with open_npu(pack) as session, pytest.raises(EngineError) as told:
        session.run(np.zeros((1, 3, 16, 32), np.float32))
    assert told.value.code == "npu-no-gear"


@pytest.mark.parametrize("channels", ["bgr", "rgb"])
def test_a_model_that_normalises_on_the_chip_takes_pixels_and_floats_alike(
    channels: str, tmp_path: Path, emulated_npu: Any
) -> None:
    config = tmp_path / "aipp.cfg"
    config.write_text(AIPP.format(swap="true" if channels == "rgb" else "false"))
    pack = tiny_pack(tmp_path, *SIZES, EXACT, f"--insert_op_conf={config}", channels=channels)
    pixels = np.random.default_rng(1).integers(0, 256, (1, 16, 24, 3), np.uint8)
    ordered = pixels[..., ::-1] if channels == "rgb" else pixels
    mean, std = np.array([0.5, 0.25, 0.125]), np.array([0.5, 0.5, 0.25])
    batch = ((ordered / 255 - mean) / std).transpose(0, 3, 1, 2).astype(np.float32)
    padded = np.zeros((1, 3, 16, 32), np.float32)
    padded[..., :24] = batch
    with open_npu(pack) as session:
        np.testing.assert_allclose(session.run(pixels), averaged(batch), atol=1e-5)
        np.testing.assert_allclose(session.run(batch), averaged(batch), atol=1e-5)
        near = session.run(padded)[..., 3]
    # Half a grey level, as bytes cannot say it, of what the padding normalises to.
    np.testing.assert_allclose(near, 0, atol=0.01)


def test_a_chip_that_runs_the_program_itself_shares_its_memory(
    tmp_path: Path, emulated_npu: Any
) -> None:
    emulated_npu.power_on("Ascend310B4", run_mode=0)
    with open_npu(tiny_pack(tmp_path, *SIZES, EXACT, chip="Ascend310B4")) as session:
        np.testing.assert_allclose(session.run(BATCH), averaged(BATCH), atol=1e-5)
        assert session.mark.device == "npu:0 Ascend310B4_emulation"


def test_sessions_of_one_thread_share_a_context_and_threads_do_not(
    tmp_path: Path, emulated_npu: Any
) -> None:
    pack = tiny_pack(tmp_path, *SIZES, EXACT)
    with open_npu(pack) as one, open_npu(pack) as two:
        assert emulated_npu.calls["acl.rt.create_context"] == 1
        results: list[Any] = []

        def work() -> None:
            with open_npu(pack) as own:
                results.append(own.run(BATCH))
                results.append(one.run(BATCH))

        threads = [threading.Thread(target=work) for _ in range(3)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        results.append(two.run(BATCH))
    assert emulated_npu.calls["acl.rt.create_context"] == 4
    assert emulated_npu.calls["acl.init"] == 1
    assert len(results) == 7
    for result in results:
        np.testing.assert_allclose(result, averaged(BATCH), atol=1e-5)


def test_several_devices_are_opened_by_their_number(tmp_path: Path, emulated_npu: Any) -> None:
    emulated_npu.power_on(devices=2)
    with open_session(tiny_pack(tmp_path, *STATIC), choice="npu:1") as session:
        assert session.mark.device == "npu:1 Ascend310P3_emulation"
    with pytest.raises(EngineError) as told:
        open_session(tiny_pack(tmp_path, *STATIC), choice="npu:2")
    assert told.value.code == "npu-unknown"


def test_a_model_of_another_chip_is_refused_before_the_library_meets_it(
    tmp_path: Path, emulated_npu: Any
) -> None:
    pack = tiny_pack(tmp_path, *STATIC, chip="Ascend310B4")
    manifest = pack.folder / "manifest.toml"
    manifest.write_text(manifest.read_text().replace('"Ascend310B4_e', '"Ascend310P3_e'))
    with pytest.raises(EngineError, match="Ascend310B4_emulation") as told:
        open_npu(load_pack("tiny", tmp_path))
    assert told.value.code == "npu-wrong-chip"
    assert emulated_npu.leaks() == []


def test_other_threads_run_while_the_npu_computes(tmp_path: Path, emulated_npu: Any) -> None:
    steps = 0
    is_done = threading.Event()

    def window() -> None:
        nonlocal steps
        while not is_done.wait(0.001):
            steps += 1

    with open_npu(tiny_pack(tmp_path, *SIZES)) as session:
        emulated_npu.latency_ms = 300
        thread = threading.Thread(target=window)
        thread.start()
        before = steps
        session.run(BATCH)
        during = steps - before
        is_done.set()
        thread.join()
    assert during > 3


def test_what_the_process_leaves_open_is_closed_at_its_end(
    tmp_path: Path, emulated_npu: Any
) -> None:
    session = open_npu(tiny_pack(tmp_path, *SIZES))
    assert chip_of(0) == "Ascend310P3_emulation"
    finish()
    assert emulated_npu.report == []
    session.close()
    finish()


def test_without_the_library_the_sentence_says_what_to_install(tmp_path: Path) -> None:
    with pytest.raises(EngineError, match="CANN") as told:
        open_session(tiny_pack(tmp_path), choice="npu:0")
    assert told.value.code == "npu-no-library"
