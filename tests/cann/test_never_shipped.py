"""The emulation stays beside the tests and can be mistaken for nothing."""

from __future__ import annotations

import tomllib
from pathlib import Path

from cann import SUFFIX, acl

ROOT = Path(__file__).resolve().parents[2]


def test_only_the_product_is_packaged() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert project["tool"]["setuptools"]["packages"]["find"] == {"include": ["app*"]}


def test_the_product_knows_nothing_of_it() -> None:
    sources = [path.read_text(encoding="utf-8") for path in (ROOT / "app").rglob("*.py")]
    words = ("import cann", "from cann", SUFFIX.strip("_"))
    assert [word for word in words for source in sources if word in source] == []


def test_it_is_found_under_its_real_name_only_where_a_test_asks() -> None:
    assert acl.__name__ == "cann.acl"
    assert not (ROOT / "acl").exists()
    assert not (ROOT / "tests" / "acl").exists()
