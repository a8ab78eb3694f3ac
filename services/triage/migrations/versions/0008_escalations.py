"""Remember which units above a late case climbed to.

A released migration is never edited.
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "escalation",
        sa.Column("case", sa.String(36), nullable=False),
        sa.Column("unit", sa.String(80), nullable=False),
        sa.Column("level", sa.String(16), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("case", "unit", name="pk_escalation"),
        sa.ForeignKeyConstraint(["case"], ["case.id"], name="fk_escalation_case"),
    )
    op.create_index("ix_escalation_unit", "escalation", ["unit", "at"])
