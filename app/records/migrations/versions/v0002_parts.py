"""Parts of a line: recipe, inspector's word, kinds of pictures, relabelling, golden runs."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add the columns and the two tables; older rows are documents with full pictures."""
    for column in (
        sa.Column("recipe", sa.String),
        sa.Column("recipe_version", sa.Integer),
        sa.Column("recipe_sha256", sa.String),
        sa.Column("overruled", sa.String),
        sa.Column("overruled_reason", sa.String),
        sa.Column("overruled_at", sa.String),
        sa.Column("picture_kind", sa.String, nullable=False, server_default="full"),
        sa.Column("width", sa.Integer, nullable=False, server_default="0"),
        sa.Column("height", sa.Integer, nullable=False, server_default="0"),
        sa.Column("pixels_sha256", sa.String, nullable=False, server_default=""),
        sa.Column("exported_at", sa.String),
    ):
        op.add_column("records", column)
    op.create_index("records_recipe", "records", ["recipe"])
    op.create_index("records_shift", "records", ["recipe", "saved_at"])
    op.create_table(
        "overrules",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("record", sa.Integer, sa.ForeignKey("records.number"), nullable=False),
        sa.Column("at", sa.String, nullable=False),
        sa.Column("decision", sa.String),
        sa.Column("reason", sa.String, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("overrules_record", "overrules", ["record"])
    op.create_table(
        "golden_runs",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("at", sa.String, nullable=False),
        sa.Column("recipe", sa.String, nullable=False),
        sa.Column("passed", sa.Boolean, nullable=False),
        sa.Column("content", sa.Text, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("golden_runs_recipe", "golden_runs", ["recipe"])
