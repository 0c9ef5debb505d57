"""Known parts as they are measured for calibration: each once, and only what could be judged."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from app.capture import open_files
from app.errors import AppError, BadPicture, EngineError
from app.inspector import Inspector
from app.judgement.parts import Scores, part_scores, poor_picture
from app.language import Message, message
from app.recipes import Recipe
from app.vocabulary import Frame

Reach = Callable[[float], None]
"""Takes the share that is done."""


@dataclass(frozen=True, slots=True)
class Part:
    """One known part and what the detector saw on it."""

    file: str
    scores: Scores

    @property
    def strength(self) -> float:
        """Return the score of its strongest defect, 0 where none was seen."""
        return max(self.scores.values(), default=0.0)


@dataclass(slots=True)
class Measured:
    """The parts of one kind, and what was left out and why."""

    parts: list[Part] = field(default_factory=list)
    left_out: list[tuple[str, Message]] = field(default_factory=list)
    models: tuple[str, ...] = ()
    """SHA-256 of the weights that ran."""


class Measuring:
    """Looks at labelled parts, at each picture once."""

    def __init__(self, inspector: Inspector, recipe: Recipe) -> None:
        """Take an inspector of this recipe whose readings hold every score from ``FLOOR`` on."""
        self._inspector, self._recipe = inspector, recipe
        self._seen: dict[str, tuple[Measured, str]] = {}

    def look(self, folders: Sequence[Path], reach: Reach) -> Measured:
        """Return what every picture of the folders shows, all of them labelled alike.

        A second picture of the very same pixels proves nothing new and is left out, as is what
        cannot be read or judged. Raises AppError if a picture came before with the other label,
        EngineError if the model failed.
        """
        measured = Measured()
        with open_files(folders, recursive=True) as source:
            while not source.is_finished:
                try:
                    frame = source.next_frame()
                except BadPicture as error:
                    measured.left_out.append((error.source, error.what))
                    continue
                if frame is not None and self._is_new(frame, measured):
                    self._measure(frame, measured)
                reach(source.progress or 0.0)
        return measured

    def _is_new(self, frame: Frame, measured: Measured) -> bool:
        key = hashlib.sha256(repr(frame.bgr.shape).encode() + frame.bgr.tobytes()).hexdigest()
        label, other = self._seen.setdefault(key, (measured, _file(frame)))
        if label is not measured:
            raise AppError(
                "{file} and {other} show the same picture, one as OK and one as NG.",
                "Put the part where it belongs, and calibrate again.",
                "calibrate-labels",
                file=_file(frame),
                other=other,
            )
        if other != _file(frame):
            same = message("The same picture as {other}.", other=other)
            measured.left_out.append((_file(frame), same))
        return other == _file(frame)

    def _measure(self, frame: Frame, measured: Measured) -> None:
        inspection = self._inspector.inspect(frame)[0]
        failure = self._inspector.failure
        if isinstance(failure, EngineError):
            raise failure
        poor = poor_picture(inspection.reading, self._recipe)
        if failure or poor:
            why = failure.what if failure else poor[0].message
            measured.left_out.append((_file(frame), why))
            return
        measured.models = tuple(sha256 for _, sha256 in inspection.engine.models)
        scores = part_scores(inspection.reading, self._recipe)
        measured.parts.append(Part(_file(frame), scores))


def _file(frame: Frame) -> str:
    return frame.source if frame.page == 1 else f"{frame.source}:{frame.page}"
