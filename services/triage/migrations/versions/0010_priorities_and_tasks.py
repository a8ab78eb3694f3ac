"""Keep what people make of a case's priority, and what is to be done in it.

A released migration is never edited.
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "priority_change",
        sa.Column("case", sa.String(36), nullable=False),
        sa.Column("seq", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("from_priority", sa.String(2), nullable=False),
        sa.Column("to_priority", sa.String(2), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(36), nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.ForeignKeyConstraint(["case"], ["case.id"], name="fk_priority_change_case"),
        sa.PrimaryKeyConstraint("case", "seq", name="pk_priority_change"),
    )
    op.create_table(
        "task",
        sa.Column("case", sa.String(36), nullable=False),
        sa.Column("seq", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("title", sa.String(80), nullable=False),
        sa.Column("due_on", sa.Date),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("added_by", sa.String(36), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True)),
        sa.Column("done_by", sa.String(36)),
        sa.ForeignKeyConstraint(["case"], ["case.id"], name="fk_task_case"),
        sa.PrimaryKeyConstraint("case", "seq", name="pk_task"),
    )
