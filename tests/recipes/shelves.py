"""Shelves and recipes to put on them."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from hypothesis import strategies as st

from app.recipes import (
    Bound,
    Golden,
    Limits,
    PictureLimits,
    Recipe,
    Shelf,
    Tiling,
)

PLAIN = Recipe(title="裸板", pack="pcb-defects")
BOUND = Bound(
    escapes=0.004,
    confidence=0.95,
    ng_parts=800,
    escaped=0,
    ok_parts=300,
    false_alarms=1,
    reviewed=20,
    models=("a" * 64,),
    at=datetime(2026, 11, 1, 8, 30, tzinfo=UTC),
)


def shelf(folder: Path) -> Shelf:
    """Make a shelf with one bundled recipe, “pcb”."""
    bundled = folder / "bundled"
    bundled.mkdir(exist_ok=True)
    (bundled / "pcb.toml").write_text('title = "裸板"\npack = "pcb-defects"\n', encoding="utf-8")
    return Shelf(folder / "own", bundled)


def changed(recipe: Recipe = PLAIN, **values: object) -> Recipe:
    return recipe.model_copy(update=values)


_shares = st.floats(0, 1)
_areas = st.builds(
    lambda x, y, w, h: (x, y, x + w, y + h),
    *[st.integers(0, 5000)] * 2,
    *[st.integers(1, 5000)] * 2,
)
_limits = st.builds(
    lambda action, one, other, smallest, tolerated: Limits(
        action=action,
        review=min(one, other),
        score=max(one, other),
        smallest=smallest,
        tolerated=tolerated,
    ),
    st.sampled_from(("NG", "REVIEW", "ignore")),
    _shares,
    _shares,
    st.integers(0, 10_000),
    st.integers(0, 1000),
)
_titles = st.text(max_size=80).filter(str.isprintable)
_labels = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=20)
recipes = st.builds(
    Recipe,
    title=_titles,
    pack=st.from_regex(r"[a-z0-9][a-z0-9.-]{0,30}", fullmatch=True),
    trigger=st.sampled_from(("part", "every", "hand")),
    region=st.none() | _areas,
    masks=st.lists(_areas, max_size=3).map(tuple),
    tiling=st.builds(
        Tiling, mode=st.sampled_from(("tiles", "shrink")), overlap=st.integers(0, 512)
    ),
    picture=st.builds(PictureLimits, darkest=st.floats(0, 255), sharpness=st.floats(0, 100)),
    others=_limits,
    defects=st.dictionaries(_labels, _limits, max_size=3),
    golden=st.builds(
        Golden, parts=st.sampled_from(("", "样件-1")), every_hours=st.floats(0.5, 720)
    ),
)
