"""Keep until when a person of the desk is left in peace after a mail.

A released migration is never edited.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column."""
    op.add_column("address", sa.Column("quiet_until", sa.DateTime(timezone=True)))
