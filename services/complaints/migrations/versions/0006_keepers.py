"""Note which units may keep a reporter's name, for the one who gives it later.

A released migration is never edited.
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column."""
    op.add_column("complaint", sa.Column("keepers", sa.Text(), nullable=True))
