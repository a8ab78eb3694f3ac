"""The first shape: complaints, their letters and steps, unit keys, parts, and the road."""

import sqlalchemy as sa
from alembic import op

from shared.messaging.tables import create_road_tables_v1
from shared.runtime.database import BigKey, JsonText

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Create every table."""
    create_road_tables_v1(op)
    op.create_table(
        "complaint",
        sa.Column("case", sa.String(36), nullable=False),
        sa.Column("lookup", sa.LargeBinary(16), nullable=False),
        sa.Column("sign", sa.LargeBinary(32), nullable=False),
        sa.Column("box", sa.Text, nullable=False),
        sa.Column("digest", sa.LargeBinary(32), nullable=False),
        sa.Column("unit", sa.String(80), nullable=False),
        sa.Column("desk", sa.String(80)),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("answer", JsonText, nullable=False),
        sa.PrimaryKeyConstraint("case", name="pk_complaint"),
        sa.UniqueConstraint("lookup", name="uq_complaint_lookup"),
    )
    op.create_table(
        "letter",
        sa.Column("case", sa.String(36), nullable=False),
        sa.Column("direction", sa.String(3), nullable=False),
        sa.Column("seq", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("digest", sa.LargeBinary(32), nullable=False),
        sa.Column("envelope", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("case", "direction", "seq", name="pk_letter"),
        sa.ForeignKeyConstraint(["case"], ["complaint.case"], name="fk_letter_case"),
    )
    op.create_table(
        "progress",
        sa.Column("number", BigKey, autoincrement=True, nullable=False),
        sa.Column("case", sa.String(36), nullable=False),
        sa.Column("state", sa.String(80)),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("promised", JsonText, nullable=False),
        sa.Column("is_late", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_progress"),
        sa.ForeignKeyConstraint(["case"], ["complaint.case"], name="fk_progress_case"),
    )
    op.create_index("ix_progress_case", "progress", ["case"])
    op.create_table(
        "unit_key",
        sa.Column("unit", sa.String(80), nullable=False),
        sa.Column("epoch", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("recipient", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("unit", "epoch", name="pk_unit_key"),
    )
    op.create_table(
        "evidence_part",
        sa.Column("name", sa.String(32), nullable=False),
        sa.Column("part", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("size", sa.Integer, nullable=False),
        sa.Column("day", sa.Date, nullable=False),
        sa.PrimaryKeyConstraint("name", "part", name="pk_evidence_part"),
    )
