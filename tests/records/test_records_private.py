"""Only its owner reads what is kept, whatever the umask."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.records import export, mend, open_records
from records.inspections import inspection


@pytest.fixture(params=[0o000, 0o022, 0o077])
def umask(request: pytest.FixtureRequest) -> Iterator[None]:
    before = os.umask(request.param)
    yield
    os.umask(before)


def test_folders_and_files_are_open_to_their_owner_alone(tmp_path: Path, umask: None) -> None:
    folder = tmp_path / "new" / "records"
    with open_records(folder) as records:
        records.keep(inspection())
        for name in ("list.csv", "list.xlsx"):
            export(records.each(), folder / name)
        assert {"records.db-wal", "records.db-shm"} <= {each.name for each in folder.iterdir()}
        assert_private(folder)
    (folder / "records.db").write_bytes(b"damaged")
    mend(folder)
    assert_private(folder)


def assert_private(folder: Path) -> None:
    for path in (folder.parent, folder, *folder.rglob("*")):
        assert path.stat().st_mode & 0o777 == (0o700 if path.is_dir() else 0o600), path


def test_an_export_in_a_folder_for_all_is_private_too(tmp_path: Path, umask: None) -> None:
    tmp_path.chmod(0o777)
    with open_records(tmp_path / "records") as records:
        records.keep(inspection())
        export(records.each(), tmp_path / "list.xlsx")
    assert (tmp_path / "list.xlsx").stat().st_mode & 0o777 == 0o600
