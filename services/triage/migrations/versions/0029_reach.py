"""Keep since when a person can be written to; the address itself is notify's.

A released migration is never edited.
"""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "reach",
        sa.Column("person", sa.String(36), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("person", name="pk_reach"),
        sa.ForeignKeyConstraint(["person"], ["person.name"], name="fk_reach_person"),
    )
