"""The unit's queue: nearest deadline first, a page at a time."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from services.triage.store.cases import Case, as_case
from services.triage.store.people import Person
from services.triage.store.tables import case
from services.triage.store.wanted import Wanted, conditions

Seen = tuple[datetime, str]


def queue(
    connection: Connection, who: Person, wanted: Wanted, most: int, *, after: Seen | None = None
) -> list[Case]:
    """At most `most` cases this person may see, nearest deadline first; those that follow the row
    (due time, id) already seen (keyset paging)."""
    query = sa.select(case).where(*conditions(who, wanted))
    if after is not None:
        due_at, id = after
        later = sa.and_(case.c.due_at == due_at, case.c.id > id)
        query = query.where(sa.or_(case.c.due_at > due_at, later))
    rows = connection.execute(query.order_by(case.c.due_at, case.c.id).limit(most))
    return [as_case(row) for row in rows]


def queue_before(
    connection: Connection, who: Person, wanted: Wanted, most: int, before: Seen
) -> list[Case]:
    """The at most `most` cases that stand right before the row (due time, id), in queue's order."""
    due_at, id = before
    earlier = sa.and_(case.c.due_at == due_at, case.c.id < id)
    query = sa.select(case).where(*conditions(who, wanted))
    query = query.where(sa.or_(case.c.due_at < due_at, earlier))
    rows = connection.execute(query.order_by(case.c.due_at.desc(), case.c.id.desc()).limit(most))
    return [as_case(row) for row in rows][::-1]


def count_queue(connection: Connection, who: Person, wanted: Wanted) -> int:
    """How many cases the filters leave."""
    query = sa.select(sa.func.count()).select_from(case).where(*conditions(who, wanted))
    return connection.execute(query).scalar_one()
