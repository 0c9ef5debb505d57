"""`acl.util`: between Python's objects and pointers."""

from __future__ import annotations

import ctypes
import threading
import warnings
from collections.abc import Callable
from typing import Any

import numpy as np

from cann.calls import Crash, parsed
from cann.machine import MACHINE
from cann.memory import DEVICE_SPACE, BadAddress

_NUMPY_TYPES = {1: np.int8, 2: np.uint8, 5: np.int32, 7: np.int64, 11: np.float32, 12: np.float64}
_NUMPY_TYPES |= {23: np.float16}


def bytes_to_ptr(*arguments: Any, **keywords: Any) -> int:
    (content,) = parsed("acl.util.bytes_to_ptr", "O", arguments, keywords)
    if type(content) is not bytes:
        raise ValueError("bytes_to_ptr needs an byte as argument")
    return ctypes.cast(ctypes.c_char_p(content), ctypes.c_void_p).value or 0


def ptr_to_bytes(*arguments: Any, **keywords: Any) -> bytes:
    address, size = parsed("acl.util.ptr_to_bytes", "kk", arguments, keywords)
    return bytes(_readable(address, size))


def numpy_to_ptr(*arguments: Any, **keywords: Any) -> int:
    (array,) = parsed("acl.util.numpy_to_ptr", "O", arguments, keywords)
    if not isinstance(array, np.ndarray):
        raise ValueError("numpy_to_ptr needs an array as argument")
    warnings.warn("numpy_to_ptr is deprecated, use bytes_to_ptr", DeprecationWarning, stacklevel=2)
    if not array.flags.c_contiguous:
        warnings.warn("the array is not contiguous", UserWarning, stacklevel=2)
    return int(array.ctypes.data)


def numpy_contiguous_to_ptr(*arguments: Any, **keywords: Any) -> tuple[int, Any]:
    (array,) = parsed("acl.util.numpy_contiguous_to_ptr", "O", arguments, keywords)
    if not isinstance(array, np.ndarray):
        raise ValueError("numpy_contiguous_to_ptr needs an array as argument")
    whole = np.ascontiguousarray(array)
    return int(whole.ctypes.data), whole


def ptr_to_numpy(*arguments: Any, **keywords: Any) -> Any:
    address, shape, kind = parsed("acl.util.ptr_to_numpy", "kOi", arguments, keywords)
    warnings.warn("ptr_to_numpy is deprecated, use ptr_to_bytes", DeprecationWarning, stacklevel=2)
    dtype = np.dtype(_NUMPY_TYPES[kind])
    return _readable(address, int(np.prod(shape)) * dtype.itemsize).view(dtype).reshape(shape)


def start_thread(*arguments: Any, **keywords: Any) -> tuple[int, int]:
    function, values = parsed("acl.util.start_thread", "OO", arguments, keywords)
    thread = _Started(function, values)
    thread.start()
    return thread.ident or 0, 0


def stop_thread(*arguments: Any, **keywords: Any) -> int:
    (number,) = parsed("acl.util.stop_thread", "k", arguments, keywords)
    for thread in threading.enumerate():
        if thread.ident == number and isinstance(thread, _Started):
            thread.join()
    return 0


class _Started(threading.Thread):
    def __init__(self, function: Callable[..., Any], values: list[Any]) -> None:
        super().__init__(target=function, args=tuple(values), daemon=True)


def _readable(address: int, size: int) -> Any:
    if MACHINE.memory.is_device(address) and address in DEVICE_SPACE:
        raise Crash(f"the host reads {address:#x}, which is the device's")
    try:
        return MACHINE.memory.view(address, size)
    except BadAddress as error:
        raise Crash(str(error)) from None
