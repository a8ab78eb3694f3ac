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

    @property
    def is_running(self) -> bool:
        """Whether it was neither stopped nor replaced."""
        return self.stopped_at is None


def start_clocks(connection: Connection, started: Sequence[Clock]) -> None:
    """Keep new rounds."""
    if started:
        connection.execute(clock.insert(), [asdict(one) for one in started])


def stop_clocks(connection: Connection, id: str, names: set[str], at: datetime) -> None:
    """Stop the running clocks of these names."""
    if not names:
        return
    connection.execute(
        clock.update()
        .where(clock.c.case == id, clock.c.name.in_(names), clock.c.stopped_at.is_(None))
        .values(stopped_at=at)
    )


def clocks_of(connection: Connection, id: str) -> list[Clock]:
    """Every clock of a case, in the order they started."""
    query = sa.select(clock).where(clock.c.case == id)
    rows = connection.execute(query.order_by(clock.c.started_at, clock.c.name, clock.c.round))
    return [Clock(**row._mapping) for row in rows]


def overdue_clocks(connection: Connection, now: datetime, most: int) -> list[Clock]:
    """Running clocks past their time whose breach nobody has recorded yet."""
    query = (
        sa.select(clock)
        .where(clock.c.stopped_at.is_(None), clock.c.breached_at.is_(None), clock.c.due_at < now)
        .order_by(clock.c.due_at)
        .limit(most)
    )
    return [Clock(**row._mapping) for row in connection.execute(query)]


def mark_breached(connection: Connection, of: Clock, at: datetime) -> bool:
    """Record the breach once; False when it was recorded or stopped meanwhile."""
    query = (
        clock.update()
        .where(
            clock.c.case == of.case,
            clock.c.name == of.name,
            clock.c.round == of.round,
            clock.c.stopped_at.is_(None),
            clock.c.breached_at.is_(None),
        )
        .values(breached_at=at)
    )
    return bool(connection.execute(query).rowcount)


def count_late(connection: Connection) -> int:
    """How many running clocks were breached."""
    query = sa.select(sa.func.count()).select_from(clock)
    query = query.where(clock.c.stopped_at.is_(None), clock.c.breached_at.is_not(None))
    return connection.execute(query).scalar_one()
