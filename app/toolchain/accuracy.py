"""How often the reader is right: specimens are made, read and compared with their truth."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache
from itertools import count, islice
from multiprocessing import get_context

from app.judgement import judge_document
from app.reader import Reader
from app.toolchain.specimens import TODAY, Specimen, make_specimen
from app.vocabulary import Decision, Frame, Proof, Reading

BELIEVED = frozenset({Proof.PROVEN, Proof.CONFIRMED})
"""Proofs that let a clerk pass on; a wrong value with one of them is a silent error."""


@dataclass(frozen=True, slots=True)
class Case:
    """One specimen to be read."""

    kind: str
    mode: str
    seed: int


@dataclass(frozen=True, slots=True)
class FieldOutcome:
    """One field as it should be and as it was read."""

    name: str
    truth: str
    """Empty where the document has no such field."""
    value: str
    proof: Proof
    corrected_from: str | None

    @property
    def is_right(self) -> bool:
        """Whether the value is the truth, character by character."""
        return folded(self.value) == folded(self.truth)

    @property
    def is_silent_error(self) -> bool:
        """Whether it is wrong and yet called proven or confirmed."""
        return not self.is_right and self.proof in BELIEVED


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the reader made of one specimen."""

    case: Case
    variant: str
    found_kind: str
    verdict: Decision
    reasons: tuple[str, ...]
    fields: tuple[FieldOutcome, ...]
    strays: int
    """Further documents claimed on the picture, where there is only one."""


def folded(text: str) -> str:
    """Return a value as it is compared: width folded (NFKC) and without white space, line by line.

    Nothing else is forgiven: no look-alikes, no punctuation, no case.
    """
    lines = unicodedata.normalize("NFKC", text).split("\n")
    return "\n".join("".join(line.split()) for line in lines)


def cases(kinds: Sequence[str], modes: Sequence[str], first_seed: int, wanted: int) -> list[Case]:
    """List so many cases, spread evenly over kinds and modes; no document comes twice."""

    def all_cases() -> Iterator[Case]:
        for round_ in count():
            for place, mode in enumerate(modes):
                seed = first_seed + round_ * len(modes) + place
                yield from (Case(kind, mode, seed) for kind in kinds)

    return list(islice(all_cases(), wanted))


def measure(wanted: Sequence[Case], processes: int) -> Iterator[Outcome]:
    """Read all cases, one process a core with one thread each; outcomes come in order."""
    if processes <= 1:
        yield from map(read_case, wanted)
        return
    with ProcessPoolExecutor(processes, get_context("spawn"), _settle) as pool:
        yield from pool.map(read_case, wanted, chunksize=4)


def read_case(case: Case) -> Outcome:
    """Make one specimen, read it and compare."""
    specimen = make_specimen(case.kind, case.mode, case.seed)
    frame = Frame(specimen.bgr, case.seed, 0.0, f"{case.kind}-{case.mode}-{case.seed}")
    return compare(case, specimen, _reader().read(frame))


def compare(case: Case, specimen: Specimen, readings: Sequence[Reading]) -> Outcome:
    """Hold the truth against the first reading of the right kind, or else the first of all."""
    reading = next((each for each in readings if each.document == case.kind), readings[0])
    verdict = judge_document(reading, TODAY)
    return Outcome(
        case,
        specimen.variant,
        reading.document,
        verdict.decision,
        tuple(reason.code for reason in verdict.reasons),
        tuple(_fields(specimen, reading)),
        sum(1 for each in readings if each is not reading and each.document),
    )


def _fields(specimen: Specimen, reading: Reading) -> Iterator[FieldOutcome]:
    if reading.document != specimen.kind:
        for name, truth in specimen.truth.items():
            yield FieldOutcome(name, truth, "", Proof.MISSING, None)
    found = {field.name: field for field in reading.fields if field.proof is not Proof.MISSING}
    expected = specimen.truth if reading.document == specimen.kind else {}
    for name in (*expected, *(name for name in found if name not in expected)):
        field = reading.field(name)
        truth = expected.get(name, "")
        yield FieldOutcome(name, truth, field.value, field.proof, field.corrected_from)


def _settle() -> None:
    import cv2

    # One process a core: OpenCV's own threads would only fight over them.
    cv2.setNumThreads(1)


@cache
def _reader() -> Reader:
    from app.reader.document import open_document_reader

    return open_document_reader(threads=1)
