"""`acl.rt`: devices, contexts, streams and memory."""

from __future__ import annotations

import time
from typing import Any

from cann import codes
from cann.calls import call
from cann.machine import MACHINE, Context, Refused
from cann.memory import BadAddress, OutOfMemory
from cann.streams import Copy, Stream

H2H, H2D, D2H, D2D, DEFAULT = range(5)
_MEMORY_KINDS = range(10)


def _existing(device: int) -> int:
    if not 0 <= device < MACHINE.devices:
        raise Refused(codes.RT_DEVICE_ID, f"EE1001: invalid device {device}")
    return device


def _in_use(device: int) -> int:
    if not MACHINE.references[device]:
        raise Refused(codes.RT_CONTEXT_NULL, f"EE9999: device {device} is not set")
    return device


@call("acl.rt.set_device", "i")
def set_device(device: int) -> None:
    MACHINE.references[_existing(device)] += 1
    default = MACHINE.defaults.setdefault(device, Context(device, is_default=True))
    MACHINE.current = default


@call("acl.rt.reset_device", "i", is_release=True)
def reset_device(device: int) -> None:
    MACHINE.references[_in_use(_existing(device))] -= 1
    if not MACHINE.references[device]:
        _kill(device)


@call("acl.rt.reset_device_force", "i", is_release=True)
def reset_device_force(device: int) -> None:
    MACHINE.references[_existing(device)] = 0
    _kill(device)
    if MACHINE.is_recoverable:
        MACHINE.lost = None


def _kill(device: int) -> None:
    """Whatever was made on the device is dead now; what its owner kept stays in the books."""
    MACHINE.defaults.pop(device, Context(device)).is_dead = True
    for thing in MACHINE.handles.values():
        if isinstance(thing, Context) and thing.device == device:
            thing.is_dead = True


@call("acl.rt.get_device", blank=(0,))
def get_device() -> int:
    return MACHINE.current.device


@call("acl.rt.get_device_count", blank=(0,), is_local=True)
def get_device_count() -> int:
    return MACHINE.devices


@call("acl.rt.get_run_mode", blank=(0,))
def get_run_mode() -> int:
    return MACHINE.run_mode


@call("acl.rt.query_device_status", "i", blank=(0,), is_local=True)
def query_device_status(device: int) -> int:
    _existing(device)
    return 1 if MACHINE.lost else 0


@call("acl.rt.get_device_utilization_rate", "i", blank=({},))
def get_device_utilization_rate(device: int) -> dict[str, int]:
    _existing(device)
    names = ("cube_utilization", "aicpu_utilization", "utilization_extend")
    return {**dict.fromkeys(names, 0), "vector_utilization": -1, "memory_utilization": -1}


@call("acl.rt.get_mem_info", "i", blank=(0, 0))
def get_mem_info(kind: int) -> tuple[int, int]:
    _ = MACHINE.current
    if kind not in _MEMORY_KINDS:
        raise Refused(codes.INVALID_PARAM)
    return MACHINE.memory.free_bytes, MACHINE.memory.size


@call("acl.rt.create_context", "i", blank=(0,))
def create_context(device: int) -> int:
    context = Context(_in_use(_existing(device)))
    MACHINE.current = context
    return MACHINE.add(context)


@call("acl.rt.destroy_context", "k", is_release=True)
def destroy_context(handle: int) -> None:
    MACHINE.drop(handle, Context, codes.RT_CONTEXT_NULL).is_dead = True


@call("acl.rt.set_context", "k")
def set_context(handle: int) -> None:
    context = MACHINE.find(handle, Context, codes.RT_CONTEXT_NULL)
    if context.is_dead:
        raise Refused(codes.RT_CONTEXT_NULL, "EE9999: the context was released with its device")
    MACHINE.current = context


@call("acl.rt.get_context", blank=(0,))
def get_context() -> int:
    current = MACHINE.current
    for handle, thing in MACHINE.handles.items():
        if thing is current:
            return handle
    # The default context has a handle, too, as soon as somebody asks.
    return MACHINE.add(current)


@call("acl.rt.create_stream", blank=(0,))
def create_stream() -> int:
    return _new_stream()


@call("acl.rt.create_stream_with_config", "II", blank=(0,))
def create_stream_with_config(priority: int, flag: int) -> int:
    return _new_stream()


def _new_stream() -> int:
    count = sum(isinstance(thing, Stream) for thing in MACHINE.handles.values())
    if count >= MACHINE.most_streams:
        raise Refused(codes.RT_STREAMS_USED_UP, "EE9999: no stream resource")
    return MACHINE.add(Stream(MACHINE.current))


@call("acl.rt.destroy_stream", "k", is_release=True)
def destroy_stream(handle: int) -> None:
    MACHINE.drop(handle, Stream, codes.RT_INVALID_HANDLE)


@call("acl.rt.destroy_stream_force", "k", is_release=True)
def destroy_stream_force(handle: int) -> None:
    MACHINE.drop(handle, Stream, codes.RT_INVALID_HANDLE)


