"""What reporters decide: withdrawals, ratings, objections.

A released migration is never edited.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "withdrawal",
        sa.Column("case", sa.String(36), nullable=False),
        sa.Column("round", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("pressed", sa.String(8), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended", sa.String(16)),
        sa.Column("ended_at", sa.DateTime(timezone=True)),
        sa.Column("by", sa.String(36)),
        sa.Column("reason", sa.Text),
        sa.PrimaryKeyConstraint("case", "round", name="pk_withdrawal"),
        sa.ForeignKeyConstraint(["case"], ["case.id"], name="fk_withdrawal_case"),
    )
    op.create_table(
        "rating",
        sa.Column("case", sa.String(36), nullable=False),
        sa.Column("round", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("is_solved", sa.Boolean, nullable=False),
        sa.Column("stars", sa.Integer, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("case", "round", name="pk_rating"),
        sa.ForeignKeyConstraint(["case"], ["case.id"], name="fk_rating_case"),
    )
    op.create_table(
        "objection",
        sa.Column("case", sa.String(36), nullable=False),
        sa.Column("round", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("seq", sa.Integer, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("case", "round", name="pk_objection"),
        sa.ForeignKeyConstraint(["case"], ["case.id"], name="fk_objection_case"),
    )
