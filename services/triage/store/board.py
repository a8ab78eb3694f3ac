"""What the supervisor's board counts; every figure is a count of cases the queue can show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from services.triage.domain.periods import Span
from services.triage.store.cases import may_count, may_see
from services.triage.store.people import Person
from services.triage.store.tables import case, clock, move, rating
from services.triage.store.wanted import ENDED, was_breached, was_met, within

Spans = Mapping[str, Span]
Items = tuple[tuple[str, Span], ...]


@dataclass(frozen=True)
class Group:
    """How many `cases` are in this state, of this age, and came in this week ("": before)."""

    state: str
    age: str
    week: str
    cases: int


def groups(connection: Connection, who: Person, ages: Spans, weeks: Spans) -> list[Group]:
    """The cases this person may see that are open or came in one of the weeks, counted in one walk
    over the queue's index."""
    found = connection.execute(_grouped(who, tuple(ages.items()), tuple(weeks.items())))
    return [Group(*row) for row in found]


@lru_cache(256)
def _grouped(who: Person, ages: Items, weeks: Items) -> sa.Select[str, str, str, int]:
    """Made once a day and person: building it takes longer than asking for it."""
    age, week = _span_of(case.c.opened_at, ages, "age"), _span_of(case.c.opened_at, weeks, "week")
    columns = (case.c.state, age, week)
    since = min(since for _, (since, _) in weeks if since)
    is_shown = sa.or_(case.c.state.not_in(ENDED), case.c.opened_at >= since)
    query = sa.select(*columns, sa.func.count()).where(may_see(who), is_shown)
    return query.group_by(*columns)


def endings(connection: Connection, who: Person, spans: Spans) -> dict[str, int]:
    """Span → cases that have ended and last came into such a state in it."""
    found = connection.execute(_ended(who, tuple(spans.items())))
    return {row[0]: row[1] for row in found if row[0]}


@lru_cache(256)
def _ended(who: Person, spans: Items) -> sa.Select[str, int]:
    name = _span_of(case.c.ended_at, spans, "span")
    since = min(since for _, (since, _) in spans if since)
    query = sa.select(name, sa.func.count()).where(may_see(who), case.c.ended_at >= since)
    return query.group_by(name)


def _span_of(moment: sa.ColumnElement[datetime], spans: Items, label: str) -> sa.Label[str]:
    """The code of the span that the moment lies in, "" for none."""
    return sa.case(
        *(
            (sa.and_(sa.true(), *within(moment, span)), sa.literal(code))
            for code, span in reversed(spans)  # what is asked for is mostly new
        ),
        else_=sa.literal(""),
    ).label(label)


def promises_kept(connection: Connection, who: Person, during: Span) -> dict[str, tuple[int, int]]:
    """Clock → (kept, broken) in the span, of cases this person may see; as the queue's filter sees
    it: broken in any round is broken, and what still runs or stands still is in neither."""
    seen = sa.select(clock.c.case, clock.c.name).where(may_count(who, clock))
    late = seen.where(was_breached(during)).distinct()
    met = sa.except_(seen.where(was_met(during)), late)
    broken, kept = (_by_clock(connection, one) for one in (late, met))
    return {name: (kept.get(name, 0), broken.get(name, 0)) for name in {*kept, *broken}}


def _by_clock(connection: Connection, cases: sa.SelectBase) -> dict[str, int]:
    """Clock → how many of these (case, clock)."""
    each = cases.subquery()
    query = sa.select(each.c.name, sa.func.count()).group_by(each.c.name)
    return {row[0]: row[1] for row in connection.execute(query)}


def came_into(connection: Connection, who: Person, during: Span, *states: str) -> dict[str, int]:
    """State → cases that came into it in the span."""
    query = sa.select(move.c.to_state, sa.func.count(move.c.case.distinct())).where(
        may_count(who, move), move.c.to_state.in_(states), *within(move.c.at, during)
    )
    found = connection.execute(query.group_by(move.c.to_state))
    return dict.fromkeys(states, 0) | {row[0]: row[1] for row in found}


def stars_given(connection: Connection, who: Person, during: Span) -> tuple[int, float | None]:
    """The cases reporters gave stars to in the span, and the mean of the stars, 1 to 5; None where
    none did."""
    given = [rating.c.stars > 0, *within(rating.c.at, during)]
    query = sa.select(sa.func.count(rating.c.case.distinct()), sa.func.avg(rating.c.stars))
    cases, mean = connection.execute(query.where(may_count(who, rating), *given)).one()
    return cases, None if mean is None else float(mean)


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
