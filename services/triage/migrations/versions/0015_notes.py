"""Keep sealed notes of a unit on its cases.

A released migration is never edited.
"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "note",
        sa.Column("case", sa.String(36), nullable=False),
        sa.Column("seq", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("envelope", sa.LargeBinary, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(36), nullable=False),
        sa.ForeignKeyConstraint(["case"], ["case.id"], name="fk_note_case"),
        sa.PrimaryKeyConstraint("case", "seq", name="pk_note"),
    )
