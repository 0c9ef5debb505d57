"""What a call of a model is handed: buffers that own no memory, and datasets of them."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(eq=False)
class DataBuffer:
    """An address and a size."""

    address: int
    size: int


@dataclass(eq=False)
class Dataset:
    """Buffers, by handle."""

    buffers: list[int] = field(default_factory=list)
    descriptions: dict[int, int] = field(default_factory=dict)
