"""Keep headers that a unit has prepared for the next one, until the case goes there.

A released migration is never edited.
"""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0029"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create both tables."""
    op.create_table(
        "handover",
        sa.Column("case", sa.String(length=36), nullable=False),
        sa.Column("unit", sa.String(length=80), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["case"], ["case.id"], name="fk_handover_case"),
        sa.PrimaryKeyConstraint("case", name="pk_handover"),
    )
    op.create_table(
        "handover_header",
        sa.Column("case", sa.String(length=36), nullable=False),
        sa.Column("direction", sa.String(length=4), nullable=False),
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("header", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["case"], ["case.id"], name="fk_handover_header_case"),
        sa.PrimaryKeyConstraint("case", "direction", "seq", name="pk_handover_header"),
    )
