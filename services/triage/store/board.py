"""What the supervisor's board counts; every figure is a count of cases the queue can show."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from services.triage.domain.periods import Span
from services.triage.store.cases import may_see
from services.triage.store.people import Person
from services.triage.store.tables import case, clock, move, rating
from services.triage.store.wanted import ENDED, Wanted, conditions, was_breached, was_met, within


def arrivals(connection: Connection, who: Person, spans: Mapping[str, Span]) -> dict[str, int]:
    """Span → cases that came in it."""
    name = _span_of(case.c.opened_at, spans)
    query = sa.select(name, sa.func.count()).where(may_see(who), *_whole(case.c.opened_at, spans))
    return _by_name(connection, query.group_by(name))


def endings(connection: Connection, who: Person, spans: Mapping[str, Span]) -> dict[str, int]:
    """Span → cases that have ended and last came into such a state in it; only moves since the
    first span are looked at, because the last one is never before."""
    last = (
        sa.select(sa.func.max(move.c.at).label("at"))
        .join(case, case.c.id == move.c.case)
        .where(may_see(who), case.c.state.in_(ENDED), move.c.to_state.in_(ENDED))
        .where(*_whole(move.c.at, spans))
        .group_by(move.c.case)
        .subquery()
    )
    name = _span_of(last.c.at, spans)
    return _by_name(connection, sa.select(name, sa.func.count()).group_by(name))


def _by_name(connection: Connection, query: sa.Select[str, int]) -> dict[str, int]:
    return {row[0]: row[1] for row in connection.execute(query) if row[0]}


def _span_of(moment: sa.ColumnElement[datetime], spans: Mapping[str, Span]) -> sa.Label[str]:
    """The code of the span that the moment lies in, "" for none."""
    return sa.case(
        *((sa.and_(sa.true(), *within(moment, span)), sa.literal(code))
          for code, span in spans.items()),
        else_=sa.literal(""),
    ).label("span")  # fmt: skip


def _whole(
    moment: sa.ColumnElement[datetime], spans: Mapping[str, Span]
) -> Iterator[sa.ColumnElement[bool]]:
    """Not before the first of the spans."""
    since = [since for since, _ in spans.values()]
    return within(moment, (None if None in since else min(s for s in since if s), None))


def promises_kept(connection: Connection, who: Person, during: Span) -> dict[str, tuple[int, int]]:
    """Clock → (kept, broken) in the span, of cases this person may see; as the queue's filter sees
    it: broken in any round is broken, and what still runs or stands still is in neither."""
    met, breached = (sa.case((one(during), 1), else_=0) for one in (was_met, was_breached))
    ended = (clock.c.stopped_at.is_not(None), *within(clock.c.stopped_at, during))
    each = (
        sa.select(clock.c.name, sa.func.max(met).label("met"), sa.func.max(breached).label("late"))
        .join(case, case.c.id == clock.c.case)
        .where(may_see(who), sa.or_(was_breached(during), sa.and_(*ended)))
        .group_by(clock.c.case, clock.c.name)
        .subquery()
    )
    kept = sa.func.count().filter(each.c.late == 0, each.c.met == 1)
    late = sa.func.count().filter(each.c.late == 1)
    found = connection.execute(sa.select(each.c.name, kept, late).group_by(each.c.name))
    return {name: (on_time, missed) for name, on_time, missed in found}


def stars_given(connection: Connection, who: Person, during: Span) -> float | None:
    """The mean of the stars reporters gave in the span, 1 to 5; None where none did."""
    query = (
        sa.select(sa.func.avg(rating.c.stars))
        .join(case, case.c.id == rating.c.case)
        .where(may_see(who), rating.c.stars > 0, *within(rating.c.at, during))
    )
    mean = connection.execute(query).scalar()
    return None if mean is None else float(mean)


def by_stage(
    connection: Connection, who: Person, ages: Mapping[str, Span]
) -> dict[tuple[str, str], int]:
    """(state, age) → open cases; a cell without any is not there."""
    named = _span_of(case.c.opened_at, ages)
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
