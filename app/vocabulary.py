"""The frozen nouns that cross rooms and threads: Frame → Reading → Verdict → Inspection → Record.

A stage makes a new value; nobody fills in somebody else's.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from app.language import Message

Bgr = NDArray[np.uint8]
"""A picture, H×W×3 uint8, blue green red."""

Point = tuple[float, float]
"""x right, y down, in frame pixels."""

Quad = tuple[Point, Point, Point, Point]
"""Four corners in frame pixels: upper left, upper right, lower right, lower left *as read*, so the
text runs from the first corner to the second however the page lies."""

Box = tuple[float, float, float, float]
"""x1, y1, x2, y2 in frame pixels."""


def box_of(quad: Quad) -> Box:
    """Return the upright box around a quadrilateral."""
    xs, ys = zip(*quad, strict=True)
    return min(xs), min(ys), max(xs), max(ys)


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """One picture as captured. ``bgr`` is never written to after it left the source."""

    bgr: Bgr
    number: int
    time: float
    """Seconds since the epoch."""
    source: str
    """Address of the source, or the path of the file."""
    page: int = 1


@dataclass(frozen=True, slots=True)
class Alternative:
    """One candidate for one character, with the recogniser's probability (0–1)."""

    text: str
    score: float


Alternatives = tuple[tuple[Alternative, ...], ...]
"""One tuple a character, most probable first; the first joins up to the text that was read."""


@dataclass(frozen=True, slots=True)
class TextLine:
    """One line of text as read."""

    quad: Quad
    text: str
    score: float
    """Mean probability of the characters, 0–1."""
    alternatives: Alternatives = ()
    centres: tuple[float, ...] = ()
    """Where each character stands along the line, 0 at its left edge and 1 at its right."""


@dataclass(frozen=True, slots=True)
class Detection:
    """One thing seen by a detector."""

    label: str
    score: float
    box: Box


class Proof(StrEnum):
    """Why a field's value may be believed."""

    PROVEN = "proven"
    """A check digit or checksum holds."""
    CONFIRMED = "confirmed"
    """Two independent readings on the document agree."""
    READ = "read"
    """OCR alone."""
    CONFLICT = "conflict"
    """Two readings, or a reading and a checksum, disagree."""
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Field:
    """One value of a document."""

    name: str
    value: str
    proof: Proof
    score: float = 0.0
    """Lowest probability among its characters, 0–1."""
    quad: Quad | None = None
    """Where it stands on the frame."""
    alternatives: Alternatives = ()
    """Aligned with ``value``: one entry a character of it, or empty."""
    corrected_from: str | None = None
    """What was read, where a checksum or a hand put ``value`` in its place."""


class Flaw(StrEnum):
    """What is wrong with a picture as a picture."""

    BLURRED = "blurred"
    GLARE = "glare"
    CUT_OFF = "cut off"
    PHOTOCOPY = "photocopy-like"


@dataclass(frozen=True, slots=True)
class Light:
    """How a picture is lit and focused, measured inside the recipe's region."""

    brightness: float
    """Mean grey level, 0–255."""
    contrast: float
    """Standard deviation of the grey levels."""
    sharpness: float
    """Variance of the Laplacian over the variance of the grey levels: focus, whatever the light."""


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything read of one document or part on one frame."""

    document: str = ""
    """Kind of the document; empty where it was not recognised."""
    fields: tuple[Field, ...] = ()
    lines: tuple[TextLine, ...] = ()
    detections: tuple[Detection, ...] = ()
    outline: Quad | None = None
    """Corners of the document on the frame, upright as read."""
    flaws: frozenset[Flaw] = frozenset()
    region: Box | None = None
    """What of the frame was looked at for parts; None is all of it."""
    light: Light | None = None
    """Measured on parts only."""

    def field(self, name: str) -> Field:
        """Return one field; a name the reading lacks gives a missing field."""
        return next((f for f in self.fields if f.name == name), Field(name, "", Proof.MISSING))


class Decision(StrEnum):
    """OK, NG or REVIEW."""

    OK = "OK"
    NG = "NG"
    REVIEW = "REVIEW"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a verdict is not OK, in words."""

    code: str
    """Stable: ``missing``, ``conflict``, ``expired``, ``low-confidence``, ``blurred`` …"""
    message: Message
    field: str | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """The decision and its reasons."""

    decision: Decision
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class EngineMark:
    """What really ran: runtime, device and the models' hashes."""

    engine: str
    device: str
    models: tuple[tuple[str, str], ...] = ()
    """(name of the pack, SHA-256 of the weights)."""
    note: Message | None = field(default=None, compare=False)
    """Why this device, where it was chosen and not named."""
    is_fallback: bool = field(default=False, compare=False)
    """An NPU is here and was not taken; ``note`` says why."""


@dataclass(frozen=True, slots=True)
class RecipeMark:
    """The recipe a part was judged by: its name, numbered version and the hash of its text."""

    name: str
    version: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Overrule:
    """An inspector's word against the verdict."""

    decision: Decision
    reason: str
    at: datetime
    """Aware, UTC."""


@dataclass(frozen=True, slots=True, eq=False)
class Inspection:
    """One document or part of one frame, all the way to its verdict."""

    frame: Frame
    reading: Reading
    verdict: Verdict
    engine: EngineMark
    timings_ms: Mapping[str, float] = field(default_factory=dict)
    recipe: RecipeMark | None = None
    """None for a document: its kind is its recipe."""


@dataclass(frozen=True, slots=True)
class Record:
    """An inspection as remembered."""

    id: str
    saved_at: datetime
    """Aware, UTC."""
    source: str
    page: int
    reading: Reading
    verdict: Verdict
    engine: EngineMark
    timings_ms: Mapping[str, float] = field(default_factory=dict)
    confirmed: frozenset[str] = field(default_factory=frozenset)
    """Names of the fields that a hand confirmed or typed."""
    withdrawn: bool = False
    """Taken back by the clerk; kept, but no longer counted."""
    recipe: RecipeMark | None = None
    overruled: Overrule | None = None

    @property
    def decision(self) -> Decision:
        """What counts: the inspector's word where there is one, else the verdict."""
        return self.overruled.decision if self.overruled else self.verdict.decision


@dataclass(frozen=True, slots=True)
class GoldenPart:
    """One known part as it was judged."""

    file: str
    """Below the folder of its set, as in ``good/board-1.png``."""
    expected: Decision
    """OK for a known-good part, NG for a known-bad one."""
    decision: Decision
    reasons: tuple[Message, ...] = ()

    @property
    def passed(self) -> bool:
        """Whether it was judged as it must be; REVIEW is neither."""
        return self.decision is self.expected


@dataclass(frozen=True, slots=True)
class GoldenRun:
    """A set of known parts judged by one recipe, before a shift."""

    at: datetime
    """Aware, UTC: when it began."""
    parts: str
    """Name of the set."""
    recipe: RecipeMark
    engine: EngineMark
    results: tuple[GoldenPart, ...]

    @property
    def passed(self) -> bool:
        """Whether every part was judged as it must be, and both kinds were there."""
        kinds = {part.expected for part in self.results}
        return kinds == {Decision.OK, Decision.NG} and all(part.passed for part in self.results)
