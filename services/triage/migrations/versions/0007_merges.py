"""Remember which case is worked with which, and what was parted again.

A released migration is never edited.
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "case_merge",
        sa.Column("case", sa.String(length=36), nullable=False),
        sa.Column("round", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("main", sa.String(length=36), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=36), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True)),
        sa.Column("undone_by", sa.String(length=36)),
        sa.ForeignKeyConstraint(["case"], ["case.id"], name="fk_case_merge_case"),
        sa.ForeignKeyConstraint(["main"], ["case.id"], name="fk_case_merge_main"),
        sa.PrimaryKeyConstraint("case", "round", name="pk_case_merge"),
    )
    op.create_index("ix_case_merge_main", "case_merge", ["main"])
