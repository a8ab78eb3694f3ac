"""Keep whose note it is, and the headers of notes handed over to another unit.

A released migration is never edited.
"""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0034"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column, filled from who wrote the note; create the table."""
    op.add_column("note", sa.Column("unit", sa.String(length=80)))
    op.execute(
        "UPDATE note SET unit = (SELECT person.unit FROM person WHERE person.name = note.by)"
    )
    op.create_table(
        "note_header",
        sa.Column("case", sa.String(length=36), nullable=False),
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("unit", sa.String(length=80), nullable=False),
        sa.Column("header", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["case"], ["case.id"], name="fk_note_header_case"),
        sa.PrimaryKeyConstraint("case", "seq", "unit", name="pk_note_header"),
    )
