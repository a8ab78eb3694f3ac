"""The unit's queue: nearest deadline first, a page at a time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from services.triage.store.cases import Case, as_case, may_see
from services.triage.store.people import Person
from services.triage.store.tables import case


@dataclass(frozen=True)
class Wanted:
    """Which part of the queue: filters, and the last row already seen (due time, id)."""

    state: str | None = None
    priority: str | None = None
    after: tuple[datetime, str] | None = None


def queue(connection: Connection, who: Person, wanted: Wanted, most: int) -> list[Case]:
    """At most `most` cases this person may see, nearest deadline first (keyset paging)."""
    query = sa.select(case).where(may_see(who), *_filters(wanted))
    if wanted.after is not None:
        due_at, id = wanted.after
        later = sa.and_(case.c.due_at == due_at, case.c.id > id)
        query = query.where(sa.or_(case.c.due_at > due_at, later))
    rows = connection.execute(query.order_by(case.c.due_at, case.c.id).limit(most))
    return [as_case(row) for row in rows]


def count_queue(connection: Connection, who: Person, wanted: Wanted) -> int:
    """How many cases the filters leave."""
    query = sa.select(sa.func.count()).select_from(case).where(may_see(who), *_filters(wanted))
    return connection.execute(query).scalar_one()


def _filters(wanted: Wanted) -> list[sa.ColumnElement[bool]]:
    conditions: list[sa.ColumnElement[bool]] = []
    if wanted.state is not None:
        conditions.append(case.c.state == wanted.state)
    if wanted.priority is not None:
        conditions.append(case.c.priority == wanted.priority)
    return conditions
