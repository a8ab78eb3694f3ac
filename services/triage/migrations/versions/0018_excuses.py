"""Keep which breaches another person excused.

A released migration is never edited.
"""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "excuse",
        sa.Column("case", sa.String(36), nullable=False),
        sa.Column("name", sa.String(24), nullable=False),
        sa.Column("round", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(36), nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("case", "name", "round", name="pk_excuse"),
        sa.ForeignKeyConstraint(["case"], ["case.id"], name="fk_excuse_case"),
    )
