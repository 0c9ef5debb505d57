"""How a C function of pyACL is called: positional arguments, ints as handles, codes as answers."""

from __future__ import annotations

import functools
import operator
from collections.abc import Callable
from typing import Any

from cann import codes
from cann.machine import MACHINE, Refused

_WIDTHS = {"k": 64, "K": 64, "I": 32}


class Crash(BaseException):
    """What the real library answers with a segmentation fault."""


def call(
    name: str,
    formats: str = "",
    *,
    blank: tuple[Any, ...] = (),
    is_release: bool = False,
    is_local: bool = False,
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Make a function of ``acl`` that answers a code.

    ``formats`` are PyArg_ParseTuple's; ``blank`` is what stands before the code after a failure.
    ``is_release``: a lost device is told, but the books are closed. ``is_local``: needs no device.
    """

    def decorate(function: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(function)
        def called(*arguments: Any, **keywords: Any) -> Any:
            values = parsed(name, formats, arguments, keywords)
            with MACHINE.lock:
                MACHINE.calls[name] += 1
            try:
                if not is_local:
                    MACHINE.ready(name)
                loss = None if is_local else MACHINE.lost
                if loss and not is_release:
                    raise loss
                MACHINE.strike(name)
                result = function(*values)
                if loss:
                    raise loss
            except Refused as refused:
                MACHINE.note(refused)
                return (*blank, refused.code) if blank else refused.code
            if not blank:
                return codes.SUCCESS
            given = result if isinstance(result, tuple) else (result,)
            return (*given, codes.SUCCESS)

        return called

    return decorate


def getter(
    name: str, formats: str = "", *, blank: Any = 0
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Make a function of ``acl`` that answers a bare value, ``blank`` where it fails."""

    def decorate(function: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(function)
        def called(*arguments: Any, **keywords: Any) -> Any:
            values = parsed(name, formats, arguments, keywords)
            with MACHINE.lock:
                MACHINE.calls[name] += 1
            try:
                MACHINE.strike(name)
                return function(*values)
            except Refused as refused:
                MACHINE.note(refused)
                return blank

        return called

    return decorate


def parsed(name: str, formats: str, arguments: tuple[Any, ...], keywords: Any) -> list[Any]:
    """Take the arguments as PyArg_ParseTuple does; raises TypeError."""
    if keywords:
        raise TypeError(f"{name.rpartition('.')[2]}() takes no keyword arguments")
    needed, _, optional = formats.partition("|")
    kinds = needed + optional
    mark = "!" if name.startswith("acl.mdl.") else ""
    if not len(needed) <= len(arguments) <= len(kinds):
        raise TypeError(f"{name} args parse failed{mark}")
    try:
        return [_taken(kind, value) for kind, value in zip(kinds, arguments, strict=False)]
    except (TypeError, OverflowError):
        raise TypeError(f"{name} args parse failed{mark}") from None


def _taken(kind: str, value: Any) -> Any:
    if kind == "s":
        if not isinstance(value, str):
            raise TypeError
        return value
    if kind in "kK":
        # A NumPy integer is no int to the parser: only an int itself is taken for a pointer.
        if not isinstance(value, int):
            raise TypeError
        return value & (1 << _WIDTHS[kind]) - 1
    if kind == "I":
        return operator.index(value) & 0xFFFFFFFF
    if kind == "i":
        number = operator.index(value)
        if not -(1 << 31) <= number < 1 << 31:
            raise OverflowError
        return number
    return value
