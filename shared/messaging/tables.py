"""The three tables every service keeps for the road.

fact        what happened here, append-only: audit trail and outbox in one. `body` is the fact on
            the wire (shared.contracts.wire), `entry` its 65-byte commitment, `sent` whether the
            carrier has confirmed it; a private fact's body never leaves, only its entry does.
inbox       the ids of facts acted on; a second delivery finds its id here and does nothing.
commit_key  the key k_e under which the facts of a subject are committed, and the next index.
            Destroying the key (NULL) turns its entries into noise; the row stays, so that a late
            delivery cannot bring the key back. Subject "" is the service's own row.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from shared.runtime.database import BigKey, JsonText, UtcDateTime, new_metadata


@dataclass(frozen=True)
class RoadTables:
    """The road's tables on one MetaData."""

    fact: sa.Table
    inbox: sa.Table
    commit_key: sa.Table


def road_tables(metadata: sa.MetaData) -> RoadTables:
    """Add the road's tables to a service's `metadata`."""
    fact = sa.Table(
        "fact",
        metadata,
        sa.Column("position", BigKey, primary_key=True, autoincrement=True),
        sa.Column("id", sa.String(36), nullable=False, unique=True),
        sa.Column("type", sa.String(80), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("at", UtcDateTime, nullable=False),
        sa.Column("source", sa.String(40), nullable=False),
        sa.Column("subject", sa.String(36)),
        sa.Column("cause", sa.String(36)),
        sa.Column("by", sa.String(36)),
        sa.Column("payload", JsonText, nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
        sa.Column("entry", sa.LargeBinary(65), nullable=False),
        sa.Column("private", sa.Boolean, nullable=False),
        sa.Column("sent", sa.Boolean, nullable=False),
    )
    # The conditions are spelled as SQLAlchemy spells `NOT sent` on each database: a partial index
    # serves only a query whose condition it can recognise.
    sa.Index(
        "ix_fact_unsent",
        fact.c.position,
        postgresql_where=sa.text("NOT sent"),
        sqlite_where=sa.text("sent = 0"),
    )
    sa.Index("ix_fact_subject", fact.c.subject, fact.c.position)
    inbox = sa.Table(
        "inbox",
        metadata,
        sa.Column("fact_id", sa.String(36), primary_key=True),
        sa.Column("day", sa.Date, nullable=False),
    )
    commit_key = sa.Table(
        "commit_key",
        metadata,
        sa.Column("subject", sa.String(36), primary_key=True),
        sa.Column("key", sa.LargeBinary(32)),
        sa.Column("next", sa.Integer, nullable=False),
    )
    return RoadTables(fact, inbox, commit_key)


# What the road itself speaks to; every service's own copy has the same shape.
ROAD = road_tables(new_metadata())


def create_road_tables_v1(op: Any) -> None:
    """The road's tables for a service's first migration (`op` is alembic's). Never edited."""
    instant = sa.DateTime(timezone=True)
    key = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "fact",
        sa.Column("position", key, autoincrement=True, nullable=False),
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("type", sa.String(80), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("at", instant, nullable=False),
        sa.Column("source", sa.String(40), nullable=False),
        sa.Column("subject", sa.String(36)),
        sa.Column("cause", sa.String(36)),
        sa.Column("by", sa.String(36)),
        sa.Column("payload", sa.Text, nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
        sa.Column("entry", sa.LargeBinary(65), nullable=False),
        sa.Column("private", sa.Boolean, nullable=False),
        sa.Column("sent", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("position", name="pk_fact"),
        sa.UniqueConstraint("id", name="uq_fact_id"),
    )
    op.create_index(
        "ix_fact_unsent",
        "fact",
        ["position"],
        postgresql_where=sa.text("NOT sent"),
        sqlite_where=sa.text("sent = 0"),
    )
    op.create_index("ix_fact_subject", "fact", ["subject", "position"])
    op.create_table(
        "inbox",
        sa.Column("fact_id", sa.String(36), nullable=False),
        sa.Column("day", sa.Date, nullable=False),
        sa.PrimaryKeyConstraint("fact_id", name="pk_inbox"),
    )
    op.create_table(
        "commit_key",
        sa.Column("subject", sa.String(36), nullable=False),
        sa.Column("key", sa.LargeBinary(32)),
        sa.Column("next", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("subject", name="pk_commit_key"),
    )
