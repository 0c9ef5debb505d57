"""Every sentence a person may see has its Chinese, with the same placeholders."""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from string import Formatter

import pytest

from app import errors
from app.errors import AppError
from app.language import message
from app.paths import resources

APP = Path(__file__).resolve().parent.parent / "app"
TABLES = sorted((resources() / "translations" / "zh_CN").glob("*.toml"))
DESCRIBED = ("settings.py", "capture", "recipes")
"""Where pydantic's titles and descriptions are shown in forms."""
FAILURES = {
    name
    for name, value in vars(errors).items()
    if isinstance(value, type) and issubclass(value, AppError)
}
FIRST, FIRST_TWO, SECOND = slice(0, 1), slice(0, 2), slice(1, 2)
SPOKEN = {
    **dict.fromkeys(FAILURES, FIRST_TWO),
    **dict.fromkeys(("message", "tr", "QT_TR_NOOP", "say"), FIRST),
    **dict.fromkeys(("translate", "KeyedAction"), SECOND),
}


@cache
def trees() -> dict[str, ast.Module]:
    return {
        path.relative_to(APP).as_posix(): ast.parse(path.read_text(encoding="utf-8"))
        for path in sorted(APP.rglob("*.py"))
    }


@cache
def chinese() -> dict[str, str]:
    entries: dict[str, str] = {}
    for table in TABLES:
        entries |= tomllib.loads(table.read_text(encoding="utf-8"))
    return entries


def name_of(call: ast.Call) -> str:
    function = call.func
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def literal(node: ast.expr) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def spoken_by(call: ast.Call, file: str) -> Iterator[str]:
    for node in call.args[SPOKEN.get(name_of(call), slice(0))]:
        if (text := literal(node)) is not None:
            yield text
    for keyword in call.keywords:
        is_help = keyword.arg == "help" and file.startswith("commands/")
        is_form = keyword.arg in ("title", "description") and file.startswith(DESCRIBED)
        if (is_help or is_form) and (text := literal(keyword.value)) is not None:
            yield text


@cache
def spoken() -> frozenset[str]:
    calls = (
        (node, file)
        for file, tree in trees().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
    )
    return frozenset(text for call, file in calls for text in spoken_by(call, file) if text.strip())


def placeholders(template: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(template) if name}


def test_every_sentence_has_its_chinese() -> None:
    assert sorted(text for text in spoken() if text not in chinese() and has_letters(text)) == []


def has_letters(template: str) -> bool:
    return any(text.strip(" :,.()·–…%").isalpha() for text, *_ in Formatter().parse(template)) or (
        " " in template.strip()
    )


def test_a_translation_has_the_placeholders_of_its_template() -> None:
    wrong = {
        template: text
        for template, text in chinese().items()
        if placeholders(template) != placeholders(text)
    }
    assert wrong == {}


def test_no_translation_is_left_of_a_sentence_that_is_gone() -> None:
    literals = {
        node.value
        for tree in trees().values()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    summaries = {text.partition("\n")[0].partition(": ")[2] for text in literals}
    assert sorted(set(chinese()) - literals - summaries) == []


def test_two_tables_never_translate_one_sentence_differently() -> None:
    known: dict[str, str] = {}
    for table in TABLES:
        for template, text in tomllib.loads(table.read_text(encoding="utf-8")).items():
            assert known.setdefault(template, text) == text, table.name


def is_written_out(node: ast.expr) -> bool:
    """Say whether a template is a literal here, or a Message's that was checked elsewhere."""
    is_told_before = isinstance(node, ast.Attribute) and node.attr == "template"
    return is_told_before or isinstance(node, ast.Starred) or literal(node) is not None


def test_the_templates_of_failures_are_written_out_where_they_are_raised() -> None:
    computed = [
        (file, node.lineno)
        for file, tree in trees().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and name_of(node) in FAILURES
        for text in node.args[FIRST_TWO]
        if not is_written_out(text)
    ]
    assert computed == []


@pytest.mark.parametrize("summary", sorted(p.stem for p in (APP / "commands").glob("[a-z]*.py")))
def test_every_command_says_in_one_line_what_it_does(summary: str) -> None:
    first = (ast.get_docstring(trees()[f"commands/{summary}.py"]) or "").partition("\n")[0]
    usage, colon, purpose = first.partition(": ")
    assert usage.startswith(f"``mingjian {summary}")
    assert colon
    assert purpose in chinese()


def test_a_message_inside_a_message_is_translated_with_it() -> None:
    inner = message("Name")
    outer = message("{field} is missing.", field=inner)
    words = {"Name": "姓名", "{field} is missing.": "缺少{field}。"}
    assert outer.text(words) == "缺少姓名。"
    assert str(outer) == "Name is missing."
