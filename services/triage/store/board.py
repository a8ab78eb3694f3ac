"""What the supervisor's board counts; every figure is a count of cases the queue can show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from services.triage.domain.periods import Span
from services.triage.store.people import Person
from services.triage.store.tables import case, clock, move
from services.triage.store.wanted import Wanted, conditions, within


def counts(connection: Connection, who: Person, asked: Mapping[str, Wanted]) -> dict[str, int]:
    """How many cases each part of the queue holds, in one walk over what this person may see."""
    columns = [
        sa.func.count().filter(sa.and_(sa.true(), *conditions(who, one))).label(name)
        for name, one in asked.items()
    ]
    if not columns:
        return {}
    row = connection.execute(sa.select(*columns).select_from(case)).one()
    return dict(row._mapping)


def promises_kept(connection: Connection, who: Person) -> dict[str, tuple[int, int]]:
    """Clock → (kept, broken), of cases this person may see; as `wanted.is_kept` and `is_broken` see
    it: broken once is broken, kept is over in every round. What still runs is in neither."""
    broken = sa.func.max(sa.case((clock.c.breached_at.is_not(None), 1), else_=0))
    running = sa.func.max(sa.case((clock.c.stopped_at.is_(None), 1), else_=0))
    each = (
        sa.select(clock.c.name, broken.label("broken"), running.label("running"))
        .join(case, case.c.id == clock.c.case)
        .where(*conditions(who, Wanted()))
        .group_by(clock.c.case, clock.c.name)
        .subquery()
    )
    kept = sa.func.count().filter(each.c.broken == 0, each.c.running == 0)
    late = sa.func.count().filter(each.c.broken == 1)
    found = connection.execute(sa.select(each.c.name, kept, late).group_by(each.c.name))
    return {name: (on_time, missed) for name, on_time, missed in found}


def by_stage(
    connection: Connection, who: Person, ages: Mapping[str, Span]
) -> dict[tuple[str, str], int]:
    """(state, age) → open cases; a cell without any is not there."""
    named = sa.case(
        *((sa.and_(sa.true(), *within(case.c.opened_at, span)), sa.literal(code))
          for code, span in ages.items()),
        else_=sa.literal(""),
    ).label("age")  # fmt: skip
    query = sa.select(case.c.state, named, sa.func.count()).where(
        *conditions(who, Wanted(is_open=True))
    )
    found = connection.execute(query.group_by(case.c.state, named))
    return {(state, age): number for state, age, number in found}


Last = tuple[datetime, str | None]


def last_moves(connection: Connection, ids: Sequence[str]) -> dict[str, Last]:
    """When each of these cases last changed its state, and by whom."""
    newest = (
        sa.select(move.c.case, sa.func.max(move.c.seq).label("seq"))
        .where(move.c.case.in_(ids))
        .group_by(move.c.case)
        .subquery()
    )
    query = sa.select(move.c.case, move.c.at, move.c.by).join(
        newest, sa.and_(newest.c.case == move.c.case, newest.c.seq == move.c.seq)
    )
    return {row.case: (row.at, row.by) for row in connection.execute(query)}
