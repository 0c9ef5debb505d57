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

HEAD = "0001"
"""The newest migration this program knows; they are numbered in four digits."""

APPLICATION_ID = 0x4D4A5243
"""“MJRC” in the header of the file (SQLite file format, 1.3, offset 68): it is ours."""

metadata = MetaData()

# A search reads every row of this table, so the row is kept narrow: 100,000 records of about 300
# bytes are searched in 20 ms by instr(). A trigram index needs 2.4 s to build and cannot find the
# two characters of a Chinese name.
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
    UniqueConstraint("id", name="records_id"),
    Index("records_saved_at", "saved_at"),
    Index("records_document", "document"),
    Index("records_decision", "decision"),
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
