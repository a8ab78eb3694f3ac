"""The desk's tables: cases, clocks, letters, people and wrapped keys.

A released migration is never edited.
"""

import sqlalchemy as sa
from alembic import op

from shared.messaging.tables import create_road_tables_v1

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_INSTANT = sa.DateTime(timezone=True)
_RUNNING = sa.text("stopped_at IS NULL AND breached_at IS NULL")


def upgrade() -> None:
    """Create them."""
    create_road_tables_v1(op)
    op.create_table(
        "case",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("number", sa.String(24), nullable=False),
        sa.Column("unit", sa.String(80), nullable=False),
        sa.Column("sealed_unit", sa.String(80), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(24), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("priority", sa.String(2), nullable=False),
        sa.Column("urgency", sa.Integer(), nullable=False),
        sa.Column("components", sa.Text(), nullable=False),
        sa.Column("readiness", sa.Integer(), nullable=False),
        sa.Column("risk", sa.Integer(), nullable=False),
        sa.Column("raises", sa.Text(), nullable=False),
        sa.Column("cluster", sa.String(120), nullable=False),
        sa.Column("disclosed", sa.Text(), nullable=False),
        sa.Column("box", sa.Text(), nullable=False),
        sa.Column("lang", sa.String(8), nullable=False),
        sa.Column("zone", sa.String(32), nullable=False),
        sa.Column("route_reason", sa.String(80), nullable=False),
        sa.Column("excluded", sa.Integer(), nullable=False),
        sa.Column("holder", sa.String(36), nullable=True),
        sa.Column("changed_by", sa.String(36), nullable=True),
        sa.Column("opened_at", _INSTANT, nullable=False),
        sa.Column("due_at", _INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_case"),
        sa.UniqueConstraint("number", name="uq_case_number"),
    )
    op.create_index("ix_case_cluster", "case", ["cluster", "opened_at"])
    op.create_index("ix_case_queue", "case", ["unit", "due_at", "id"])
    op.create_table(
        "case_number",
        sa.Column("month", sa.String(7), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("month", name="pk_case_number"),
    )
    op.create_table(
        "person",
        sa.Column("name", sa.String(36), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("unit", sa.String(80), nullable=False),
        sa.Column("role", sa.String(24), nullable=False),
        sa.Column("auth_hash", sa.LargeBinary(), nullable=False),
        sa.Column("identity", sa.LargeBinary(), nullable=False),
        sa.Column("recipient", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_person"),
    )
    op.create_table(
        "unit_key",
        sa.Column("unit", sa.String(80), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("recipient", sa.Text(), nullable=False),
        sa.Column("wrapped", sa.LargeBinary(), nullable=False),
        sa.Column("published_at", _INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("unit", "epoch", name="pk_unit_key"),
    )
    op.create_table(
        "case_candidate",
        sa.Column("case", sa.String(36), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("unit", sa.String(80), nullable=False),
        sa.Column("excluded", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(80), nullable=False),
        sa.ForeignKeyConstraint(["case"], ["case.id"], name="fk_case_candidate_case"),
        sa.PrimaryKeyConstraint("case", "place", name="pk_case_candidate"),
    )
    op.create_index("ix_case_candidate_unit", "case_candidate", ["unit", "case"])
    op.create_table(
        "clock",
        sa.Column("case", sa.String(36), nullable=False),
        sa.Column("name", sa.String(24), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("started_at", _INSTANT, nullable=False),
        sa.Column("due_at", _INSTANT, nullable=False),
        sa.Column("stopped_at", _INSTANT, nullable=True),
        sa.Column("breached_at", _INSTANT, nullable=True),
        sa.ForeignKeyConstraint(["case"], ["case.id"], name="fk_clock_case"),
        sa.PrimaryKeyConstraint("case", "name", "round", name="pk_clock"),
    )
    op.create_index(
        "ix_clock_running", "clock", ["due_at"], sqlite_where=_RUNNING, postgresql_where=_RUNNING
    )
    op.create_table(
        "evidence",
        sa.Column("case", sa.String(36), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case"], ["case.id"], name="fk_evidence_case"),
        sa.PrimaryKeyConstraint("case", "sha256", name="pk_evidence"),
    )
    op.create_table(
        "letter",
        sa.Column("case", sa.String(36), nullable=False),
        sa.Column("direction", sa.String(3), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("envelope", sa.LargeBinary(), nullable=False),
        sa.Column("at", _INSTANT, nullable=False),
        sa.Column("by", sa.String(36), nullable=True),
        sa.ForeignKeyConstraint(["case"], ["case.id"], name="fk_letter_case"),
        sa.PrimaryKeyConstraint("case", "direction", "seq", name="pk_letter"),
    )
    op.create_table(
        "move",
        sa.Column("case", sa.String(36), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("from_state", sa.String(24), nullable=False),
        sa.Column("to_state", sa.String(24), nullable=False),
        sa.Column("at", _INSTANT, nullable=False),
        sa.Column("by", sa.String(36), nullable=True),
        sa.Column("outcome", sa.String(32), nullable=False),
        sa.Column("actions", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["case"], ["case.id"], name="fk_move_case"),
        sa.PrimaryKeyConstraint("case", "seq", name="pk_move"),
    )
    op.create_table(
        "person_tie",
        sa.Column("person", sa.String(36), nullable=False),
        sa.Column("unit", sa.String(80), nullable=False),
        sa.ForeignKeyConstraint(["person"], ["person.name"], name="fk_person_tie_person"),
        sa.PrimaryKeyConstraint("person", "unit", name="pk_person_tie"),
    )
    op.create_table(
        "session",
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("person", sa.String(36), nullable=False),
        sa.Column("expires_at", _INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["person"], ["person.name"], name="fk_session_person"),
        sa.PrimaryKeyConstraint("token_hash", name="pk_session"),
    )
