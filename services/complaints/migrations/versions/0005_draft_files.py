"""Note which draft a sealed file waits for, so that both go together.

A released migration is never edited.
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column."""
    op.add_column("evidence_part", sa.Column("draft", sa.LargeBinary(length=16), nullable=True))
