"""Commitments and the road's tables."""

import sqlalchemy as sa
from alembic import op

from shared.messaging.tables import create_road_tables_v1

revision = "0001"
down_revision = None


def upgrade() -> None:
    create_road_tables_v1(op)
    op.create_table(
        "commitment",
        sa.Column(
            "position",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("tag", sa.LargeBinary(32), nullable=False),
        sa.Column("entry", sa.LargeBinary(65), nullable=False),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("taken", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("position", name="pk_commitment"),
        sa.UniqueConstraint("tag", name="uq_commitment_tag"),
        sa.UniqueConstraint("entry", name="uq_commitment_entry"),
    )
