"""What only the pack and a picture can tell about a recipe; and whether a bound still holds."""

from __future__ import annotations

import pytest

from app.language import catalogue
from app.recipes import (
    Area,
    Golden,
    Limits,
    PictureLimits,
    Recipe,
    Tiling,
    bound_to,
    check,
    holds,
    without_stale_bound,
)
from app.vocabulary import EngineMark
from recipes.shelves import BOUND, PLAIN, changed

LABELS = ("open", "short", "pin-hole")
SIZE = (640, 480)


def told(recipe: Recipe, size: tuple[int, int] | None = SIZE) -> list[str]:
    faults = check(recipe, LABELS, size)
    assert all(fault.text(catalogue("zh_CN")) != fault.text() for fault in faults)
    return [fault.text() for fault in faults]


def test_a_sound_recipe_has_no_faults() -> None:
    sound = changed(
        region=(0, 0, 640, 480), masks=((0, 0, 10, 10),), defects={"pin-hole": Limits()}
    )
    assert told(sound) == told(sound, None) == told(PLAIN) == []


def test_a_class_that_the_pack_lacks_is_told_with_the_nearest() -> None:
    lacking = changed(defects={"pinhole": Limits(), "open": Limits()})
    assert told(lacking) == [
        "The model pack pcb-defects knows no “pinhole”; did you mean “pin-hole”?"
    ]


@pytest.mark.parametrize("region", [(0, 0, 641, 480), (0, 0, 640, 481), (700, 0, 800, 10)])
def test_a_region_outside_the_picture_is_told(region: Area) -> None:
    assert "the picture only to 640 × 480." in told(changed(region=region))[0]
    assert told(changed(region=region), None) == []


def test_a_mask_outside_the_region_is_told() -> None:
    masked = changed(region=(100, 100, 200, 200), masks=((0, 0, 150, 150), (200, 100, 300, 200)))
    assert told(masked) == told(masked, None) == ["Mask 2 lies outside the region."]


@pytest.mark.parametrize(
    ("masks", "is_covered"),
    [
        (((0, 0, 640, 480),), True),
        (((0, 0, 320, 480), (320, 0, 700, 480)), True),
        (((0, 0, 640, 200), (0, 150, 300, 480), (299, 190, 640, 500)), True),
        (((0, 0, 320, 480), (321, 0, 640, 480)), False),
        (((1, 1, 640, 480),), False),
    ],
)
def test_masks_that_leave_nothing_are_told(masks: tuple[Area, ...], *, is_covered: bool) -> None:
    expected = ["The masks cover the whole region: nothing would be judged."] * is_covered
    assert told(changed(masks=masks)) == expected


def test_a_recipe_that_accepts_everything_is_told() -> None:
    blind = changed(others=Limits(action="ignore"))
    assert told(blind) == ["Every kind of defect is ignored: each part would be OK."]
    assert told(changed(blind, defects={"open": Limits()})) == []


@pytest.mark.parametrize(
    ("change", "still_holds"),
    [
        ({"title": "other"}, True),
        ({"trigger": "hand"}, True),
        ({"golden": Golden(parts="a")}, True),
        ({"pack": "other"}, False),
        ({"region": (0, 0, 10, 10)}, False),
        ({"masks": ((0, 0, 10, 10),)}, False),
        ({"tiling": Tiling(overlap=32)}, False),
        ({"picture": PictureLimits(darkest=1)}, False),
        ({"others": Limits(tolerated=1)}, False),
        ({"defects": {"open": Limits()}}, False),
    ],
)
def test_a_bound_is_dropped_by_a_change_of_what_is_judged(
    change: dict[str, object], *, still_holds: bool
) -> None:
    proven = bound_to(PLAIN, BOUND)
    assert without_stale_bound(proven) == proven
    after = without_stale_bound(proven.model_copy(update=change))
    assert (after.bound is not None) is still_holds
    assert after.model_copy(update={"bound": None}) == PLAIN.model_copy(update=change)


def test_a_bound_that_was_never_proven_for_a_recipe_is_dropped() -> None:
    assert without_stale_bound(changed(bound=BOUND)).bound is None


def test_a_bound_holds_for_its_own_models_only() -> None:
    assert holds(BOUND, EngineMark("onnxruntime", "cpu", (("pcb-defects", "a" * 64),)))
    assert not holds(BOUND, EngineMark("onnxruntime", "cpu", (("pcb-defects", "b" * 64),)))
    assert not holds(BOUND, EngineMark("none", "none"))
    two = (("pcb-defects", "a" * 64), ("more", "b" * 64))
    assert not holds(BOUND, EngineMark("onnxruntime", "cpu", two))
