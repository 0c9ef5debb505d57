"""Parts as a detector may report them."""

from __future__ import annotations

from hypothesis import strategies as st

from app.recipes import Limits, Recipe
from app.vocabulary import Box, Detection, Light, Reading

REGION: Box = (0.0, 0.0, 300.0, 300.0)
LIGHT = Light(brightness=120.0, contrast=40.0, sharpness=5.0)
LABELS = ("open", "short", "spur")
RECIPE = Recipe(pack="pcb-defects")


def defect(
    label: str = "open", score: float = 0.9, at: tuple[float, float] = (10, 10)
) -> Detection:
    x, y = at
    return Detection(label, score, (x, y, x + 12, y + 6))


def part(*detections: Detection, light: Light | None = LIGHT) -> Reading:
    return Reading(detections=detections, region=REGION, light=light)


def recipe(**limits: Limits) -> Recipe:
    return Recipe(pack="pcb-defects", defects=limits)


scores = st.floats(0, 1)
corners = st.tuples(scores, scores)
limits = st.builds(
    lambda action, pair, smallest, tolerated: Limits(
        action=action,
        review=min(pair),
        score=max(pair),
        smallest=smallest,
        tolerated=tolerated,
    ),
    st.sampled_from(("NG", "REVIEW", "ignore")),
    corners,
    st.integers(0, 60),
    st.integers(0, 3),
)
recipes = st.builds(
    lambda others, defects: Recipe(pack="pcb-defects", others=others, defects=defects),
    limits,
    st.dictionaries(st.sampled_from(LABELS), limits),
)
detections = st.builds(
    lambda label, score, x, y, w, h: Detection(label, score, (x, y, x + w, y + h)),
    st.sampled_from(LABELS),
    scores,
    *[st.floats(0, 200)] * 2,
    *[st.floats(1, 90)] * 2,
)
parts = st.builds(
    lambda found, light: Reading(detections=tuple(found), region=REGION, light=light),
    st.lists(detections, max_size=8),
    st.sampled_from((LIGHT, LIGHT, Light(2, 1, 0), None)),
)
