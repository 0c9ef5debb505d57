"""The rules of the house that no linter knows."""

from __future__ import annotations

import ast
import re
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from app import kinds

ROOT = Path(__file__).resolve().parent.parent
LONGEST_FILE = 350
LONGEST_FUNCTION = 45
FORBIDDEN = {
    "util",
    "utils",
    "helper",
    "helpers",
    "common",
    "misc",
    "tool",
    "tools",
    "base",
    "core",
}
FORBIDDEN |= {"manager", "handler", "processor"}
PROMISES = {
    "app.capture": ("Knobs", "make", "find"),
    "app.engine": ("open_session",),
    "app.documents": ("KIND",),
    "app.commands": ("add_arguments", "run"),
    "app.doctor": ("findings",),
    "app.reader": (),
}


@cache
def sources(folder: str) -> tuple[Path, ...]:
    return tuple(sorted((ROOT / folder).rglob("*.py")))


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def short(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def tracked() -> tuple[Path, ...]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    if listed.returncode:
        pytest.skip("not a git checkout")
    return tuple(ROOT / name for name in listed.stdout.decode().split("\0") if name)


def test_no_file_is_longer_than_a_newcomer_reads_in_one_go() -> None:
    lines = {short(p): len(p.read_bytes().splitlines()) for p in sources("app") + sources("tests")}
    assert {name: count for name, count in lines.items() if count > LONGEST_FILE} == {}


def test_no_function_is_longer_than_a_screen() -> None:
    functions = {
        f"{short(path)}:{node.name}": (node.end_lineno or 0) - node.lineno + 1
        for path in sources("app") + sources("tests")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }
    assert {name: count for name, count in functions.items() if count > LONGEST_FUNCTION} == {}


def words_in(name: str) -> set[str]:
    return {word.lower() for word in re.findall(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])", name)}


def test_no_file_and_no_class_is_a_drawer_for_everything() -> None:
    names = [(path, path.stem) for path in sources("app") if path.stem != "__init__"]
    names += [
        (path, node.name)
        for path in sources("app")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ClassDef)
    ]
    assert [(short(path), name) for path, name in names if words_in(name) & FORBIDDEN] == []


@pytest.mark.parametrize("room", PROMISES)
def test_every_kind_of_an_open_room_loads_and_offers_what_its_door_promises(room: str) -> None:
    for name in kinds.names(room):
        kind = kinds.load(room, name)
        assert [each for each in PROMISES[room] if not hasattr(kind, each)] == [], name


def test_every_exception_from_a_linter_rule_gives_its_reason() -> None:
    reasoned = re.compile(r"# noqa: [A-Z]+[0-9]+(?:, [A-Z]+[0-9]+)* - \w")
    bare = [
        (short(path), number)
        for path in sources("app")
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if "# noqa" in line and not reasoned.search(line)
    ]
    assert bare == []


def test_the_readme_names_every_room() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    rooms = [p.name + "/" for p in (ROOT / "app").iterdir() if (p / "__init__.py").is_file()]
    rooms += [p.name for p in (ROOT / "app").glob("*.py") if p.name != "__init__.py"]
    assert [room for room in rooms if f"`{room}`" not in readme] == []


def test_the_readme_names_every_command_in_both_languages() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    names = kinds.names("app.commands")
    assert {name: readme.count(f"`mingjian {name}") >= 2 for name in names} == dict.fromkeys(
        names, True
    )


def test_no_tracked_file_holds_a_path_of_a_machine_or_the_address_of_a_registry() -> None:
    private = [
        re.compile(rb"(?<![\w.~])/(?:work/\w|tmp/w/|root/\.\w)"),
        re.compile(rb"https?://[\w.:@-]+/(?:[\w/-]+/)?(?:simple|npm|goproxy)(?:/|\b)"),
        re.compile(rb"(?:--|\b)(?:extra-)?index-url[ =]+https?:"),
    ]
    found = [
        (short(path), match.group(0))
        for path in tracked()
        if path.is_file() and path.suffix not in (".png", ".jpg", ".onnx")
        for pattern in private
        if (match := pattern.search(path.read_bytes()))
    ]
    assert found == []


def test_no_test_is_told_to_expect_less_of_the_code() -> None:
    skipped = re.compile(r"mark\.(?:skip|xfail)\b(?!if)")
    assert [short(p) for p in sources("tests") if skipped.search(p.read_text("utf-8"))] == []


def functions_of(path: Path) -> Iterator[ast.FunctionDef]:
    return (node for node in ast.walk(tree(path)) if isinstance(node, ast.FunctionDef))


def test_a_test_is_named_as_a_sentence() -> None:
    vague = re.compile(r"(?:works|correctly|properly|handles)(?:_|$)")
    names = [
        (short(path), node.name)
        for path in sources("tests")
        for node in functions_of(path)
        if node.name.startswith("test_")
    ]
    assert [each for each in names if each[1].count("_") < 3 or vague.search(each[1])] == []
