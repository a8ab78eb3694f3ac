"""Keep wishes to reject a case as a false report until another person has decided.

A released migration is never edited.
"""

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0031"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table, and the index that a month's rejections are found by."""
    op.create_table(
        "rejection",
        sa.Column("case", sa.String(36), nullable=False),
        sa.Column("round", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("where_else", sa.Text, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_by", sa.String(36), nullable=False),
        sa.Column("ended", sa.String(16)),
        sa.Column("ended_at", sa.DateTime(timezone=True)),
        sa.Column("ended_by", sa.String(36)),
        sa.PrimaryKeyConstraint("case", "round", name="pk_rejection"),
        sa.ForeignKeyConstraint(["case"], ["case.id"], name="fk_rejection_case"),
    )
    op.create_index(
        "ix_move_rejected",
        "move",
        ["at"],
        sqlite_where=sa.text("to_state = 'rejected'"),
        postgresql_where=sa.text("to_state = 'rejected'"),
    )
