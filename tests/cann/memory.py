"""Host and device memory: two address spaces on a card, one on a chip that runs the program."""

from __future__ import annotations

import bisect
import ctypes
import threading
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Bytes = NDArray[np.uint8]
ALIGNMENT = 64
GARBAGE = 0xA5
"""What fresh memory holds: whoever reads before writing sees it."""
DEVICE_SPACE = range(0x1240_0000_0000, 0x1340_0000_0000)
"""No process on a 64-bit Linux is given such addresses beside a card: reading there crashes."""


class OutOfMemory(Exception):
    """The chip has no room left."""


class BadAddress(Exception):
    """Outside a block, freed already, or never given."""


@dataclass(eq=False)
class Block:
    """One allocation."""

    address: int
    size: int
    content: Bytes
    is_device: bool


class Memory:
    """Everything allocated by one process."""

    def __init__(self, device_size: int, *, is_shared: bool) -> None:
        self._device_size, self._is_shared = device_size, is_shared
        self._blocks: dict[int, Block] = {}
        self._order: list[int] = []
        self._next = DEVICE_SPACE.start
        self._lock = threading.Lock()
        self.used = 0

    @property
    def free_bytes(self) -> int:
        """What the chip has left."""
        return self._device_size - self.used

    @property
    def size(self) -> int:
        """What the chip has."""
        return self._device_size

    def reserve(self, size: int) -> None:
        """Take room for a model without an address; negative gives it back."""
        with self._lock:
            if size > self.free_bytes:
                raise OutOfMemory
            self.used += size

    def allocate(self, size: int, *, on_device: bool) -> int:
        """Return the address of ``size`` bytes of garbage, aligned to 64."""
        if on_device:
            self.reserve(_rounded(size))
        with self._lock:
            if on_device and not self._is_shared:
                address, content = self._next, np.full(size, GARBAGE, np.uint8)
                # A gap behind each block, so that a step too far lands nowhere.
                self._next += _rounded(size) + 4096
            else:
                content, address = _aligned(size)
            self._blocks[address] = Block(address, size, content, on_device)
            bisect.insort(self._order, address)
            return address

    def release(self, address: int, *, on_device: bool) -> None:
        """Free a block; raises BadAddress if it is none, or was freed before."""
        with self._lock:
            block = self._blocks.get(address)
            if block is None or block.is_device != on_device:
                raise BadAddress(f"{address:#x} is not allocated")
            del self._blocks[address]
            self._order.remove(address)
            if on_device:
                self.used -= _rounded(block.size)

    def view(self, address: int, size: int) -> Bytes:
        """Look at ``size`` bytes; an address that nobody gave is the process's own memory."""
        block = self._block_at(address)
        if block is not None:
            start = address - block.address
            if start + size > block.size:
                raise BadAddress(f"{size} bytes at {address:#x} reach behind their block")
            return block.content[start : start + size]
        if address in DEVICE_SPACE or address < 4096:
            raise BadAddress(f"{address:#x} is not allocated")
        return np.ctypeslib.as_array((ctypes.c_uint8 * size).from_address(address))

    def is_device(self, address: int) -> bool:
        """Whether an address is the chip's."""
        block = self._block_at(address)
        return block.is_device if block else address in DEVICE_SPACE

    def is_pinned(self, address: int) -> bool:
        """Whether malloc_host gave an address."""
        block = self._block_at(address)
        return block is not None and not block.is_device

    def forget_device(self) -> None:
        """Lose what was on the chip."""
        with self._lock:
            self._blocks = {a: b for a, b in self._blocks.items() if not b.is_device}
            self._order = sorted(self._blocks)
            self.used = 0

    def leaks(self) -> list[str]:
        """Name what was not freed."""
        blocks = self._blocks.values()
        counts = {
            "device": sum(block.is_device for block in blocks),
            "host": sum(not block.is_device for block in blocks),
        }
        return [f"{count} × {place} memory" for place, count in counts.items() if count]

    def _block_at(self, address: int) -> Block | None:
        with self._lock:
            index = bisect.bisect_right(self._order, address) - 1
            block = self._blocks[self._order[index]] if index >= 0 else None
        return block if block and address < block.address + block.size else None


def _rounded(size: int) -> int:
    """The runtime rounds up to 32 and adds 32."""
    return -(-size // 32) * 32 + 32


def _aligned(size: int) -> tuple[Bytes, int]:
    room = np.full(size + ALIGNMENT, GARBAGE, np.uint8)
    start = -room.ctypes.data % ALIGNMENT
    content = room[start : start + size]
    return content, content.ctypes.data
