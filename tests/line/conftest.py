"""A folder of records for every test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.records import Records, open_records


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "records"


@pytest.fixture
def records(folder: Path) -> Iterator[Records]:
    with open_records(folder) as opened:
        yield opened
