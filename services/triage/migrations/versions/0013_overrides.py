"""Remember who wished to override a reporter's exclusion, and the second person's word.

A released migration is never edited.
"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "override",
        sa.Column("case", sa.String(length=36), nullable=False),
        sa.Column("round", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("unit", sa.String(length=80), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_by", sa.String(length=36), nullable=False),
        sa.Column("ended", sa.String(length=16)),
        sa.Column("ended_at", sa.DateTime(timezone=True)),
        sa.Column("ended_by", sa.String(length=36)),
        sa.ForeignKeyConstraint(["case"], ["case.id"], name="fk_override_case"),
        sa.PrimaryKeyConstraint("case", "round", name="pk_override"),
    )
