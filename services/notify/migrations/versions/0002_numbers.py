"""Keep the number of the case that the desk is called to, until the notice has left.

A released migration is never edited.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column."""
    op.add_column("notice", sa.Column("number", sa.String(24)))
