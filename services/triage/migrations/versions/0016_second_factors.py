"""Second factors, and resets two key officers agree on.

A released migration is never edited.
"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "second_factor",
        sa.Column("person", sa.String(36), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("last_step", sa.BigInteger(), nullable=False),
        sa.Column("is_confirmed", sa.Boolean(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("person", name="pk_second_factor"),
        sa.ForeignKeyConstraint(["person"], ["person.name"], name="fk_second_factor_person"),
    )
    op.create_table(
        "person_reset",
        sa.Column("person", sa.String(36), nullable=False),
        sa.Column("by", sa.String(36), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("person", name="pk_person_reset"),
        sa.ForeignKeyConstraint(["person"], ["person.name"], name="fk_person_reset_person"),
    )
