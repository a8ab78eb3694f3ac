"""Keep who of a unit is on duty on which days.

A released migration is never edited.
"""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table."""
    instant = sa.DateTime(timezone=True)
    op.create_table(
        "duty",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("unit", sa.String(80), nullable=False),
        sa.Column("person", sa.String(36), nullable=False),
        sa.Column("first", sa.Date, nullable=False),
        sa.Column("last", sa.Date, nullable=False),
        sa.Column("dropped_at", instant),
        sa.PrimaryKeyConstraint("id", name="pk_duty"),
        sa.ForeignKeyConstraint(["person"], ["person.name"], name="fk_duty_person"),
    )
    op.create_index("ix_duty_unit", "duty", ["unit", "last"])
