"""Promises with a due time: started, stopped or missed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from services.triage.store.tables import clock


@dataclass(frozen=True)
class Clock:
    """One promise of a case; `round` counts how often this clock was started."""

    case: str
    name: str
    round: int
    started_at: datetime
    due_at: datetime
    stopped_at: datetime | None
    breached_at: datetime | None
    limit: str
    spent_seconds: int
    stage: int
    next_at: datetime | None
    unit: str

    @property
    def is_running(self) -> bool:
        """Whether it was neither stopped nor replaced."""
        return self.stopped_at is None


def start_clocks(connection: Connection, started: Sequence[Clock]) -> None:
    """Keep new rounds."""
    if started:
        connection.execute(clock.insert(), [asdict(one) for one in started])


def stop_clocks(connection: Connection, id: str, names: set[str], at: datetime) -> None:
    """Stop the running clocks of these names; none stops before it started."""
    if not names:
        return
    began = clock.c.started_at
    connection.execute(
        clock.update()
        .where(clock.c.case == id, clock.c.name.in_(names), clock.c.stopped_at.is_(None))
        .values(stopped_at=sa.case((began > at, began), else_=at), next_at=None)
    )


def clocks_of(connection: Connection, id: str) -> list[Clock]:
    """Every clock of a case, in the order they started."""
    query = sa.select(clock).where(clock.c.case == id)
    rows = connection.execute(query.order_by(clock.c.started_at, clock.c.name, clock.c.round))
    return [Clock(**row._mapping) for row in rows]


def due_clocks(connection: Connection, now: datetime, most: int) -> list[Clock]:
    """Running clocks to which something is to happen, longest due first; nothing else is read."""
    query = sa.select(clock).where(clock.c.next_at <= now).order_by(clock.c.next_at).limit(most)
    return [Clock(**row._mapping) for row in connection.execute(query)]


def advance(
    connection: Connection,
    of: Clock,
    *,
    stage: int,
    next_at: datetime | None,
    breached_at: datetime | None,
) -> bool:
    """Go on to `stage`, once; False when the clock was stopped or went on meanwhile."""
    query = (
        clock.update()
        .where(*_same(of), clock.c.stopped_at.is_(None), clock.c.stage == of.stage)
        .values(stage=stage, next_at=next_at, breached_at=breached_at)
    )
    return bool(connection.execute(query).rowcount)


def move_due(connection: Connection, of: Clock, due_at: datetime, next_at: datetime | None) -> bool:
    """Put another due time in the place of a running round's; False when it runs no more, or was
    missed meanwhile. Nothing but recompute_due asks for this."""
    query = (
        clock.update()
        .where(
            *_same(of),
            clock.c.stopped_at.is_(None),
            clock.c.breached_at.is_(None),
            clock.c.stage == of.stage,
        )
        .values(due_at=due_at, next_at=next_at)
    )
    return bool(connection.execute(query).rowcount)


def cases_in_time(connection: Connection, after: str, most: int) -> list[str]:
    """Ids, following `after`, of cases with a running clock that was not missed."""
    query = (
        sa.select(clock.c.case)
        .where(clock.c.case > after, clock.c.stopped_at.is_(None), clock.c.breached_at.is_(None))
        .group_by(clock.c.case)
        .order_by(clock.c.case)
        .limit(most)
    )
    return list(connection.execute(query).scalars())


def _same(of: Clock) -> tuple[sa.ColumnElement[bool], ...]:
    return (clock.c.case == of.case, clock.c.name == of.name, clock.c.round == of.round)


def count_late(connection: Connection) -> int:
    """How many running clocks were breached."""
    query = sa.select(sa.func.count()).select_from(clock)
    query = query.where(clock.c.stopped_at.is_(None), clock.c.breached_at.is_not(None))
    return connection.execute(query).scalar_one()
