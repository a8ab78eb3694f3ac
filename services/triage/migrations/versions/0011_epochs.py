"""Who a unit's key is wrapped to, and wraps that were replaced.

A released migration is never edited.
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add two columns and a table."""
    op.add_column("unit_key", sa.Column("members", sa.String(64)))
    op.add_column("unit_key", sa.Column("due_at", sa.DateTime(timezone=True)))
    op.create_table(
        "unit_key_past",
        sa.Column("unit", sa.String(80), nullable=False),
        sa.Column("epoch", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("replaced_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(36), nullable=False),
        sa.Column("wrapped", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("unit", "epoch", "replaced_at", name="pk_unit_key_past"),
    )
