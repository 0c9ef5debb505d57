"""The reading of a part becomes a verdict by its recipe: OK, NG, or REVIEW with reasons; pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import reduce

from app.judgement.defects import defect_title
from app.language import Message, message
from app.recipes import Limits, Recipe
from app.vocabulary import Box, Decision, Detection, Light, Reading, Reason, Verdict

MOST_PLACES = 3
"""More places than these are counted, not named: nobody follows a longer list."""

_PLACES = (
    (message("at the upper left"), message("at the top"), message("at the upper right")),
    (message("at the left"), message("in the middle"), message("at the right")),
    (message("at the lower left"), message("at the bottom"), message("at the lower right")),
)

Scores = Mapping[str, float]
"""Label → the “doubtful from” at or below which this part is no longer OK; 0 where none is."""


def judge_part(reading: Reading, recipe: Recipe) -> Verdict:
    """Judge one part.

    OK is said only where the picture was measured, is good enough, and shows no more than the
    recipe tolerates. A certain defect is NG, on a poor picture too. The ``field`` of a defect's
    reason is its label.
    """
    doubts = list(_of_picture(reading.light, recipe))
    faults: list[Reason] = []
    for label, found in _by_label(reading, recipe).items():
        limits = recipe.limits(label)
        certain = [each for each in found if each.score >= limits.score]
        if len(certain) > limits.tolerated:
            is_ng = limits.action == "NG"
            (faults if is_ng else doubts).append(_defect("defect", label, certain, reading.region))
        elif len(found) > limits.tolerated:
            doubts.append(_defect("doubtful-defect", label, found, reading.region))
    if faults:
        return Verdict(Decision.NG, (*faults, *doubts))
    return Verdict(Decision.REVIEW if doubts else Decision.OK, tuple(doubts))


def part_scores(reading: Reading, recipe: Recipe) -> Scores:
    """Return what each kind of defect comes to on a part, for calibration.

    Sizes, tolerated numbers and ignored kinds of the recipe count, its scores do not.
    """
    scores: dict[str, list[float]] = {}
    for each in reading.detections:
        limits = recipe.limits(each.label)
        # A score that is no number proves nothing: it counts as not seen.
        if limits.action != "ignore" and each.score > 0 and _is_large(each, limits):
            scores.setdefault(each.label, []).append(each.score)
    ranked = {label: sorted(found, reverse=True) for label, found in scores.items()}
    return {
        label: found[recipe.limits(label).tolerated]
        for label, found in ranked.items()
        if len(found) > recipe.limits(label).tolerated
    }


def poor_picture(reading: Reading, recipe: Recipe) -> tuple[Reason, ...]:
    """Return why a picture is too poor to be judged; none if it is good enough."""
    return tuple(_of_picture(reading.light, recipe))


def _by_label(reading: Reading, recipe: Recipe) -> dict[str, list[Detection]]:
    """Sort what counts at least as doubtful by its label, the strongest first."""
    found: dict[str, list[Detection]] = {}
    for each in sorted(reading.detections, key=lambda each: each.score, reverse=True):
        limits = recipe.limits(each.label)
        # “not below”: a score that is no number is a doubt, never nothing.
        is_seen = not each.score < limits.review
        if limits.action != "ignore" and is_seen and _is_large(each, limits):
            found.setdefault(each.label, []).append(each)
    return found


def _is_large(detection: Detection, limits: Limits) -> bool:
    x1, y1, x2, y2 = detection.box
    return not max(x2 - x1, y2 - y1) < limits.smallest


def _of_picture(light: Light | None, recipe: Recipe) -> Iterator[Reason]:
    asked = recipe.picture
    if light is None:
        yield Reason("not-seen", message("The picture was not measured: no part was seen."))
        return
    # Each asks “not good enough” in a way that a value that is no number fails.
    if not light.contrast >= asked.contrast:
        yield Reason("no-part", message("No part is seen: the picture is of one grey."))
    if not light.brightness >= asked.darkest:
        yield Reason("too-dark", message("The picture is too dark."))
    if not light.brightness <= asked.brightest:
        yield Reason("too-bright", message("The picture is too bright."))
    if asked.sharpness and not light.sharpness >= asked.sharpness:
        yield Reason("unsharp", message("The picture is not sharp."))


def _defect(code: str, label: str, found: Sequence[Detection], region: Box | None) -> Reason:
    title, count, places = defect_title(label), len(found), _places(found, region)
    if code == "defect":
        if places is None:
            said = message("{defect} × {count}", defect=title, count=count)
        else:
            said = message("{defect} × {count}, {place}", defect=title, count=count, place=places)
    elif places is None:
        said = message("Perhaps {defect} × {count}", defect=title, count=count)
    else:
        said = message(
            "Perhaps {defect} × {count}, {place}", defect=title, count=count, place=places
        )
    return Reason(code, said, label)


def _places(found: Sequence[Detection], region: Box | None) -> Message | None:
    """Say where on the region they are, as seen on the picture; None without a region."""
    if region is None:
        return None
    places = list(dict.fromkeys(_place(each.box, region) for each in found))
    if len(places) > MOST_PLACES:
        return message("in {number} places", number=len(places))
    return reduce(lambda one, next_: message("{one}, {next}", one=one, next=next_), places)


def _place(box: Box, region: Box) -> Message:
    x1, y1, x2, y2 = region
    column = _third((box[0] + box[2]) / 2 - x1, x2 - x1)
    return _PLACES[_third((box[1] + box[3]) / 2 - y1, y2 - y1)][column]


def _third(distance: float, whole: float) -> int:
    return (
        1 if not (distance < whole / 3 or distance > whole * 2 / 3) else 2 * (distance > whole / 2)
    )
