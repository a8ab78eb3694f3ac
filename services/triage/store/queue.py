"""The unit's queue: nearest deadline first, a page at a time."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from services.triage.store.cases import Case, as_case, may_see
from services.triage.store.people import Person
from services.triage.store.tables import case
from services.triage.store.wanted import Wanted, conditions, narrowed

Seen = tuple[datetime, str]
_ORDER = (case.c.due_at, case.c.id)


def queue(
    connection: Connection, who: Person, wanted: Wanted, most: int, *, after: Seen | None = None
) -> list[Case]:
    """At most `most` cases this person may see, nearest deadline first; those that follow the row
    (due time, id) already seen (keyset paging)."""
    query = sa.select(case.c.id).where(*conditions(who, wanted))
    if after is not None:
        due_at, id = after
        later = sa.and_(case.c.due_at == due_at, case.c.id > id)
        query = query.where(case.c.due_at >= due_at, sa.or_(case.c.due_at > due_at, later))
    return _rows(connection, query.order_by(*_ORDER).limit(most))


def queue_before(
    connection: Connection, who: Person, wanted: Wanted, most: int, before: Seen
) -> list[Case]:
    """The at most `most` cases that stand right before the row (due time, id), in queue's order."""
    due_at, id = before
    earlier = sa.and_(case.c.due_at == due_at, case.c.id < id)
    query = sa.select(case.c.id).where(*conditions(who, wanted))
    query = query.where(case.c.due_at <= due_at, sa.or_(case.c.due_at < due_at, earlier))
    return _rows(connection, query.order_by(*(key.desc() for key in _ORDER)).limit(most))


def _rows(connection: Connection, ids: sa.Select[tuple[str]]) -> list[Case]:
    """The cases of these ids in queue's order: which they are is found without reading a row."""
    found = ids.subquery()
    query = sa.select(case).join(found, found.c.id == case.c.id).order_by(*_ORDER)
    return [as_case(row) for row in connection.execute(query)]


def count_queue(connection: Connection, who: Person, wanted: Wanted) -> int:
    """How many cases the filters leave."""
    query = sa.select(sa.func.count()).select_from(case).where(*conditions(who, wanted))
    return connection.execute(query).scalar_one()


def counts(connection: Connection, who: Person, asked: Mapping[str, Wanted]) -> dict[str, int]:
    """How many cases each part of the queue holds: one walk over the index for all it answers."""
    plain = [name for name, one in asked.items() if one.is_plain]
    columns = [
        sa.func.count().filter(sa.and_(sa.true(), *narrowed(who, asked[name]))).label(f"n{place}")
        for place, name in enumerate(plain)
    ]
    query = sa.select(*columns).select_from(case).where(may_see(who))
    until = [asked[name].due[1] for name in plain]
    if plain and None not in until:  # then the walk need not go further
        query = query.where(case.c.due_at < max(at for at in until if at))
    found = dict(zip(plain, connection.execute(query).one(), strict=True)) if plain else {}
    rest = [name for name in asked if name not in found]
    return found | {name: count_queue(connection, who, asked[name]) for name in rest}
