"""The trail: facts of every case an auditor may know of, and of the desk itself, newest first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from services.triage.domain.periods import Span
from services.triage.store.cases import may_see
from services.triage.store.people import Person
from services.triage.store.tables import case, road
from services.triage.store.wanted import FREE, within

fact = road.fact
sa.Index("ix_fact_at", fact.c.at, fact.c.position)
sa.Index("ix_fact_by", fact.c.by, fact.c.at, fact.c.position)
sa.Index("ix_fact_type", fact.c.type, fact.c.at, fact.c.position)


@dataclass(frozen=True)
class Sought:
    """A part of the trail; what is not said does not matter. `case` is a case's id, `people` are
    sign-in names (none: nobody is meant), `kind` a fact's type, `at` when it happened."""

    case: str | None = None
    people: Sequence[str] | None = None
    kind: str | None = None
    at: Span = FREE


@dataclass(frozen=True)
class Step:
    """One fact; `by` is None when nobody at the desk acted, `number` and `unit` when it is about
    no case. An address names a fact by its `id`: gaps between positions would tell of others."""

    id: str
    position: int
    type: str
    at: datetime
    by: str | None
    payload: dict[str, Any]
    number: str | None
    unit: str | None


Place = tuple[datetime, int]


def trail(
    connection: Connection, who: Person, sought: Sought, most: int, *, after: Place | None = None
) -> list[Step]:
    """At most `most` facts that follow the place `after`, newest first (keyset paging)."""
    query = _seen_by(who).where(*_conditions(sought))
    if after is not None:
        at, position = after
        # The first condition is the one an index can walk from.
        query = query.where(fact.c.at <= at, sa.or_(fact.c.at < at, fact.c.position < position))
    query = query.order_by(fact.c.at.desc(), fact.c.position.desc()).limit(most)
    return [Step(**row._mapping) for row in connection.execute(query)]


def place_of(connection: Connection, who: Person, id: str) -> Place | None:
    """Where this fact stands, if it exists for this person."""
    row = connection.execute(_seen_by(who).where(fact.c.id == id)).first()
    return None if row is None else (row.at, row.position)


def _seen_by(who: Person) -> sa.Select[Any]:
    """A fact about a case is in sight with its case, a fact about none always."""
    columns = (fact.c.id, fact.c.position, fact.c.type, fact.c.at, fact.c.by, fact.c.payload)
    about_none = fact.c.subject.is_(None)
    return (
        sa.select(*columns, case.c.number, case.c.unit)
        .select_from(fact.outerjoin(case, case.c.id == fact.c.subject))
        .where(sa.or_(about_none, sa.and_(case.c.id.is_not(None), may_see(who))))
    )


def _conditions(sought: Sought) -> Iterator[sa.ColumnElement[bool]]:
    if sought.case is not None:
        yield fact.c.subject == sought.case
    if sought.people is not None:
        yield fact.c.by.in_(sought.people)
    if sought.kind is not None:
        yield fact.c.type == sought.kind
    yield from within(fact.c.at, sought.at)
