"""Triage's tables: what the desk knows, none of which opens a story."""

from __future__ import annotations

import sqlalchemy as sa

from shared.messaging.tables import road_tables
from shared.runtime.database import JsonText, UtcDateTime, new_metadata

metadata = new_metadata()
road = road_tables(metadata)


def case_key() -> sa.Column[str]:
    """The column of a case's own rows."""
    return sa.Column("case", sa.String(36), sa.ForeignKey("case.id"), primary_key=True)


# `version` counts every change people make (the stale-page guard); `due_at` is the nearest running
# clock, kept here so that the queue is one index walk. `sealed_unit` is the unit the envelope was
# sealed to: it differs from `unit` only when the rule refused the sender's choice. `service` and
# `region` are those of `disclosed`; `ended_at` is when it last ended, nothing while it is open.
# What the queue filters and counts by stands in its index, so that no row is read for it.
SEARCHED = ["state", "holder", "priority", "opened_at", "service", "region", "number"]
case = sa.Table(
    "case",
    metadata,
    sa.Column("id", sa.String(36), primary_key=True),
    sa.Column("number", sa.String(24), nullable=False, unique=True),
    sa.Column("unit", sa.String(80), nullable=False),
    sa.Column("sealed_unit", sa.String(80), nullable=False),
    sa.Column("epoch", sa.Integer, nullable=False),
    sa.Column("state", sa.String(24), nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("priority", sa.String(2), nullable=False),
    sa.Column("urgency", sa.Integer, nullable=False),
    sa.Column("components", JsonText, nullable=False),
    sa.Column("readiness", sa.Integer, nullable=False),
    sa.Column("risk", sa.Integer, nullable=False),
    sa.Column("raises", JsonText, nullable=False),
    sa.Column("cluster", sa.String(120), nullable=False),
    sa.Column("disclosed", JsonText, nullable=False),
    sa.Column("box", sa.Text, nullable=False),
    sa.Column("lang", sa.String(8), nullable=False),
    sa.Column("zone", sa.String(32), nullable=False),
    sa.Column("route_reason", sa.String(80), nullable=False),
    sa.Column("excluded", sa.Integer, nullable=False),
    sa.Column("holder", sa.String(36)),
    sa.Column("changed_by", sa.String(36)),
    sa.Column("opened_at", UtcDateTime, nullable=False),
    sa.Column("due_at", UtcDateTime, nullable=False),
    sa.Column("service", sa.String(40), nullable=False),
    sa.Column("region", sa.String(20), nullable=False),
    sa.Column("ended_at", UtcDateTime),
    sa.Index("ix_case_queue", "unit", "due_at", "id", postgresql_include=SEARCHED),
    sa.Index("ix_case_service", "unit", "service", "opened_at"),
    sa.Index(
        "ix_case_ended",
        "unit",
        "ended_at",
        "id",
        sqlite_where=sa.text("ended_at IS NOT NULL"),
        postgresql_where=sa.text("ended_at IS NOT NULL"),
    ),
    sa.Index("ix_case_cluster", "cluster", "opened_at"),
)

case_candidate = sa.Table(
    "case_candidate",
    metadata,
    case_key(),
    sa.Column("place", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("unit", sa.String(80), nullable=False),
    sa.Column("excluded", sa.Boolean, nullable=False),
    sa.Column("reason", sa.String(80), nullable=False),
    sa.Index("ix_case_candidate_unit", "unit", "case"),
    sa.Index(
        "ix_case_candidate_hidden",
        "unit",
        "case",
        sqlite_where=sa.text("excluded = 1"),
        postgresql_where=sa.text("excluded"),
    ),
)

# `stage` is what happens next (domain/stages.py) and `next_at` when: nothing once it is stopped, so
# that what is due is one walk over a small index. `limit` and `spent_seconds` say how `due_at` came
# about: what the rule allowed at first, and what the rounds before a pause used of it. `unit` is
# always the case's (change_case), so that a board reads only what is its own (ADR 28).
clock = sa.Table(
    "clock",
    metadata,
    case_key(),
    sa.Column("name", sa.String(24), primary_key=True),
    sa.Column("round", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("started_at", UtcDateTime, nullable=False),
    sa.Column("due_at", UtcDateTime, nullable=False),
    sa.Column("stopped_at", UtcDateTime),
    sa.Column("breached_at", UtcDateTime),
    sa.Column("limit", sa.String(40), nullable=False),
    sa.Column("spent_seconds", sa.Integer, nullable=False),
    sa.Column("stage", sa.Integer, nullable=False),
    sa.Column("next_at", UtcDateTime),
    sa.Column("unit", sa.String(80), nullable=False),
    sa.Index(
        "ix_clock_stopped",
        "unit",
        "stopped_at",
        sqlite_where=sa.text("stopped_at IS NOT NULL"),
        postgresql_where=sa.text("stopped_at IS NOT NULL"),
        postgresql_include=["case", "name", "breached_at"],
    ),
    sa.Index(
        "ix_clock_breached",
        "unit",
        "breached_at",
        sqlite_where=sa.text("breached_at IS NOT NULL"),
        postgresql_where=sa.text("breached_at IS NOT NULL"),
        postgresql_include=["case", "name"],
    ),
    sa.Index(
        "ix_clock_next",
        "next_at",
        sqlite_where=sa.text("next_at IS NOT NULL"),
        postgresql_where=sa.text("next_at IS NOT NULL"),
    ),
    sa.Index(
        "ix_clock_late",
        "case",
        sqlite_where=sa.text("stopped_at IS NULL AND breached_at IS NOT NULL"),
        postgresql_where=sa.text("stopped_at IS NULL AND breached_at IS NOT NULL"),
    ),
)

# Every change of state; `by` is nobody when the reporter's letter or a clock moved the case, `unit`
# the one the case is with now.
move = sa.Table(
    "move",
    metadata,
    case_key(),
    sa.Column("seq", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("from_state", sa.String(24), nullable=False),
    sa.Column("to_state", sa.String(24), nullable=False),
    sa.Column("at", UtcDateTime, nullable=False),
    sa.Column("by", sa.String(36)),
    sa.Column("outcome", sa.String(32), nullable=False),
    sa.Column("actions", JsonText, nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("unit", sa.String(80), nullable=False),
    sa.Index("ix_move_unit", "unit", "to_state", "at", "case"),
)

# Sealed letters both ways; the complaint itself is letter 0 of direction "in".
letter = sa.Table(
    "letter",
    metadata,
    case_key(),
    sa.Column("direction", sa.String(3), primary_key=True),
    sa.Column("seq", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("sha256", sa.String(64), nullable=False),
    sa.Column("envelope", sa.LargeBinary, nullable=False),
    sa.Column("at", UtcDateTime, nullable=False),
    sa.Column("by", sa.String(36)),
)

# What the reporter says of the `round`th result: whether it is solved, and why it is not right;
# `unit` the one the case is with now.
rating = sa.Table(
    "rating",
    metadata,
    case_key(),
    sa.Column("round", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("is_solved", sa.Boolean, nullable=False),
    sa.Column("stars", sa.Integer, nullable=False),
    sa.Column("at", UtcDateTime, nullable=False),
    sa.Column("unit", sa.String(80), nullable=False),
    sa.Index("ix_rating_unit", "unit", "at"),
)

evidence = sa.Table(
    "evidence",
    metadata,
    case_key(),
    sa.Column("sha256", sa.String(64), primary_key=True),
    sa.Column("place", sa.Integer, nullable=False),
    sa.Column("size", sa.Integer, nullable=False),
)

case_number = sa.Table(
    "case_number",
    metadata,
    sa.Column("month", sa.String(7), primary_key=True),
    sa.Column("last", sa.Integer, nullable=False),
)

# Who is removed keeps the row, because history names it; nobody else ever gets the name.
person = sa.Table(
    "person",
    metadata,
    sa.Column("name", sa.String(36), primary_key=True),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("unit", sa.String(80), nullable=False),
    sa.Column("role", sa.String(24), nullable=False),
    sa.Column("auth_hash", sa.LargeBinary, nullable=False),
    sa.Column("identity", sa.LargeBinary, nullable=False),
    sa.Column("recipient", sa.Text, nullable=False),
    sa.Column("changed_at", UtcDateTime),
    sa.Column("removed_at", UtcDateTime),
)

# Units a person worked in during the last two years, or where kin of theirs serve.
person_tie = sa.Table(
    "person_tie",
    metadata,
    sa.Column("person", sa.String(36), sa.ForeignKey("person.name"), primary_key=True),
    sa.Column("unit", sa.String(80), primary_key=True),
)

session = sa.Table(
    "session",
    metadata,
    sa.Column("token_hash", sa.LargeBinary, primary_key=True),
    sa.Column("person", sa.String(36), sa.ForeignKey("person.name"), nullable=False),
    sa.Column("expires_at", UtcDateTime, nullable=False),
)

# Failed sign-ins by the hash of the name typed, known or not; old rows are swept.
sign_in_try = sa.Table(
    "sign_in_try",
    metadata,
    sa.Column("name_hash", sa.LargeBinary, primary_key=True),
    sa.Column("failures", sa.Integer, nullable=False),
    sa.Column("last_at", UtcDateTime, nullable=False),
)

# `members` is the digest of those the key was wrapped to (see store/unit_keys.py); `due_at` when
# it was told that the unit needs a new one.
unit_key = sa.Table(
    "unit_key",
    metadata,
    sa.Column("unit", sa.String(80), primary_key=True),
    sa.Column("epoch", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("recipient", sa.Text, nullable=False),
    sa.Column("wrapped", sa.LargeBinary, nullable=False),
    sa.Column("published_at", UtcDateTime, nullable=False),
    sa.Column("members", sa.String(64)),
    sa.Column("due_at", UtcDateTime),
)
