"""The tables as they are now; ``migrations/`` brings an older database here."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

HEAD = "0002"
"""The newest migration this program knows; they are numbered in four digits."""

APPLICATION_ID = 0x4D4A5243
"""“MJRC” in the header of the file (SQLite file format, 1.3, offset 68): it is ours."""

metadata = MetaData()

# A search reads every row of this table, so the row is kept narrow: 100,000 records of about 300
# bytes are searched in 20 ms by instr(). A trigram index needs 2.4 s to build and cannot find the
# two characters of a Chinese name.
# ``decision`` is what counts, the inspector's word before the verdict; the verdict itself stands in
# ``contents``. ``width`` and ``height`` are those of the picture as inspected.
records = Table(
    "records",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("id", String, nullable=False),
    Column("saved_at", String, nullable=False),
    Column("document", String, nullable=False),
    Column("decision", String, nullable=False),
    Column("withdrawn", Boolean, nullable=False),
    Column("source", String, nullable=False),
    Column("page", Integer, nullable=False),
    Column("picture", String, nullable=False),
    Column("picture_sha256", String, nullable=False),
    Column("text", Text, nullable=False),
    Column("recipe", String),
    Column("recipe_version", Integer),
    Column("recipe_sha256", String),
    Column("overruled", String),
    Column("overruled_reason", String),
    Column("overruled_at", String),
    Column("picture_kind", String, nullable=False, server_default="full"),
    Column("width", Integer, nullable=False, server_default="0"),
    Column("height", Integer, nullable=False, server_default="0"),
    Column("pixels_sha256", String, nullable=False, server_default=""),
    Column("exported_at", String),
    UniqueConstraint("id", name="records_id"),
    Index("records_saved_at", "saved_at"),
    Index("records_document", "document"),
    Index("records_decision", "decision"),
    Index("records_recipe", "recipe"),  # gives the newest of a recipe without sorting
    Index("records_shift", "recipe", "saved_at"),
    sqlite_autoincrement=True,
)

contents = Table(
    "contents",
    metadata,
    Column("number", Integer, ForeignKey("records.number"), primary_key=True),
    Column("content", Text, nullable=False),
    Column("details", Text, nullable=False),
)

changes = Table(
    "changes",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("record", Integer, ForeignKey("records.number"), nullable=False),
    Column("at", String, nullable=False),
    Column("withdrawn", Boolean, nullable=False),
    Index("changes_record", "record"),
    sqlite_autoincrement=True,
)

overrules = Table(
    "overrules",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("record", Integer, ForeignKey("records.number"), nullable=False),
    Column("at", String, nullable=False),
    Column("decision", String),  # none where the word was taken back
    Column("reason", String, nullable=False),
    Index("overrules_record", "record"),
    sqlite_autoincrement=True,
)

golden_runs = Table(
    "golden_runs",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("at", String, nullable=False),
    Column("recipe", String, nullable=False),
    Column("passed", Boolean, nullable=False),
    Column("content", Text, nullable=False),
    Index("golden_runs_recipe", "recipe"),
    sqlite_autoincrement=True,
)
