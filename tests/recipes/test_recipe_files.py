"""A recipe's file is read with distrust: every fault in a sentence, with the nearest key."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.errors import RecipeError
from app.language import catalogue
from app.recipes import read_file

HEAD = 'pack = "pcb-defects"\n'
STRANGE = "holds a character that is not allowed."
ORDER = "must be left, top, right and bottom in whole pixels, left before right and top before"


def faults(folder: Path, content: str | bytes) -> RecipeError:
    path = folder / "recipe.toml"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    with pytest.raises(RecipeError) as told:
        read_file(path)
    assert told.value.code == "recipe-wrong"
    assert str(path) in told.value.what.text()
    assert "{" not in told.value.what.text(catalogue("zh_CN")).replace(str(content), "")
    return told.value


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "“pack” is missing."),
        ("pack = 5", "“pack” must be a text."),
        ('pack = ""', "“pack” must be a text that is not empty."),
        ('pack = "../../secret"', f"“pack” {STRANGE}"),
        (HEAD + "titel = 'x'", "There is no “titel”; did you mean “title”?"),
        (HEAD + "[other]", "There is no “other”; did you mean “others”?"),
        (HEAD + "[others]\nscor = 1", "There is no “others.scor”; did you mean “others.score”?"),
        (
            HEAD + "[defects.open]\ntolerate = 1",
            "There is no “defects.open.tolerate”; did you mean “defects.open.tolerated”?",
        ),
        (HEAD + "[saved]\nnotes = ''", "There is no “saved.notes”; did you mean “saved.note”?"),
        (HEAD + "[others]\nscore = 2", "“others.score” must be 1.0 or less."),
        (HEAD + "[others]\nscore = nan", "“others.score” must be "),
        (HEAD + "[others]\nscore = '0.5'", "“others.score” must be a number."),
        (HEAD + "[others]\nscore = true", "“others.score” must be a number."),
        (HEAD + "[others]\nsmallest = 1.5", "“others.smallest” must be a whole number."),
        (
            HEAD + "[others]\nscore = 0.1",
            "“others.review” must not lie above “others.score”.",
        ),
        (
            HEAD + "[defects.spur]\nreview = 0.9",
            "“defects.spur.review” must not lie above “defects.spur.score”.",
        ),
        (HEAD + "[others]\naction = 'ng'", "“others.action” must be one of 'NG', 'REVIEW' or"),
        (HEAD + "region = [0, 0, 10]", f"“region” {ORDER}"),
        (HEAD + "region = [10, 0, 0, 10]", f"“region” {ORDER}"),
        (HEAD + "region = [-1, 0, 10, 10]", f"“region” {ORDER}"),
        (HEAD + "region = 'all'", f"“region” {ORDER}"),
        (HEAD + "masks = [[0, 0, 1, 1], [0, 0, 1.5, 1]]", f"“masks” {ORDER}"),
        (HEAD + "tiling = 5", "“tiling” must be a table of its own."),
        (HEAD + "defects = 5", "“defects” must be a table of its own."),
        (HEAD + f"title = '{'x' * 81}'", "“title” is too long."),
        (HEAD + 'title = "a\\u001B[31m"', f"“title” {STRANGE}"),
        (
            HEAD + "[golden]\nparts = '../x'",
            f"“golden.parts” {STRANGE}",
        ),
        (HEAD + "[saved]\nat = 'today'", "“saved.at” must be a date with time and time zone."),
        (HEAD + "[bound]\nescapes = 0.1", "“bound.confidence” is missing."),
    ],
)
def test_a_fault_names_its_key_and_what_may_stand_there(
    tmp_path: Path, text: str, told: str
) -> None:
    assert told in faults(tmp_path, text).what.text()


def test_all_faults_are_told_at_once_and_each_once(tmp_path: Path) -> None:
    text = "pack = 5\ntitel = 1\nregion = [1, 'a', 2.5]\n[others]\nscore = 2"
    told = faults(tmp_path, text).what.text()
    assert "“pack”" in told
    assert "“title”" in told
    assert "“others.score”" in told
    assert told.count("“region”") == 1


def test_faults_are_told_in_chinese_too(tmp_path: Path) -> None:
    told = faults(tmp_path, HEAD + "titel = 'x'").what.text(catalogue("zh_CN"))
    assert "没有“titel”这一项；是否想写“title”？" in told


@pytest.mark.parametrize(
    "content",
    [
        b"\xff\xfe",
        b"[pack\n",
        HEAD.encode() * 2,
        b"x = " + b"[" * 100_000,
        b"x = " + b"9" * 10_000,
        b"#" * 300_000,
        b"\0" * 100,
        HEAD.encode() + b"x = " + b"{a=" * 400 + b"1" + b"}" * 400,
    ],
)
def test_what_is_no_recipe_at_all_is_one_sentence(tmp_path: Path, content: bytes) -> None:
    assert len(faults(tmp_path, content).what.text()) < 2000


def test_a_byte_order_mark_and_a_missing_rest_are_accepted(tmp_path: Path) -> None:
    path = tmp_path / "recipe.toml"
    path.write_bytes(b"\xef\xbb\xbf" + HEAD.encode())
    assert read_file(path).pack == "pcb-defects"


LINES = st.sampled_from(
    [
        "[others]",
        "[defects.open]",
        "[defects]",
        "open = 1",
        "[[masks]]",
        "[saved]",
        "at = 2020-01-01",
        "score = inf",
        "score = -0.0",
        "region = []",
        "region = [[1]]",
        "masks = [[1, 2, 3, 4], 5]",
        "masks = {}",
        "bound = []",
        "[bound]",
        "models = [1]",
        "golden.parts = 1",
        "title = '''\n'''",
        "x.y.z = 00:00:00",
        '"" = 1',
        "others.score.x = 1",
        "pack = [1]",
    ]
)


@given(st.lists(LINES, max_size=6))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_stands_in_a_file_is_a_recipe_or_told(tmp_path: Path, lines: list[str]) -> None:
    path = tmp_path / "recipe.toml"
    path.write_text(HEAD + "\n".join(lines), encoding="utf-8")
    with suppress(RecipeError):
        assert read_file(path).pack == "pcb-defects"
