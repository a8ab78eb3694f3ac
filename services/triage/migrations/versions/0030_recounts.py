"""Keep by which calendar the due dates were counted, and how far a recount has come.

A released migration is never edited.
"""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "recount",
        sa.Column("number", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("calendar", sa.String(12), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("after", sa.String(36), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("number", name="pk_recount"),
    )