def _stream(handle: int) -> Stream:
    stream: Stream = MACHINE.find(handle, Stream, codes.RT_INVALID_HANDLE)
    if stream.context is not MACHINE.current:
        raise Refused(codes.RT_STREAM_CONTEXT, "EE9999: the stream is not of this context")
    return stream


@call("acl.rt.stream_query", "k", blank=(0,))
def stream_query(handle: int) -> int:
    return 1 if _stream(handle).waiting else 0


@call("acl.rt.synchronize_stream", "k")
def synchronize_stream(handle: int) -> None:
    _finish(_stream(handle), -1)


@call("acl.rt.synchronize_stream_with_timeout", "ki")
def synchronize_stream_with_timeout(handle: int, timeout_ms: int) -> None:
    _finish(_stream(handle), timeout_ms)


def _finish(stream: Stream, timeout_ms: int) -> None:
    """Do what waits; sleeping and computing let go of the GIL."""
    if stream.waiting and MACHINE.latency_ms:
        if 0 <= timeout_ms < MACHINE.latency_ms:
            time.sleep(timeout_ms / 1e3)
            raise Refused(codes.RT_SYNC_TIMEOUT, "EE9999: stream synchronize timeout")
        time.sleep(MACHINE.latency_ms / 1e3)
    stream.finish()


@call("acl.rt.malloc", "kI", blank=(0,))
def malloc(size: int, policy: int) -> int:
    return _allocated(size)


@call("acl.rt.malloc_align32", "kI", blank=(0,))
def malloc_align32(size: int, policy: int) -> int:
    return _allocated(size)


@call("acl.rt.malloc_cached", "kI", blank=(0,))
def malloc_cached(size: int, policy: int) -> int:
    return _allocated(size)


def _allocated(size: int) -> int:
    _ = MACHINE.current
    if not size:
        raise Refused(codes.INVALID_PARAM, "EH0002: size must be greater than zero")
    try:
        return MACHINE.memory.allocate(size, on_device=True)
    except OutOfMemory:
        raise Refused(codes.RT_MEMORY, "EL0004: Failed to allocate memory") from None


@call("acl.rt.malloc_host", "k", blank=(0,))
def malloc_host(size: int) -> int:
    if not size:
        raise Refused(codes.INVALID_PARAM, "EH0002: size must be greater than zero")
    _ = MACHINE.current
    return MACHINE.memory.allocate(size, on_device=False)


@call("acl.rt.free", "k", is_release=True)
def free(address: int) -> None:
    _freed(address, on_device=True)


@call("acl.rt.free_host", "k", is_release=True)
def free_host(address: int) -> None:
    _freed(address, on_device=False)


def _freed(address: int, *, on_device: bool) -> None:
    try:
        MACHINE.memory.release(address, on_device=on_device)
    except BadAddress as error:
        code = codes.RT_INVALID_VALUE if address else codes.INVALID_PARAM
        raise Refused(code, f"EE1001: {error}") from None


@call("acl.rt.memset", "kkik")
def memset(address: int, most: int, value: int, count: int) -> None:
    if count > most:
        raise Refused(codes.RT_INVALID_VALUE, "EE1001: count is larger than maxCount")
    _seen(address, max(count, most))[:count] = value & 0xFF


@call("acl.rt.memcpy", "kkkki")
def memcpy(target: int, room: int, source: int, count: int, kind: int) -> None:
    if count:
        _checked_copy(target, room, source, count, kind).run()


@call("acl.rt.memcpy_async", "kkkkik")
def memcpy_async(target: int, room: int, source: int, count: int, kind: int, stream: int) -> None:
    if not count:
        return
    hosts = [a for a in (target, source) if not MACHINE.memory.is_device(a)]
    if len(hosts) == 2 and MACHINE.run_mode == 1:
        raise Refused(codes.RT_FEATURE, "EE1001: host to host is not asynchronous")
    copy = _checked_copy(target, room, source, count, kind)
    waiting = _stream(stream)
    if all(MACHINE.memory.is_pinned(address) for address in hosts):
        waiting.waiting.append(copy)
    else:
        copy.run()


def _checked_copy(target: int, room: int, source: int, count: int, kind: int) -> Copy:
    if not target or not source or not H2H <= kind <= 7:
        raise Refused(codes.INVALID_PARAM, "EH0001: null address or unknown kind")
    if count > room:
        raise Refused(codes.RT_INVALID_VALUE, "EE1001: count is larger than destMax")
    if MACHINE.run_mode == 1:
        is_device = MACHINE.memory.is_device
        sides = {(False, False): H2H, (False, True): H2D, (True, False): D2H, (True, True): D2D}
        if kind not in (DEFAULT, sides[is_device(source), is_device(target)]):
            # The real library finds the direction by itself; here a wrong one is a mistake.
            raise Refused(codes.RT_INVALID_VALUE, "EE1001: wrong direction of a copy")
    return Copy(_seen(target, room)[:count], _seen(source, count))


def _seen(address: int, size: int) -> Any:
    try:
        return MACHINE.memory.view(address, size)
    except BadAddress as error:
        raise Refused(codes.RT_INVALID_VALUE, f"EE1001: {error}") from None
