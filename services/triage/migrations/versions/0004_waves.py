"""Remember which cases belong to a wave of near-identical reports.

A released migration is never edited.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "wave_case",
        sa.Column("case", sa.String(length=36), nullable=False),
        sa.Column("wave", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["case"], ["case.id"], name="fk_wave_case_case"),
        sa.PrimaryKeyConstraint("case", name="pk_wave_case"),
    )
    op.create_index("ix_wave_case_wave", "wave_case", ["wave"])
