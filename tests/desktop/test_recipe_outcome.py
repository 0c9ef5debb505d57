"""What a changed recipe makes of parts, and what of that what was recorded can tell."""

from __future__ import annotations

import pytest

from app.desktop.recipes.changes import changes
from app.desktop.recipes.draft import Draft
from app.desktop.recipes.edits import with_field, with_limit, without_limits
from app.desktop.recipes.fates import Fate, fated
from app.desktop.recipes.outcome import floor_of, judged, suffices
from app.desktop.recipes.words import SHEETS, fields_on, place_of
from app.language import message
from app.recipes import Limits, Recipe, RecipeVersion, check
from app.vocabulary import Decision, Detection, Reading, RecipeMark
from desktop.recipe_parts import LIGHT, PCB, open_circuit, spur


def recipe(**wanted: object) -> Recipe:
    return Recipe.model_validate({**PCB.model_dump(), **wanted})


def fates(within: Recipe, *seen: Detection) -> list[Fate]:
    return [each.fate for each in fated(seen, within)]


def verdict(within: Recipe, *seen: Detection) -> Decision:
    return judged(Reading(detections=seen, light=LIGHT), within).decision


def test_a_detection_is_shown_as_what_it_makes_of_the_part() -> None:
    assert fates(recipe(), spur(0.9), spur(0.3), spur(0.22), spur(0.1)) == [
        Fate.NG,
        Fate.REVIEW,
        Fate.FAINT,
    ]
    assert fates(recipe(others={"action": "ignore"}), spur(0.9)) == [Fate.IGNORED]
    assert fates(recipe(others={"action": "REVIEW"}), spur(0.9)) == [Fate.REVIEW]
    assert fates(recipe(others={"smallest": 40}), spur(0.9)) == [Fate.IGNORED]
    assert fates(recipe(region=(0, 0, 50, 50)), spur(0.9)) == [Fate.OUTSIDE]
    assert fates(recipe(masks=[(290, 190, 330, 230)]), spur(0.9)) == [Fate.OUTSIDE]


def test_as_many_as_are_tolerated_make_nothing_and_one_more_makes_it_of_all() -> None:
    two = recipe(others={"tolerated": 2})
    assert fates(two, spur(0.9), spur(0.3)) == [Fate.TOLERATED] * 2
    assert fates(two, spur(0.9), spur(0.9), spur(0.3)) == [Fate.REVIEW] * 3
    assert fates(two, *[spur(0.9)] * 3, spur(0.3)) == [*[Fate.NG] * 3, Fate.REVIEW]


@pytest.mark.parametrize(
    ("others", "seen"),
    [
        ({}, [spur(0.9)]),
        ({}, [spur(0.3)]),
        ({"tolerated": 1}, [spur(0.9), spur(0.3)]),
        ({"tolerated": 1}, [spur(0.9), spur(0.8), spur(0.3)]),
        ({"action": "REVIEW"}, [spur(0.9)]),
        ({"smallest": 25}, [spur(0.9), open_circuit(0.3)]),
        ({"tolerated": 1}, [spur(0.3)]),
    ],
)
def test_what_is_shown_on_the_part_agrees_with_the_judgement(
    others: dict[str, object], seen: list[Detection]
) -> None:
    shown = set(fates(recipe(others=others), *seen))
    expected = (
        Decision.NG
        if Fate.NG in shown
        else Decision.REVIEW
        if Fate.REVIEW in shown
        else Decision.OK
    )
    assert verdict(recipe(others=others), *seen) is expected


def test_what_lies_outside_a_new_region_is_not_judged() -> None:
    assert verdict(recipe(), spur(0.9)) is Decision.NG
    assert verdict(recipe(region=(0, 0, 200, 200)), spur(0.9)) is Decision.OK


def test_stricter_limits_and_more_masks_are_told_from_what_was_recorded() -> None:
    then = recipe(defects={"spur": {"review": 0.3}})
    assert suffices(then, then)
    assert suffices(then, recipe(defects={"spur": {"review": 0.4}}, masks=[(0, 0, 9, 9)]))
    assert suffices(then, recipe(defects={"spur": {"review": 0.3, "smallest": 9}}))


