"""What a detector is made of; pure, and written beside its weights."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field


class Design(BaseModel):
    """Every number from which the network is built before it is pruned."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    labels: tuple[str, ...] = Field(min_length=1)
    channels: str = Field(default="grey", pattern="^(grey|bgr)$")
    stem: Literal["patch", "deep"] = "deep"
    """How stride 4 is reached: one convolution over patches, or three small ones."""
    stem_kernel: int = Field(default=8, ge=4, multiple_of=2)
    widths: tuple[int, int, int, int] = Field(
        default=(32, 96, 128, 192), description="Channels after the stem and at stride 8, 16, 32"
    )
    blocks: tuple[int, int, int] = Field(
        default=(2, 2, 1), description="Blocks at stride 8, 16, 32"
    )
    neck: tuple[int, int, int] = Field(
        default=(128, 96, 64), description="Way down: stride 32, 16, 8"
    )
    head: tuple[int, int] = Field(
        default=(48, 32), description="Channels for classes and for boxes"
    )
    bins: int = Field(default=11, ge=2, description="Steps of the distribution of one box side")
    stride: Literal[8] = 8
    """Of the one level that carries the head."""

    @property
    def colours(self) -> int:
        """Channels of the input."""
        return 1 if self.channels == "grey" else 3


class ExportNote(BaseModel):
    """What stands beside an exported model, for whoever packs it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    design: Design
    size: tuple[int, int]
    """Width and height of the input."""
