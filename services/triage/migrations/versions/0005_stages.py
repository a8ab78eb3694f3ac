"""Keep with each clock what happens to it next, and when.

Clocks that run already are watched for their breach alone. A released migration is never edited.
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_LATE = sa.text("stopped_at IS NULL AND breached_at IS NOT NULL")
_NEXT = sa.text("next_at IS NOT NULL")


def upgrade() -> None:
    """Add the columns and put two small indexes in the place of one."""
    op.drop_index("ix_clock_running", "clock")
    for column in (
        sa.Column("limit", sa.String(40), nullable=False, server_default=""),
        sa.Column("spent_seconds", sa.Integer, nullable=False, server_default="0"),
        sa.Column("stage", sa.Integer, nullable=False, server_default="5"),
        sa.Column("next_at", sa.DateTime(timezone=True)),
    ):
        op.add_column("clock", column)
    op.execute(
        "UPDATE clock SET stage = 2, next_at = due_at"
        " WHERE stopped_at IS NULL AND breached_at IS NULL"
    )
    op.create_index(
        "ix_clock_next", "clock", ["next_at"], sqlite_where=_NEXT, postgresql_where=_NEXT
    )
    op.create_index("ix_clock_late", "clock", ["case"], sqlite_where=_LATE, postgresql_where=_LATE)
