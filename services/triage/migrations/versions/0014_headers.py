"""Keep headers that oversight has re-wrapped, beside the files as they came.

A released migration is never edited.
"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "letter_header",
        sa.Column("case", sa.String(length=36), nullable=False),
        sa.Column("direction", sa.String(length=3), nullable=False),
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("unit", sa.String(length=80), nullable=False),
        sa.Column("header", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["case"], ["case.id"], name="fk_letter_header_case"),
        sa.PrimaryKeyConstraint("case", "direction", "seq", "unit", name="pk_letter_header"),
    )
