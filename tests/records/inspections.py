"""Inspections of invented people, for every test of the records."""

from __future__ import annotations

import uuid
from dataclasses import replace

import numpy as np

from app.language import message
from app.records import Entry, KeepPicture
from app.vocabulary import (
    Alternative,
    Alternatives,
    Bgr,
    Decision,
    Detection,
    EngineMark,
    Field,
    Flaw,
    Frame,
    Inspection,
    Light,
    Proof,
    Quad,
    Reading,
    Reason,
    RecipeMark,
    TextLine,
    Verdict,
)

QUAD: Quad = ((1.5, 2.0), (90.25, 2.5), (90.0, 20.0), (1.0, 19.5))
RECIPE = RecipeMark("pcb", 7, "cd" * 32)
DETECTOR = EngineMark("onnx", "CPU", (("pcb-defects", "ef" * 32),))
ENGINE = EngineMark("onnx", "CPU", (("ppocr-rec", "ab" * 32),))


def picture(seed: int, height: int = 48, width: int = 64) -> Bgr:
    """Noise: no two seeds give the same pixels, and nothing compresses it away."""
    return np.random.default_rng(seed).integers(0, 256, (height, width, 3), dtype=np.uint8)


def frame(seed: int = 0, source: str = "/scans/card.jpg", page: int = 1) -> Frame:
    return Frame(picture(seed), seed, 1.0, source, page)


def alternatives(text: str) -> Alternatives:
    return tuple((Alternative(each, 0.75), Alternative("？", 0.125)) for each in text)


def card(name: str = "王伟", number: str = "110105199606156135") -> Reading:
    """An identity card with everything that a reading can hold."""
    fields = (
        Field("name", name, Proof.READ, 0.75, QUAD, alternatives(name)),
        Field("id_number", number, Proof.PROVEN, 0.5, QUAD, (), corrected_from="?" + number[1:]),
        Field("address", "", Proof.MISSING),
    )
    return Reading(
        document="id_card_front",
        fields=fields,
        lines=(TextLine(QUAD, f"姓名{name}", 0.875, alternatives(f"姓名{name}"), (0.25, 0.5)),),
        detections=(Detection("stamp", 0.5, (1.0, 2.0, 3.0, 4.0)),),
        outline=QUAD,
        flaws=frozenset({Flaw.GLARE, Flaw.BLURRED}),
    )


def inspection(
    reading: Reading | None = None,
    decision: Decision = Decision.REVIEW,
    of: Frame | None = None,
) -> Inspection:
    """An inspection that needs a look, since the address is missing."""
    reason = Reason("missing", message("{field} is missing.", field=message("Address")), "address")
    return Inspection(
        of or frame(),
        card() if reading is None else reading,
        Verdict(decision, () if decision is Decision.OK else (reason,)),
        ENGINE,
        {"detect": 12.5, "total": 40.0},
    )


def part(
    seed: int = 0,
    decision: Decision = Decision.NG,
    *labels: str,
    recipe: RecipeMark = RECIPE,
    of: Bgr | None = None,
) -> Inspection:
    """A part with a defect a label, each at a place of its own."""
    found = tuple(
        Detection(label, 0.875, (4.0 * number, 2.0, 4.0 * number + 3, 5.0))
        for number, label in enumerate(labels)
    )
    reason = Reason("defect", message("{label} × {count}", label="open", count=1))
    pixels = picture(seed) if of is None else of
    return Inspection(
        Frame(pixels, seed, 1.0, "belt:boards"),
        Reading(detections=found, region=(0.0, 0.0, 60.0, 40.0), light=Light(120.5, 40.25, 2.5)),
        Verdict(decision, () if decision is Decision.OK else (reason,)),
        DETECTOR,
        {"model": 9.5, "total": 11.0},
        recipe,
    )


def entry(
    seed: int = 0,
    decision: Decision = Decision.NG,
    *labels: str,
    kept: KeepPicture = KeepPicture.FULL,
    recipe: RecipeMark = RECIPE,
) -> Entry:
    """A part on its way into the records, under an id of its own."""
    return Entry(uuid.uuid4().hex, part(seed, decision, *labels, recipe=recipe), kept)


def pictured(of: Entry, bgr: Bgr) -> Entry:
    """The same part with another picture."""
    frame_ = replace(of.inspection.frame, bgr=bgr)
    return replace(of, inspection=replace(of.inspection, frame=frame_))
