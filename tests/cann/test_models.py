"""Models: what is loaded, how it is described, and what a call of it needs."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from cann import acl, tiny
from cann.machine import Machine
from cann.program import GEAR_INPUT

H2D, D2H = 1, 2
HW = ("--input_shape=x:1,3,-1,-1", "--dynamic_image_size=16,32;16,64")
Convert = Callable[..., Path]


class Loaded:
    """One model with its buffers, as a careful program would hold them."""

    def __init__(self, path: Path) -> None:
        self.model, code = acl.mdl.load_from_file(str(path))
        assert code == 0, acl.get_recent_err_msg()
        self.desc = acl.mdl.create_desc()
        assert acl.mdl.get_desc(self.desc, self.model) == 0
        self.inputs, self.outputs = acl.mdl.create_dataset(), acl.mdl.create_dataset()
        self.addresses = []
        for dataset, count, size_of in (
            (self.inputs, acl.mdl.get_num_inputs, acl.mdl.get_input_size_by_index),
            (self.outputs, acl.mdl.get_num_outputs, acl.mdl.get_output_size_by_index),
        ):
            for index in range(count(self.desc)):
                size = size_of(self.desc, index)
                address, _ = acl.rt.malloc(size, 0)
                buffer = acl.create_data_buffer(address, size)
                assert acl.mdl.add_dataset_buffer(dataset, buffer) == (dataset, 0)
                self.addresses.append((address, size))

    def fill(self, array: np.ndarray) -> None:
        address, size = self.addresses[0]
        assert acl.rt.memcpy(address, size, array.ctypes.data, array.nbytes, H2D) == 0

    def output(self, count: int) -> np.ndarray:
        found = np.zeros(count, np.float32)
        address, _ = self.addresses[-1]
        assert acl.rt.memcpy(found.ctypes.data, found.nbytes, address, found.nbytes, D2H) == 0
        return found

    def execute(self) -> int:
        return int(acl.mdl.execute(self.model, self.inputs, self.outputs))


def test_a_static_model_is_described_and_computes(context: int, converted: Convert) -> None:
    loaded = Loaded(converted("--input_shape=x:1,3,16,16", "--precision_mode_v2=origin"))
    assert acl.mdl.get_input_dims(loaded.desc, 0) == (
        {"name": "x", "dimCount": 4, "dims": [1, 3, 16, 16]},
        0,
    )
    assert acl.mdl.get_input_dims(loaded.desc, 5) == ({}, 100000)
    assert acl.mdl.get_output_name_by_index(loaded.desc, 0) == "Out_0:0:y"
    assert acl.mdl.get_input_data_type(loaded.desc, 0) == 0
    assert acl.mdl.get_dynamic_batch(loaded.desc) == ({"batchCount": 0, "batch": []}, 0)
    loaded.fill(np.full((1, 3, 16, 16), 0.1, np.float32))
    assert loaded.execute() == 0
    np.testing.assert_allclose(loaded.output(12), 0.1, rtol=1e-6)


def test_half_precision_is_the_default_and_shows(context: int, converted: Convert) -> None:
    onnx = tiny.pooling(factor=0.1)
    loaded = Loaded(converted("--input_shape=x:1,3,8,8", onnx=onnx))
    loaded.fill(np.ones((1, 3, 8, 8), np.float32))
    assert loaded.execute() == 0
    assert loaded.output(1)[0] == np.float16(0.1)
    assert loaded.output(1)[0] != np.float32(0.1)


def test_a_file_that_is_no_model_or_for_another_chip_is_refused(
    context: int, converted: Convert, tmp_path: Path
) -> None:
    whole = converted("--input_shape=x:1,3,8,8").read_bytes()
    broken = tmp_path / "broken.om"
    for content in (b"IMOD", whole[:-1], whole + b"x", b"OMID" + whole[4:]):
        broken.write_bytes(content)
        assert acl.mdl.load_from_file(str(broken)) == (0, 145006)
        assert "Invalid om file" in acl.get_recent_err_msg()
    other = converted("--input_shape=x:1,3,8,8", chip="Ascend310B4")
    assert acl.mdl.load_from_file(str(other)) == (0, 500002)
    assert "Model soc version is not support in this device" in acl.get_recent_err_msg()


def test_a_model_from_memory_lies_where_the_run_mode_wants_it(
    context: int, converted: Convert, machine: Machine
) -> None:
    content = converted("--input_shape=x:1,3,8,8").read_bytes()
    model, code = acl.mdl.load_from_mem(acl.util.bytes_to_ptr(content), len(content))
    assert code == 0
    assert acl.mdl.unload(model) == 0
    assert acl.mdl.unload(model) == 145003
    machine.power_on("Ascend310P3", run_mode=0)
    acl.init()
    acl.rt.set_device(0)
    assert acl.mdl.load_from_mem(acl.util.bytes_to_ptr(content), len(content))[1] == 100000
    address, _ = acl.rt.malloc(len(content), 0)
    acl.rt.memcpy(address, len(content), acl.util.bytes_to_ptr(content), len(content), 0)
    assert acl.mdl.load_from_mem(address, len(content))[1] == 0


def test_a_model_with_gears_has_one_more_input_that_chooses(
    context: int, converted: Convert
) -> None:
    loaded = Loaded(converted(*HW, "--precision_mode_v2=origin"))
    desc, model = loaded.desc, loaded.model
    assert acl.mdl.get_num_inputs(desc) == 2
    assert acl.mdl.get_input_name_by_index(desc, 1) == GEAR_INPUT
    assert acl.mdl.get_dynamic_hw(desc, -1) == ({"hwCount": 2, "hw": [[16, 32], [16, 64]]}, 0)
    assert acl.mdl.get_input_dims(desc, 0)[0]["dims"] == [1, 3, -1, -1]
    assert acl.mdl.get_input_size_by_index(desc, 0) == 4 * 3 * 16 * 64
    index, code = acl.mdl.get_input_index_by_name(desc, GEAR_INPUT)
    assert (index, code) == (1, 0)
    assert acl.mdl.get_input_index_by_name(desc, "y") == (0, 100000)
    assert acl.mdl.get_cur_output_dims(desc, 0)[0]["dims"] == [1, 3, 2, 8]
    chosen = (model, loaded.inputs, index)
    assert acl.mdl.set_dynamic_hw_size(*chosen, 16, 48) == 145013
    assert acl.mdl.set_dynamic_hw_size(*chosen, 0, 32) == 100000
    assert acl.mdl.set_dynamic_batch_size(*chosen, 2) == 145013
    assert acl.mdl.set_dynamic_hw_size(*chosen, 16, 32) == 0
    assert acl.mdl.get_cur_output_dims(desc, 0)[0]["dims"] == [1, 3, 2, 4]
    loaded.fill(np.tile(np.arange(32, dtype=np.float32), (1, 3, 16, 1)))
    assert loaded.execute() == 0
    assert loaded.output(4).tolist() == [3.5, 11.5, 19.5, 27.5]


def test_gears_of_batches_and_of_all_dims_are_told_and_set(
    context: int, converted: Convert
) -> None:
    batch = Loaded(converted("--input_shape=x:-1,3,8,8", "--dynamic_batch_size=1,4"))
    assert acl.mdl.get_dynamic_batch(batch.desc) == ({"batchCount": 2, "batch": [1, 4]}, 0)
    assert acl.mdl.set_dynamic_batch_size(batch.model, batch.inputs, 1, 4) == 0
    assert acl.mdl.set_dynamic_batch_size(batch.model, batch.inputs, 1, 3) == 145013
    dims = Loaded(converted("--input_shape=x:1,3,8,-1", "--dynamic_dims=8;16", "--input_format=ND"))
    count, _ = acl.mdl.get_input_dynamic_gear_count(dims.desc, -1)
    gears, code = acl.mdl.get_input_dynamic_dims(dims.desc, -1, count)
    assert (code, [gear["dims"] for gear in gears]) == (0, [[1, 3, 8, 8], [1, 3, 8, 16]])
    assert acl.mdl.get_input_dynamic_dims(dims.desc, -1, 5000) == (None, 100000)
    assert acl.mdl.set_input_dynamic_dims(dims.model, dims.inputs, 1, gears[0]) == 0
    with pytest.raises(TypeError):
        acl.mdl.set_input_dynamic_dims(dims.model, dims.inputs, 1, {"dims": (1, 3, 8, 8)})


def test_setting_a_gear_on_a_model_without_is_refused(context: int, converted: Convert) -> None:
    loaded = Loaded(converted("--input_shape=x:1,3,8,8"))
    answer = acl.mdl.set_dynamic_hw_size(loaded.model, loaded.inputs, 0, 8, 8)
    assert answer == 145013
    assert "Dynamic batch info is empty" in acl.get_recent_err_msg()


def test_a_call_with_wrong_buffers_is_refused(context: int, converted: Convert) -> None:
    loaded = Loaded(converted("--input_shape=x:1,3,16,16"))
    empty = acl.mdl.create_dataset()
    assert acl.mdl.execute(loaded.model, empty, loaded.outputs) == 500002
    assert acl.mdl.execute(loaded.model, 0, loaded.outputs) == 100000
    assert acl.mdl.execute(99, loaded.inputs, loaded.outputs) == 145003
    buffer = acl.mdl.get_dataset_buffer(loaded.inputs, 0)
    address, size = loaded.addresses[0]
    for wrong in (size - 4, size + 4):
        acl.update_data_buffer(buffer, address, wrong)
        assert loaded.execute() == 500002
    acl.update_data_buffer(buffer, 0, size)
    assert loaded.execute() == 100000


def test_results_of_an_asynchronous_call_are_seen_after_synchronising(
    stream: int, converted: Convert, machine: Machine
) -> None:
    loaded = Loaded(converted("--input_shape=x:1,3,8,8", "--precision_mode_v2=origin"))
    loaded.fill(np.full((1, 3, 8, 8), 2, np.float32))
    before = loaded.output(3)
    assert acl.mdl.execute_async(loaded.model, loaded.inputs, loaded.outputs, stream) == 0
    assert acl.rt.stream_query(stream) == (1, 0)
    assert loaded.output(3).tobytes() == before.tobytes()
    machine.latency_ms = 30
    assert acl.rt.synchronize_stream_with_timeout(stream, 5) == 507046
    assert acl.rt.synchronize_stream_with_timeout(stream, 1000) == 0
    assert loaded.output(3).tolist() == [2, 2, 2]


def test_one_model_does_not_run_on_two_streams_nor_in_a_foreign_context(
    stream: int, context: int, converted: Convert
) -> None:
    loaded = Loaded(converted("--input_shape=x:1,3,8,8"))
    other, _ = acl.rt.create_stream()
    words = (loaded.model, loaded.inputs, loaded.outputs)
    assert acl.mdl.execute_async(*words, stream) == 0
    assert acl.mdl.execute_async(*words, other) == 107037
    acl.rt.create_context(0)
    assert loaded.execute() == 107004
    assert acl.mdl.execute_async(*words, stream) == 107003


def test_execute_keeps_the_gil_and_synchronising_lets_it_go(
    stream: int, converted: Convert, machine: Machine
) -> None:
    loaded = Loaded(converted("--input_shape=x:1,3,8,8"))
    loaded.fill(np.zeros((1, 3, 8, 8), np.float32))
    machine.latency_ms = 300
    held = ticks_during(loaded.execute)
    acl.mdl.execute_async(loaded.model, loaded.inputs, loaded.outputs, stream)
    let_go = ticks_during(lambda: acl.rt.synchronize_stream(stream))
    assert held.max() > 0.25
    assert len(let_go) > 3


def ticks_during(work: Callable[[], object]) -> np.ndarray:
    """How long another thread stood still between two of its steps while the work was done."""
    ticks: list[float] = []
    is_done = threading.Event()

    def tick() -> None:
        while not is_done.is_set():
            ticks.append(time.perf_counter())
            time.sleep(0.001)
        ticks.append(time.perf_counter())

    thread = threading.Thread(target=tick)
    thread.start()
    time.sleep(0.01)
    begun = time.perf_counter()
    work()
    is_done.set()
    thread.join()
    return np.diff([begun, *(tick for tick in ticks if tick >= begun)])
