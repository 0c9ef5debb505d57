"""An older database is brought up to date behind a verified copy, all of it or nothing."""

from __future__ import annotations

import hashlib
import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import cv2
import numpy as np
import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from app.errors import RecordError
from app.records import database, mend, open_records
from app.records.schema import HEAD, metadata
from app.vocabulary import Decision
from records.inspections import inspection, part, picture

CONTENT_0001 = (
    '{"reading":{"document":"id_card_front","fields":[{"name":"name","value":"王伟",'
    '"proof":"read","score":0.75,"quad":null,"alternatives":[],"corrected_from":null}],'
    '"lines":[],"detections":[],"outline":null,"flaws":["glare"]},"decision":"REVIEW",'
    '"reasons":[{"code":"missing","message":{"template":"{field} is missing.",'
    '"values":[["field",{"template":"Address","values":[]}]]},"field":"address"}],'
    '"engine":{"engine":"onnx","device":"CPU","models":[["ppocr-rec","abab"]]},'
    '"timings_ms":{"total":40.0},"confirmed":["name"]}'
)
DETAILS_0001 = (
    '{"lines":[],"alternatives":[[[{"text":"王","score":0.75}],[{"text":"伟","score":0.75}]]]}'
)
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


def first_release(folder: Path, record_id: str) -> None:
    """Make the records of release 0001 with one card in them, as that release wrote it."""
    folder.mkdir()
    database.create(folder / "records.db")
    config = Config()
    config.set_main_option("script_location", str(Path(database.__file__).parent / "migrations"))
    engine = database.make_engine(folder / "records.db", 1.0)
    with engine.connect() as plain, database.writing(plain) as connection, connection.begin():
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
    engine.dispose()
    encoded = cv2.imencode(".png", picture(0))[1].tobytes()
    place = folder / "pictures/2026/03/01" / f"{record_id}.png"
    place.parent.mkdir(parents=True)
    place.write_bytes(encoded)
    with closing(sqlite3.connect(folder / "records.db")) as other, other:
        other.execute(
            "INSERT INTO records VALUES (1, ?, '2026-03-01T06:00:00.000000+00:00',"
            " 'id_card_front', 'REVIEW', 0, 'scan.jpg', 1, ?, ?, '王伟')",
            (record_id, f"2026/03/01/{place.name}", hashlib.sha256(encoded).hexdigest()),
        )
        other.execute("INSERT INTO contents VALUES (1, ?, ?)", (CONTENT_0001, DETAILS_0001))
        other.execute(
            "INSERT INTO changes VALUES (1, 1, '2026-03-01T06:00:01.000000+00:00', 1),"
            " (2, 1, '2026-03-01T06:00:02.000000+00:00', 0)"
        )


def test_records_of_the_first_release_come_along_with_pictures_and_count_as_documents(
    folder: Path,
) -> None:
    first_release(folder, "ab" * 16)
    with open_records(folder) as records:
        (old,) = records.find(workplace="documents")
        assert old.saved_at == datetime(2026, 3, 1, 6, tzinfo=UTC)
        whole = records.get(old.id)
        assert whole.reading.field("name").value == "王伟"
        assert whole.reading.field("name").alternatives[0][0].text == "王"
        assert (whole.reading.region, whole.reading.light) == (None, None)
        assert (old.recipe, old.overruled, old.decision) == (None, None, Decision.REVIEW)
        assert np.array_equal(records.picture(old.id), picture(0))
        assert records.count(relabel=True) == 0
        part_too = records.keep(part(1))
        assert [each.id for each in records.find("王")] == [old.id]
        assert records.count(recipe="pcb") == 1
        assert records.overrule(part_too.id, Decision.OK, "dust").decision is Decision.OK
    (copy,) = (folder / "backups").iterdir()
    assert "recipe" not in columns(copy)


def test_a_damaged_database_of_the_first_release_is_mended_into_todays(folder: Path) -> None:
    first_release(folder, "ab" * 16)
    with closing(sqlite3.connect(folder / "records.db")) as other, other:
        other.execute("DELETE FROM alembic_version")
        other.execute("INSERT INTO alembic_version VALUES ('none')")
    mended = mend(folder)
    assert (mended.kept, mended.lost) == (1, 0)
    with open_records(folder) as records:
        assert np.array_equal(records.picture("ab" * 16), picture(0))
        assert records.get("ab" * 16).recipe is None


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
