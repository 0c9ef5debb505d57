"""Records, their contents, and the history of taking back."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the three tables."""
    op.create_table(
        "records",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("id", sa.String, nullable=False),
        sa.Column("saved_at", sa.String, nullable=False),
        sa.Column("document", sa.String, nullable=False),
        sa.Column("decision", sa.String, nullable=False),
        sa.Column("withdrawn", sa.Boolean, nullable=False),
        sa.Column("source", sa.String, nullable=False),
        sa.Column("page", sa.Integer, nullable=False),
        sa.Column("picture", sa.String, nullable=False),
        sa.Column("picture_sha256", sa.String, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.UniqueConstraint("id", name="records_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("records_saved_at", "records", ["saved_at"])
    op.create_index("records_document", "records", ["document"])
    op.create_index("records_decision", "records", ["decision"])
    op.create_table(
        "contents",
        sa.Column("number", sa.Integer, sa.ForeignKey("records.number"), primary_key=True),
        sa.Column("content", sa.Text, nullable=False),
        sa.Column("details", sa.Text, nullable=False),
    )
    op.create_table(
        "changes",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("record", sa.Integer, sa.ForeignKey("records.number"), nullable=False),
        sa.Column("at", sa.String, nullable=False),
        sa.Column("withdrawn", sa.Boolean, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("changes_record", "changes", ["record"])
