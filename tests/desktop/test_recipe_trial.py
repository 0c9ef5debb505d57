"""A recipe in work tried on the last recorded parts: what would change, and what cannot be told."""

from __future__ import annotations

from app.desktop.recipes.page import RecipesPage
from app.desktop.recipes.trying import PARTS
from app.desktop.recipes.words import TRIAL
from app.errors import EngineError
from app.reader import Reader
from app.recipes import Limits, Recipe
from app.records import KeepPicture
from app.vocabulary import Decision
from desktop.recipe_parts import PCB, Workshop, open_circuit, spur


def changed_to(page: RecipesPage, **fields: object) -> None:
    assert page.stock.draft is not None
    recipe = page.stock.draft.recipe
    page.stock.draft.edit(Recipe.model_validate({**recipe.model_dump(), **fields}))


def with_limits(**limits: object) -> dict[str, object]:
    return {"others": Limits.model_validate(limits).model_dump()}


def three_parts(workshop: Workshop, picture: KeepPicture = KeepPicture.FULL) -> None:
    version = workshop.shelf.load("pcb")
    workshop.keep(version, [open_circuit(0.9)], [spur(0.55)], [spur(0.4)], picture=picture)


def listed(page: RecipesPage) -> list[str]:
    parts = page.trial.parts
    return [parts.item(row).text().partition("\n")[0] for row in range(parts.count())]


def test_stricter_limits_are_told_without_the_model_and_the_most_dangerous_comes_first(
    workshop: Workshop,
) -> None:
    three_parts(workshop)
    page = workshop.open()
    changed_to(page, **with_limits(score=0.6, review=0.56))
    looked = len(workshop.opened_readers)
    said = workshop.try_out()
    assert page.form.sheet == TRIAL
    assert "3 个工件中有 2 个判定会改变" in said
    assert listed(page) == ["不合格 → 合格", "待复核 → 合格"]
    assert len(workshop.opened_readers) == looked


def test_without_changes_nothing_would_change(workshop: Workshop) -> None:
    three_parts(workshop)
    workshop.open()
    assert "3 个工件的判定都不变" in workshop.try_out()


def test_lower_limits_need_the_model_since_less_was_recorded(workshop: Workshop) -> None:
    version = workshop.shelf.load("pcb")
    workshop.keep(version, [open_circuit(0.15)], [spur(0.9)])
    page = workshop.open()
    changed_to(page, **with_limits(score=0.5, review=0.1))
    said = workshop.try_out()
    assert "2 个工件中有 1 个判定会改变" in said
    assert "2 个工件由模型重新检查" in said
    assert listed(page) == ["合格 → 待复核"]
    assert workshop.opened_readers[-1][1] == 0.1


def test_a_region_is_tried_on_the_pictures_that_were_kept_whole(workshop: Workshop) -> None:
    three_parts(workshop)
    three_parts(workshop, KeepPicture.SMALL)
    page = workshop.open()
    changed_to(page, region=(0, 0, 200, 200))
    said = workshop.try_out()
    assert "3 个工件中有 2 个判定会改变" in said
    assert "3 个工件未计入" in said
    assert listed(page) == ["不合格 → 合格", "待复核 → 合格"]


def test_a_new_mask_is_told_from_what_was_recorded_also_without_pictures(
    workshop: Workshop,
) -> None:
    three_parts(workshop, KeepPicture.NONE)
    page = workshop.open()
    changed_to(page, masks=[(290, 190, 400, 300)])
    said = workshop.try_out()
    assert "3 个工件中有 2 个判定会改变" in said
    assert "未计入" not in said


def test_a_trial_of_an_older_draft_says_that_it_is_out_of_date(workshop: Workshop) -> None:
    three_parts(workshop)
    page = workshop.open()
    changed_to(page, **with_limits(score=0.6))
    assert "重新试跑" not in workshop.try_out()
    changed_to(page, **with_limits(score=0.7))
    assert "重新试跑" in page.trial.words
    page.keys.undo.trigger()
    assert "重新试跑" not in page.trial.words


def test_without_recorded_parts_the_page_says_what_to_do_first(workshop: Workshop) -> None:
    workshop.open()
    assert "先在产线上运行" in workshop.try_out()


def test_a_cancelled_trial_tells_what_is_known_so_far(workshop: Workshop) -> None:
    version = workshop.shelf.load("pcb")
    workshop.keep(version, *[[spur(0.4)]] * 30)
    page = workshop.open()
    page.keys.start.trigger()
    page.keys.cancel.trigger()
    workshop.until(lambda: not page.trials.is_running)
    done = page.trial.words
    assert "30 个工件" in done


def test_only_the_last_parts_are_asked_and_overruled_ones_say_so(workshop: Workshop) -> None:
    version = workshop.shelf.load("pcb")
    workshop.keep(version, *[[spur(0.4)]] * (PARTS + 3), picture=KeepPicture.NONE)
    (last,) = workshop.keep(version, [spur(0.9)])
    with workshop.store() as store:
        store.overrule(last.id, Decision.OK, "灰尘")
    page = workshop.open()
    changed_to(page, **with_limits(score=0.95, review=0.3))
    assert f"{PARTS} 个工件中有 1 个" in workshop.try_out()
    assert "改判：合格" in page.trial.parts.item(0).text()


def test_a_part_of_the_list_is_brought_into_sight(workshop: Workshop) -> None:
    three_parts(workshop)
    page = workshop.open()
    changed_to(page, **with_limits(score=0.6, review=0.56))
    workshop.try_out()
    page.trial.parts.setCurrentRow(0)
    source = page.trial.parts.item(0).data(0x100).source
    workshop.until(lambda: page.sight.part is not None and page.sight.part.frame.source == source)
    assert source == "belt:2"


def test_a_model_that_cannot_be_used_is_told_and_the_page_goes_on(workshop: Workshop) -> None:
    three_parts(workshop)
    page = workshop.open()

    def broken(_recipe: Recipe, _floor: float) -> Reader:
        raise EngineError("The weights were altered.", "Install the pack again.", "pack-altered")

    workshop.open_reader = broken
    changed_to(page, tiling={"mode": "shrink"})
    workshop.try_out()
    assert [str(getattr(each, "code", "")) for each in workshop.failures] == ["pack-altered"]
    workshop.until(lambda: page.sight.fault is not None)
    changed_to(page, tiling=PCB.tiling.model_dump())
    assert page.keys.start.isEnabled()
