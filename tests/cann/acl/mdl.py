"""`acl.mdl`: models, their descriptions and their execution."""

from __future__ import annotations

import ctypes
from typing import Any

from cann import codes
from cann.buffers import DataBuffer, Dataset
from cann.calls import call, getter
from cann.descriptions import *  # noqa: F403 - one room of the library in two files
from cann.execution import Execution, asked, set_gear
from cann.machine import MACHINE, Refused
from cann.memory import BadAddress, OutOfMemory
from cann.program import WORK_SIZE, Program, load, read_file
from cann.streams import Stream


def _model(handle: int) -> Program:
    program: Program = MACHINE.find(handle, Program, codes.GE_MODEL_ID)
    return program


def _loaded(content: bytes) -> int:
    program = load(content, MACHINE.current)
    try:
        MACHINE.memory.reserve(program.size + WORK_SIZE)
    except OutOfMemory:
        raise Refused(codes.RT_MEMORY, "EL0004: Failed to allocate memory") from None
    return MACHINE.add(program)


def _model_bytes(address: int, size: int) -> bytes:
    memory = MACHINE.memory
    if MACHINE.run_mode == 0 and not memory.is_device(address):
        raise Refused(codes.INVALID_PARAM, "EH0001: the model must lie in device memory")
    if MACHINE.run_mode == 1 and memory.is_device(address):
        raise Refused(codes.INVALID_PARAM, "EH0001: the model must lie in host memory")
    try:
        return memory.view(address, size).tobytes()
    except BadAddress as error:
        raise Refused(codes.GE_DATA_SIZE, f"E10001: {error}") from None


@call("acl.mdl.load_from_file", "s", blank=(0,))
def load_from_file(path: str) -> int:
    return _loaded(read_file(path))


@call("acl.mdl.load_from_mem", "kk", blank=(0,))
def load_from_mem(address: int, size: int) -> int:
    return _loaded(_model_bytes(address, size))


@call("acl.mdl.query_size", "s", blank=(0, 0))
def query_size(path: str) -> tuple[int, int]:
    return WORK_SIZE, load(read_file(path), None).size


@call("acl.mdl.query_size_from_mem", "kk", blank=(0, 0))
def query_size_from_mem(address: int, size: int) -> tuple[int, int]:
    return WORK_SIZE, load(_model_bytes(address, size), None).size


@call("acl.mdl.unload", "k", is_release=True)
def unload(model: int) -> None:
    program = MACHINE.drop(model, Program, codes.GE_MODEL_ID)
    MACHINE.memory.reserve(-program.size - WORK_SIZE)


def _gear_buffer(dataset: int, index: int) -> DataBuffer:
    handles = MACHINE.find(dataset, Dataset).buffers
    if not 0 <= index < len(handles):
        raise Refused(codes.INVALID_PARAM, "EH0001: there is no such buffer")
    buffer: DataBuffer = MACHINE.find(handles[index], DataBuffer)
    if not buffer.address:
        raise Refused(codes.INVALID_PARAM, "EH0002: null data buffer")
    return buffer


@call("acl.mdl.set_dynamic_batch_size", "kkkk")
def set_dynamic_batch_size(model: int, dataset: int, index: int, batch: int) -> None:
    if not batch:
        raise Refused(codes.INVALID_PARAM, "EH0002: batch is zero")
    set_gear(_model(model), "batch", _gear_buffer(dataset, index), [batch])


@call("acl.mdl.set_dynamic_hw_size", "kkkkk")
def set_dynamic_hw_size(model: int, dataset: int, index: int, height: int, width: int) -> None:
    if not height or not width:
        raise Refused(codes.INVALID_PARAM, "EH0002: height or width is zero")
    set_gear(_model(model), "hw", _gear_buffer(dataset, index), [height, width])


@call("acl.mdl.set_input_dynamic_dims", "kkkO")
def _set_dims(model: int, dataset: int, index: int, dims: dict[str, Any]) -> None:
    set_gear(_model(model), "dims", _gear_buffer(dataset, index), list(dims["dims"]))


def set_input_dynamic_dims(*arguments: Any, **keywords: Any) -> int:
    given = arguments[3].get("dims") if len(arguments) == 4 else None
    if not isinstance(given, list) or not all(isinstance(each, int) for each in given):
        raise TypeError("acl.mdl.set_input_dynamic_dims args parse failed!")
    code: int = _set_dims(*arguments, **keywords)
    return code


@getter("acl.mdl.create_dataset")
def create_dataset() -> int:
    return MACHINE.add(Dataset())


@call("acl.mdl.destroy_dataset", "k", is_local=True)
def destroy_dataset(handle: int) -> None:
    MACHINE.drop(handle, Dataset)


@call("acl.mdl.add_dataset_buffer", "kk", blank=(0,), is_local=True)
def add_dataset_buffer(dataset: int, buffer: int) -> int:
    MACHINE.find(buffer, DataBuffer)
    MACHINE.find(dataset, Dataset).buffers.append(buffer)
    return dataset


@getter("acl.mdl.get_dataset_num_buffers", "k")
def get_dataset_num_buffers(dataset: int) -> int:
    return len(MACHINE.find(dataset, Dataset).buffers)


@getter("acl.mdl.get_dataset_buffer", "kk")
def get_dataset_buffer(dataset: int, index: int) -> int:
    handles = MACHINE.find(dataset, Dataset).buffers
    return handles[index] if index < len(handles) else 0


@call("acl.mdl.get_aipp_type", "kk", blank=(0, 0))
def get_aipp_type(model: int, index: int) -> tuple[int, int]:
    """0 is no AIPP, 1 static AIPP; no input is attached."""
    return (1 if _model(model).aipp and not index else 0), 0xFFFFFFFF


@call("acl.mdl.execute", "kkk")
def execute(model: int, inputs: int, outputs: int) -> None:
    execution = asked(_model(model), inputs, outputs)
    if MACHINE.latency_ms:
        # A call through PyDLL keeps the GIL: every thread of the program stands still.
        ctypes.PyDLL(None).usleep(int(MACHINE.latency_ms * 1e3))
    execution.run()


@call("acl.mdl.execute_async", "kkkk")
def execute_async(model: int, inputs: int, outputs: int, stream: int) -> None:
    program = _model(model)
    waiting: Stream = MACHINE.find(stream, Stream, codes.RT_INVALID_HANDLE)
    if waiting.context is not MACHINE.current:
        raise Refused(codes.RT_STREAM_CONTEXT, "EE9999: the stream is not of this context")
    if program.stream not in (0, stream):
        raise Refused(codes.RT_MODEL_RUNNING, "EE9999: the model runs on another stream")
    execution: Execution = asked(program, inputs, outputs)
    program.stream = stream
    waiting.waiting.append(execution)
