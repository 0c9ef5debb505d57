"""The module `acl` as pyACL 9.x has it: no constants, handles are ints, codes instead of errors."""

from __future__ import annotations

from cann import codes
from cann.acl import blas, fv, himpi, mdl, media, op, prof, rt, util
from cann.buffers import DataBuffer
from cann.calls import call, getter, parsed
from cann.machine import MACHINE, Refused

__all__ = ["blas", "fv", "himpi", "mdl", "media", "op", "prof", "rt", "util"]

_SIZES = {0: 4, 1: 2, 2: 1, 3: 4, 4: 1, 6: 2, 7: 2, 8: 4, 9: 8, 10: 8, 11: 8, 12: 1}
_SIZES |= {16: 8, 17: 16, 27: 2}


@call("acl.init", "|s", is_local=True)
def init(config: str = "") -> None:
    if not MACHINE.devices:
        raise Refused(codes.INTERNAL_ERROR, "EL0001: no device")
    MACHINE.init_count += 1
    if MACHINE.init_count > 1:
        raise Refused(codes.REPEAT_INITIALIZE)


@call("acl.finalize", is_local=True)
def finalize() -> None:
    if not MACHINE.init_count:
        raise Refused(codes.REPEAT_FINALIZE)
    MACHINE.report = MACHINE.leaks()
    MACHINE.init_count = 0


@call("acl.finalize_reference", blank=(0,), is_local=True)
def finalize_reference() -> int:
    if MACHINE.init_count < 1:
        raise Refused(codes.REPEAT_FINALIZE)
    MACHINE.init_count -= 1
    if not MACHINE.init_count:
        MACHINE.report = MACHINE.leaks()
    return MACHINE.init_count


@getter("acl.get_soc_name", blank=None)
def get_soc_name() -> str | None:
    return MACHINE.soc if MACHINE.init_count and any(MACHINE.references.values()) else None


@call("acl.get_version", blank=(0, 0, 0), is_local=True)
def get_version() -> tuple[int, int, int]:
    return 1, 17, 0


@call("acl.get_cann_version", "i", blank=({},), is_local=True)
def get_cann_version(name: int) -> dict[str, object]:
    version = {"major_version": 9, "minor_version": 0, "release_version": 0, "patch_version": 0}
    return {"version": "9.0.0_emulation", **version, "reserved": ""}


def get_recent_err_msg(*arguments: object, **keywords: object) -> str | None:
    parsed("acl.get_recent_err_msg", "", arguments, keywords)
    return MACHINE.told()


def app_log(*arguments: object, **keywords: object) -> None:
    parsed("acl.app_log", "is", arguments, keywords)


@getter("acl.data_type_size", "i")
def data_type_size(kind: int) -> int:
    return _SIZES.get(kind, 0)


@getter("acl.create_data_buffer", "kk")
def create_data_buffer(address: int, size: int) -> int:
    return MACHINE.add(DataBuffer(address, size))


@call("acl.destroy_data_buffer", "k", is_local=True)
def destroy_data_buffer(handle: int) -> None:
    MACHINE.drop(handle, DataBuffer)


def _buffer(handle: int) -> DataBuffer:
    buffer: DataBuffer = MACHINE.find(handle, DataBuffer)
    return buffer


@getter("acl.get_data_buffer_addr", "k")
def get_data_buffer_addr(handle: int) -> int:
    return _buffer(handle).address


@getter("acl.get_data_buffer_size_v2", "k")
def get_data_buffer_size_v2(handle: int) -> int:
    return _buffer(handle).size


@getter("acl.get_data_buffer_size", "k")
def get_data_buffer_size(handle: int) -> int:
    return _buffer(handle).size & 0xFFFFFFFF


@call("acl.update_data_buffer", "kkk", is_local=True)
def update_data_buffer(handle: int, address: int, size: int) -> None:
    buffer = _buffer(handle)
    buffer.address, buffer.size = address, size
