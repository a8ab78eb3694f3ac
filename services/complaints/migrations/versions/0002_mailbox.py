"""The mailbox: what a reporter decides stands among the steps, and letters may be deleted.

A released migration is never edited.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add the columns; what stands already has none of it."""
    op.add_column("complaint", sa.Column("gone", sa.Text))
    op.add_column("complaint", sa.Column("is_emptying", sa.Boolean))
    op.create_index(
        "ix_complaint_emptying",
        "complaint",
        ["case"],
        postgresql_where=sa.text("is_emptying"),
        sqlite_where=sa.text("is_emptying = 1"),
    )
    op.add_column("progress", sa.Column("event", sa.String(40)))
    op.add_column("progress", sa.Column("told", sa.Text))
    op.add_column("progress", sa.Column("missed_on", sa.Date))
