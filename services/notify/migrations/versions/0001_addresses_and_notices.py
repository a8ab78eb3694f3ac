"""Addresses, notices and the road's tables."""

import sqlalchemy as sa
from alembic import op

from shared.messaging.tables import create_road_tables_v1

revision = "0001"
down_revision = None


def upgrade() -> None:
    instant = sa.DateTime(timezone=True)
    create_road_tables_v1(op)
    op.create_table(
        "address",
        sa.Column("holder", sa.String(90), nullable=False),
        sa.Column("sealed", sa.LargeBinary),
        sa.Column("lang", sa.String(16), nullable=False),
        sa.Column("stopped", sa.Boolean, nullable=False),
        sa.Column("stop_mark", sa.LargeBinary(32), nullable=False),
        sa.PrimaryKeyConstraint("holder", name="pk_address"),
        sa.UniqueConstraint("stop_mark", name="uq_address_stop_mark"),
    )
    op.create_table(
        "notice",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("holder", sa.String(90), nullable=False),
        sa.Column("subject", sa.String(36), nullable=False),
        sa.Column("unit", sa.String(80)),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("cause", sa.String(36), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("due", instant),
        sa.Column("next_try", instant),
        sa.Column("sent", sa.Date),
        sa.PrimaryKeyConstraint("id", name="pk_notice"),
        sa.UniqueConstraint("subject", "unit", name="uq_notice_subject"),
    )
    op.create_index("ix_notice_holder", "notice", ["holder"])
    op.create_index("ix_notice_next_try", "notice", ["next_try"])
