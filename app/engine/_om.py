"""What an OM file says of itself, read without a device.

The layout is that of GE's ModelFileHeader (framework_types_internal.h): 256 bytes, little-endian,
then a table of partitions; texts stand in the partition MODEL_DEF, a protobuf ge.proto.ModelDef.
"""

from __future__ import annotations

import re
import struct
from dataclasses import dataclass

from app.errors import EngineError
from app.language import Message, message

_HEADER = struct.Struct("<III64sI4B32sI32sII20sB3sQBB62s")
_MAGIC = 0x444F4D49
_TABLE, _ENTRY = struct.Struct("<II"), struct.Struct("<IIQQ")
_OLD_TABLE, _OLD_ENTRY = struct.Struct("<I"), struct.Struct("<III")
_MODEL_DEF = 0
_MOST_PARTITIONS = 8
_DYNAMIC_SINCE = 0x20000000
_REACH = 64
"""Bytes behind a key within which its value begins."""


@dataclass(frozen=True, slots=True)
class OmHeader:
    """The chip is empty where the file does not name one."""

    name: str
    chip: str
    atc_version: str
    size: int
    """Of the whole file, in bytes."""
    is_dynamic: bool
    is_bound_to_host: bool
    """Converted for this kind of processor and system only."""


def header_of(content: bytes) -> OmHeader:
    """Read the header. Raises EngineError if the runtime would refuse the file."""
    if len(content) < _HEADER.size:
        raise _broken(len(content), message("it is too short"))
    head = _HEADER.unpack_from(content)
    magic, version, length, name = head[0], head[2], head[4], head[9]
    models, long_length, is_bound, is_unknown = head[13], head[-4], head[-3], head[-2]
    if magic != _MAGIC:
        raise _broken(len(content), message("it is none"))
    if len(content) - _HEADER.size != (long_length or length):
        raise _broken(len(content), message("its length is wrong"))
    definition = _model_def(content, is_long=bool(long_length))
    return OmHeader(
        name=name.rstrip(b"\0").decode("utf-8", "replace"),
        chip=_text(definition, "soc_version"),
        atc_version=_text(definition, "atc_version"),
        size=len(content),
        is_dynamic=version >= _DYNAMIC_SINCE and (models > 1 or is_unknown == 1),
        is_bound_to_host=is_bound == 1,
    )


def _model_def(content: bytes, *, is_long: bool) -> bytes:
    """Return the partition of texts; partitions follow each other in the order of the table."""
    table, entry = (_TABLE, _ENTRY) if is_long else (_OLD_TABLE, _OLD_ENTRY)
    at = _HEADER.size
    try:
        count = table.unpack_from(content, at)[0]
        if not 1 <= count <= _MOST_PARTITIONS:
            raise _broken(len(content), message("its table is wrong"))
        start = at + table.size + count * entry.size
        for index in range(count):
            kind, *_, size = entry.unpack_from(content, at + table.size + index * entry.size)
            if kind == _MODEL_DEF:
                return content[start : start + size]
            start += size
    except struct.error:
        raise _broken(len(content), message("its table is wrong")) from None
    return b""


def _text(definition: bytes, key: str) -> str:
    """Return the text of an attribute: its key, with the length in front, stands before it."""
    mark = bytes([len(key)]) + key.encode()
    at = definition.find(mark)
    if at < 0:
        return ""
    behind = definition[at + len(mark) : at + len(mark) + _REACH]
    # AttrDef is field 2 of the entry, its text field 2 of AttrDef; lengths are below 128 here.
    found = re.match(rb"\x12[\x00-\x7f]\x12([\x00-\x7f])", behind)
    if found is None:
        return ""
    value = behind[found.end() : found.end() + found[1][0]]
    return value.decode("utf-8", "replace")


def _broken(size: int, fault: Message) -> EngineError:
    return EngineError(
        "This is no whole OM model of {size} bytes: {fault}.",
        "Convert the model pack again, or install it again.",
        "om-broken",
        fault=fault,
        size=size,
    )
