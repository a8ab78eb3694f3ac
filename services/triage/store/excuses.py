"""Breaches that another person excused: they stay counted."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from services.triage.store.tables import clock, metadata, road
from shared.contracts.promises import HolderReminded
from shared.runtime.database import UtcDateTime, insert_once

excuse = sa.Table(
    "excuse",
    metadata,
    sa.Column("case", sa.String(36), sa.ForeignKey("case.id"), primary_key=True),
    sa.Column("name", sa.String(24), primary_key=True),
    sa.Column("round", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("at", UtcDateTime, nullable=False),
    sa.Column("by", sa.String(36), nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
)


@dataclass(frozen=True)
class Excuse:
    """One row of `excuse`: the breach of the `round`th round of clock `name`."""

    case: str
    name: str
    round: int
    at: datetime
    by: str
    reason: str


@dataclass(frozen=True)
class Missed:
    """A breach nobody has excused."""

    name: str
    round: int
    due_at: datetime


def add_excuse(connection: Connection, one: Excuse) -> bool:
    """Keep it; False when this breach was excused before."""
    return insert_once(connection, excuse, asdict(one))


def excuses_of(connection: Connection, id: str) -> list[Excuse]:
    """Every excuse of a case, oldest first."""
    query = sa.select(excuse).where(excuse.c.case == id)
    return [Excuse(**row._mapping) for row in connection.execute(query.order_by(excuse.c.at))]


def is_excused() -> sa.ColumnElement[bool]:
    """Whether the breach of a row of `clock` was excused."""
    return sa.exists().where(
        excuse.c.case == clock.c.case,
        excuse.c.name == clock.c.name,
        excuse.c.round == clock.c.round,
    )


def missed_of(connection: Connection, id: str) -> list[Missed]:
    """The breaches of a case that nobody has excused, the oldest due first."""
    query = (
        sa.select(clock.c.name, clock.c.round, clock.c.due_at)
        .where(clock.c.case == id, clock.c.breached_at.is_not(None), sa.not_(is_excused()))
        .order_by(clock.c.due_at, clock.c.name, clock.c.round)
    )
    return [Missed(row.name, row.round, row.due_at) for row in connection.execute(query)]


def was_reminded(connection: Connection, id: str, since: datetime) -> bool:
    """Whether the holder of this case was reminded since then."""
    fact = road.fact
    query = sa.select(fact.c.id).where(
        fact.c.subject == id, fact.c.type == HolderReminded.type, fact.c.at >= since
    )
    return connection.execute(query.limit(1)).first() is not None
