"""Let what is hidden be asked by an index, and the queue be counted without its rows.

A released migration is never edited.
"""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the indexes."""
    op.create_index(
        "ix_case_candidate_hidden",
        "case_candidate",
        ["unit", "case"],
        sqlite_where=sa.text("excluded = 1"),
        postgresql_where=sa.text("excluded"),
    )
    op.create_index("ix_case_opened", "case", ["unit", "opened_at"])
    op.drop_index("ix_case_queue", "case")
    op.create_index(
        "ix_case_queue",
        "case",
        ["unit", "due_at", "id"],
        postgresql_include=["state", "holder", "priority", "opened_at"],
    )
