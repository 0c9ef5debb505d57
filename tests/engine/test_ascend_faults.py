"""Whatever fails on the NPU is told in a sentence, and nothing stays open behind it."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from app.engine.ascend import open_session
from app.errors import EngineError
from engine.packs import EXACT, SIZES, tiny_pack

BATCH = np.ones((1, 3, 16, 24), np.float32)
OPENING = (
    "acl.init",
    "acl.rt.set_device",
    "acl.rt.create_context",
    "acl.rt.create_stream",
    "acl.rt.get_run_mode",
    "acl.rt.set_context",
    "acl.mdl.load_from_mem",
    "acl.mdl.get_desc",
    "acl.mdl.get_input_dims",
    "acl.mdl.get_dynamic_batch",
    "acl.mdl.get_dynamic_hw",
    "acl.mdl.add_dataset_buffer",
    "acl.rt.malloc",
    "acl.rt.memcpy",
    "acl.mdl.set_dynamic_hw_size",
    "acl.mdl.execute_async",
    "acl.rt.synchronize_stream_with_timeout",
    "acl.mdl.get_cur_output_dims",
)
RUNNING = OPENING[-5:-1]
CODES = {
    107000: "npu-failed",
    207001: "npu-memory",
    507010: "npu-lost",
    507046: "npu-timeout",
    507033: "npu-setup",
}


@pytest.mark.parametrize("call", OPENING)
@pytest.mark.parametrize("number", CODES)
def test_a_failure_while_opening_is_told_and_undone(
    call: str, number: int, tmp_path: Path, emulated_npu: Any
) -> None:
    emulated_npu.fail(call, number, "EZ9999: the vendor's own words")
    with pytest.raises(EngineError, match="the vendor's own words") as told:
        open_session(tiny_pack(tmp_path, *SIZES))
    assert told.value.code == CODES[number]
    assert str(number) in str(told.value)
    assert emulated_npu.leaks() == []


@pytest.mark.parametrize("call", ["acl.rt.malloc", "acl.mdl.add_dataset_buffer", "acl.rt.memcpy"])
@pytest.mark.parametrize("after", [1, 2])
def test_a_failure_half_way_through_opening_leaves_nothing(
    call: str, after: int, tmp_path: Path, emulated_npu: Any
) -> None:
    emulated_npu.fail(call, 207001, after=after)
    with suppress(EngineError):
        open_session(tiny_pack(tmp_path, *SIZES)).close()
    assert emulated_npu.leaks() == []


@pytest.mark.parametrize("call", RUNNING)
def test_after_a_passing_failure_the_session_goes_on(
    call: str, tmp_path: Path, emulated_npu: Any
) -> None:
    with open_session(tiny_pack(tmp_path, *SIZES, EXACT)) as session:
        emulated_npu.fail(call, 507011)
        with pytest.raises(EngineError):
            session.run(BATCH)
        np.testing.assert_allclose(session.run(BATCH), 1, rtol=1e-6)


def test_every_message_of_the_vendor_is_told_with_its_own_failure(
    tmp_path: Path, emulated_npu: Any
) -> None:
    with open_session(tiny_pack(tmp_path, *SIZES)) as session:
        for number in range(20):
            emulated_npu.fail("acl.rt.memcpy", 107000, f"EE{number:04}: told")
            with pytest.raises(EngineError, match=rf"\(107000\)\. EE{number:04}: told Try"):
                session.run(BATCH)


@pytest.mark.parametrize("is_recoverable", [True, False])
def test_a_lost_device_fails_every_session_until_it_is_back(
    is_recoverable: bool, tmp_path: Path, emulated_npu: Any
) -> None:
    emulated_npu.power_on(is_recoverable=is_recoverable)
    pack = tiny_pack(tmp_path, *SIZES, EXACT)
    with open_session(pack) as one, open_session(pack) as two:
        emulated_npu.fail("acl.rt.synchronize_stream_with_timeout", 507010, "EL0001: absent")
        for session in (one, two, one):
            with pytest.raises(EngineError) as told:
                session.run(BATCH)
            assert told.value.code == "npu-lost"
        with pytest.raises(EngineError, match="lost"):
            open_session(pack)
    assert emulated_npu.leaks() == []
    assert emulated_npu.calls["acl.rt.reset_device_force"] == 1
    if not is_recoverable:
        for _ in range(3):
            with pytest.raises(EngineError, match="lost"):
                open_session(pack)
        assert emulated_npu.leaks() == []
        emulated_npu.lost = None
    with open_session(pack) as session:
        np.testing.assert_allclose(session.run(BATCH), 1, rtol=1e-6)


def test_a_device_that_does_not_answer_is_given_up_and_opened_anew(
    tmp_path: Path, emulated_npu: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    pack = tiny_pack(tmp_path, *SIZES, EXACT)
    with open_session(pack) as session:
        emulated_npu.latency_ms = 200
        monkeypatch.setattr("app.engine._lane.PATIENCE_MS", 5)
        with pytest.raises(EngineError) as told:
            session.run(BATCH)
    assert told.value.code == "npu-timeout"
    assert emulated_npu.calls["acl.rt.destroy_stream_force"] == 1
    emulated_npu.latency_ms = 0
    with open_session(pack) as session:
        assert session.run(BATCH).shape == (1, 3, 2, 3)


def test_a_model_with_no_room_left_for_it_leaves_the_device_as_it_was(
    tmp_path: Path, emulated_npu: Any
) -> None:
    emulated_npu.power_on(memory=8000)
    with pytest.raises(EngineError) as told:
        open_session(tiny_pack(tmp_path, *SIZES))
    assert told.value.code == "npu-memory"
    assert emulated_npu.memory.used == 0


def test_two_hundred_failures_anywhere_leave_no_handle_and_no_wrong_result(
    tmp_path: Path, emulated_npu: Any
) -> None:
    emulated_npu.power_on(is_recoverable=True)
    pack = tiny_pack(tmp_path, *SIZES, EXACT)
    rng = np.random.default_rng(1)
    codes = sorted(CODES)
    failed = 0
    while failed < 200:
        call = OPENING[rng.integers(1, len(OPENING))]
        emulated_npu.fail(call, codes[rng.integers(len(codes))], after=int(rng.integers(4)))
        try:
            with open_session(pack) as session:
                for _ in range(4):
                    np.testing.assert_allclose(session.run(BATCH), 1, rtol=1e-6)
        except EngineError:
            failed += 1
        assert emulated_npu.leaks() == []
        emulated_npu.faults.clear()
