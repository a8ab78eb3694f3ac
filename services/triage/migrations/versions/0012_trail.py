"""Let the facts be read newest first, by person and by kind.

A released migration is never edited.
"""

from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the indexes."""
    op.create_index("ix_fact_at", "fact", ["at", "position"])
    op.create_index("ix_fact_by", "fact", ["by", "at", "position"])
    op.create_index("ix_fact_type", "fact", ["type", "at", "position"])