@pytest.mark.parametrize(
    "now",
    [
        {"others": {"review": 0.2}},
        {"defects": {"open": {"review": 0.1}}},
        {"region": (0, 0, 100, 100)},
        {"tiling": {"mode": "shrink"}},
        {"pack": "another"},
    ],
)
def test_what_was_not_looked_for_cannot_be_told_from_what_was_recorded(
    now: dict[str, object],
) -> None:
    assert not suffices(recipe(), recipe(**now))


def test_a_mask_taken_away_and_a_recipe_that_is_gone_need_another_look() -> None:
    assert not suffices(recipe(masks=[(0, 0, 9, 9)]), recipe())
    assert not suffices(None, recipe())


def test_the_model_is_asked_down_to_the_lowest_score_that_any_limit_asks_about() -> None:
    low = recipe(defects={"spur": {"review": 0.1}})
    assert floor_of((recipe(), low)) == 0.1


def test_a_limit_of_one_kind_gives_it_limits_of_its_own_until_it_has_those_of_every_defect() -> (
    None
):
    own = with_limit(recipe(), "spur", "score", 0.7)
    assert own.defects == {"spur": Limits(score=0.7)}
    assert own.others == recipe().others
    assert without_limits(own, "spur") == recipe()
    assert with_limit(recipe(), "", "tolerated", 2).others.tolerated == 2


def test_what_no_recipe_may_say_is_refused() -> None:
    with pytest.raises(ValueError, match="review must not lie above"):
        with_limit(recipe(), "spur", "review", 0.9)
    with pytest.raises(ValueError, match="overlap"):
        with_field(recipe(), "tiling.overlap", 9999)


def test_every_field_of_a_recipe_stands_on_one_sheet() -> None:
    placed = [name for sheet in SHEETS for name in fields_on(sheet)]
    assert set(placed) == set(Recipe.model_fields)


def test_every_fault_has_a_field_beside_which_it_is_told() -> None:
    wrong = recipe(defects={"spurr": {}}, region=(0, 0, 900, 900), masks=[(950, 950, 960, 960)])
    faults = check(wrong, ("spur",), (640, 480))
    covered = check(recipe(masks=[(0, 0, 640, 480)]), ("spur",), (640, 480))
    nothing = check(recipe(others={"action": "ignore"}), ("spur",))
    lacking = message("There is no detector “{pack}” here.", pack="x")
    places = [place_of(each) for each in (*faults, *covered, *nothing, lacking)]
    assert places == ["defects", "region", "masks", "defects", "pack"]


def test_changes_are_told_field_by_field() -> None:
    after = recipe(
        title="新",
        region=(0, 0, 100, 50),
        others={"score": 0.6},
        defects={"spur": {"action": "REVIEW", "score": 0.6}},
        golden={"parts": "早班"},
    )
    assert [str(each) for each in changes(recipe(), after)] == [
        "Title: 裸板 → 新",
        "Region: all of the picture → 0, 0 to 100, 50",
        "Every defect, Certain from: 0.5 → 0.6",
        "spur, Makes the part: NG → REVIEW",
        "spur, Certain from: 0.5 → 0.6",
        "Golden parts, Golden parts: None → 早班",
    ]
    assert [str(each) for each in changes(after, recipe())][-2] == "spur: as every defect"
    assert changes(after, after) == ()


def test_steps_of_one_stroke_are_undone_together() -> None:
    draft = Draft(RecipeVersion(RecipeMark("pcb", 1, "ab"), recipe()))
    for score in (0.55, 0.6, 0.65):
        draft.edit(with_limit(draft.recipe, "", "score", score), 7)
    draft.edit(with_field(draft.recipe, "title", "新"))
    draft.stack.undo()
    assert draft.recipe.others.score == 0.65
    draft.stack.undo()
    assert not draft.is_changed
    draft.stack.redo()
    assert draft.recipe.others.score == 0.65
