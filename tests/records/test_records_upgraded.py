"""An older database is brought up to date behind a verified copy, all of it or nothing."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from app.errors import RecordError
from app.records import database, open_records
from app.records.schema import HEAD, metadata
from records.inspections import inspection

STEP = """
import sqlalchemy as sa
from alembic import op

revision = "{revision}"
down_revision = "{before}"


def upgrade() -> None:
    op.add_column("records", sa.Column("chain", sa.String, nullable=True))
    {then}
"""


def release(folder: Path, monkeypatch: pytest.MonkeyPatch, then: str = "pass") -> str:
    """Let the next release of this program have one more step."""
    shutil.copytree(Path(database.__file__).parent / "migrations", folder)
    revision = f"{int(HEAD) + 1:04}"
    (folder / "versions" / f"v{revision}_chain.py").write_text(
        STEP.format(revision=revision, before=HEAD, then=then)
    )
    monkeypatch.setattr(database, "_MIGRATIONS", folder)
    monkeypatch.setattr(database, "HEAD", revision)
    return revision


def columns(path: Path) -> set[str]:
    with closing(sqlite3.connect(path)) as other:
        return {row[1] for row in other.execute("PRAGMA table_info(records)")}


def test_the_migrations_end_in_the_tables_of_this_program(folder: Path) -> None:
    open_records(folder).close()
    engine = database.make_engine(folder / database.NAME, 1.0)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection)
        assert compare_metadata(context, metadata) == []
        assert context.get_current_revision() == HEAD
    engine.dispose()
    config = Config()
    config.set_main_option("script_location", str(Path(database.__file__).parent / "migrations"))
    assert ScriptDirectory.from_config(config).get_current_head() == HEAD


def test_an_older_database_is_copied_upgraded_and_keeps_its_records(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_records(folder) as records:
        kept = records.keep(inspection())
    release(tmp_path / "next", monkeypatch)
    with open_records(folder) as records:
        assert records.get(kept.id) == kept
    assert "chain" in columns(folder / "records.db")
    (copy,) = (folder / "backups").iterdir()
    assert copy.stat().st_mode & 0o777 == 0o600
    assert "chain" not in columns(copy)
    with closing(sqlite3.connect(copy)) as other:
        assert other.execute("SELECT id FROM records").fetchall() == [(kept.id,)]
    open_records(folder).close()
    assert len(list((folder / "backups").glob("*.db"))) == 1


def test_a_step_that_fails_changes_nothing(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_records(folder) as records:
        kept = records.keep(inspection())
    with monkeypatch.context() as next_release:
        release(tmp_path / "next", next_release, then='raise RuntimeError("a bug")')
        with pytest.raises(RuntimeError, match="a bug"):
            open_records(folder)
    assert "chain" not in columns(folder / "records.db")
    with open_records(folder) as records:
        assert records.get(kept.id) == kept


def test_a_database_whose_copy_is_not_sound_is_not_upgraded(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_records(folder) as records:
        kept = records.keep(inspection())
    path = folder / "records.db"
    content = path.read_bytes()
    start = content.index(f"{kept.id}.png".encode()) // 4096 * 4096
    path.write_bytes(content[:start] + b"\xff" * 4096 + content[start + 4096 :])
    release(tmp_path / "next", monkeypatch)
    with pytest.raises(RecordError) as told:
        open_records(folder)
    assert told.value.code == "records-damaged"
    assert "chain" not in columns(path)


def test_nothing_is_upgraded_under_the_hands_of_another_program(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_records(folder) as older:
        older.keep(inspection())
        release(tmp_path / "next", monkeypatch)
        with pytest.raises(RecordError) as told:
            open_records(folder)
        assert told.value.code == "records-busy"
        assert older.count() == 1
