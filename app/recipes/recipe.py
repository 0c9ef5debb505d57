"""What a recipe says, described once: the file is checked by it, the editor is made from it."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    ConfigDict,
    Field,
    field_validator,
    model_validator,
)
from pydantic_core import PydanticCustomError

Area = tuple[int, int, int, int]
"""x1, y1, x2, y2 in whole pixels of the picture as captured; x2 and y2 lie outside."""


def _in_order(area: Area) -> Area:
    x1, y1, x2, y2 = area
    if not (0 <= x1 < x2 and 0 <= y1 < y2):
        raise PydanticCustomError("recipe-area", "corners are not in order")
    return area


_Checked = Annotated[Area, AfterValidator(_in_order)]


class _Described(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Limits(_Described):
    """What is accepted of one kind of defect."""

    action: Literal["NG", "REVIEW", "ignore"] = Field(
        default="NG", title="Makes the part", description="What one defect of this kind leads to."
    )
    score: float = Field(
        default=0.5, ge=0, le=1, title="Certain from", description="From this score on it counts."
    )
    review: float = Field(
        default=0.25,
        ge=0,
        le=1,
        title="Doubtful from",
        description="From this score on, below “certain”, the part needs a look.",
    )
    smallest: int = Field(
        default=0,
        ge=0,
        le=10_000,
        title="Smallest size",
        description="What is shorter on its longer side is ignored, in pixels.",
    )
    tolerated: int = Field(
        default=0,
        ge=0,
        le=1000,
        title="Tolerated number",
        description="So many of them on a part are accepted.",
    )

    @model_validator(mode="after")
    def _in_order(self) -> Limits:
        if self.review > self.score:
            raise PydanticCustomError("recipe-order", "review must not lie above score")
        return self


class Tiling(_Described):
    """How a picture larger than the model's input is shown to it."""

    mode: Literal["tiles", "shrink"] = Field(
        default="tiles",
        title="Large pictures",
        description="Cut into tiles at full resolution, or shrink to the model's size.",
    )
    overlap: int = Field(
        default=64,
        ge=0,
        le=512,
        title="Overlap of tiles",
        description="At least as large as the largest defect, in pixels.",
    )


class PictureLimits(_Described):
    """When a picture is too poor to be judged; such a part needs a look."""

    darkest: float = Field(
        default=8, ge=0, le=255, title="Darkest", description="Least mean grey level, 0 to 255."
    )
    brightest: float = Field(
        default=247, ge=0, le=255, title="Brightest", description="Highest mean grey level."
    )
    contrast: float = Field(
        default=6,
        ge=0,
        le=128,
        title="Contrast",
        description="Least standard deviation of the grey levels: less shows no part.",
    )
    sharpness: float = Field(
        default=0, ge=0, le=100, title="Sharpness", description="Least sharpness; 0 asks for none."
    )


class Golden(_Described):
    """Which known parts must be judged as they must be before the line starts."""

    parts: str = Field(
        default="",
        pattern=r"^[\w-]{0,40}$",
        title="Golden parts",
        description="Name of the set of known good and bad parts; empty asks for none.",
    )
    every_hours: float = Field(
        default=12,
        ge=0.5,
        le=720,
        title="Due again after",
        description="Hours after which the golden parts are due again.",
    )


class Bound(_Described):
    """What ``mingjian recipe calibrate`` proved with the site's own parts; never set by hand."""

    escapes: float = Field(gt=0, lt=1)
    """Upper confidence bound of the share of NG parts that would be called OK."""
    confidence: float = Field(gt=0, lt=1)
    ng_parts: int = Field(ge=1)
    escaped: int = Field(ge=0)
    """Of the NG parts."""
    ok_parts: int = Field(ge=0)
    false_alarms: int = Field(ge=0)
    """Of the OK parts, called NG."""
    reviewed: int = Field(ge=0)
    """Of all parts, put into REVIEW."""
    models: tuple[str, ...]
    """SHA-256 of the weights it was measured with: it holds for no others."""
    at: AwareDatetime
    limits: str = ""
    """Fingerprint of what was asked when it was proven: it holds for nothing else."""


class Recipe(_Described):
    """What to look for on a part and what to accept."""

    title: str = Field(default="", max_length=80, title="Title", description="Shown on the line.")
    pack: str = Field(
        min_length=1,
        max_length=80,
        pattern=r"^[a-z0-9][a-z0-9.-]*$",
        title="Model pack",
        description="The detector that looks at the parts.",
    )
    trigger: Literal["part", "every", "hand"] = Field(
        default="part",
        title="Trigger",
        description="Judge each part once it lies still, every frame, or at a key only.",
    )
    region: _Checked | None = Field(
        default=None, title="Region", description="What of the picture is judged; empty is all."
    )
    masks: tuple[_Checked, ...] = Field(
        default=(), title="Masks", description="Areas inside the region that are not judged."
    )
    tiling: Tiling = Field(
        default=Tiling(), title="Large pictures", description="How they are shown to the model."
    )
    picture: PictureLimits = Field(
        default=PictureLimits(), title="Picture", description="When a picture is too poor."
    )
    others: Limits = Field(
        default=Limits(), title="Every defect", description="Limits of kinds not named below."
    )
    defects: dict[str, Limits] = Field(
        default_factory=dict, title="By kind", description="Limits of single kinds of defects."
    )
    golden: Golden = Field(
        default=Golden(), title="Golden parts", description="The check before a shift."
    )
    bound: Bound | None = None

    @field_validator("title")
    @classmethod
    def _of_one_line(cls, title: str) -> str:
        if not title.isprintable():
            raise PydanticCustomError("recipe-characters", "not of one printable line")
        return title

    def limits(self, label: str) -> Limits:
        """Return what holds for one kind of defect."""
        return self.defects.get(label, self.others)
