"""Cases: opened once, seen only by people of their unit who are not in conflict with them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from services.triage.store.people import AUDITOR, CASELESS, Person
from services.triage.store.tables import (
    case,
    case_candidate,
    case_number,
    clock,
    evidence,
    move,
    person_tie,
    rating,
)
from shared.runtime.database import insert_once

_FILES_A_LETTER = 100  # more than any letter may bring: a place tells the letter and the file
_NUMBER = re.compile(r"KTG-[0-9]{4}-[0-9]{2}-[0-9]{4,10}", re.ASCII)


@dataclass(frozen=True)
class Case:
    """One row of `case`, column for column."""

    id: str
    number: str
    unit: str
    sealed_unit: str
    epoch: int
    state: str
    version: int
    priority: str
    urgency: int
    components: dict[str, int]
    readiness: int
    risk: int
    raises: list[str]
    cluster: str
    disclosed: dict[str, Any]
    box: str
    lang: str
    zone: str
    route_reason: str
    excluded: int
    holder: str | None
    changed_by: str | None
    opened_at: datetime
    due_at: datetime
    service: str
    region: str
    ended_at: datetime | None = None


@dataclass(frozen=True)
class Candidate:
    """A unit the route considered, and why it was taken or passed over."""

    unit: str
    excluded: bool
    reason: str


@dataclass(frozen=True)
class Evidence:
    """A sealed file of a case, named by the SHA-256 of its sealed bytes."""

    sha256: str
    size: int


def as_case(row: Row[Any]) -> Case:
    """A row of `case` as a Case."""
    return Case(**row._mapping)


@lru_cache(1024)
def may_see(who: Person) -> sa.ColumnElement[bool]:
    """Which cases exist for this person: those of their unit (for an auditor, of every unit),
    minus every conflict."""
    return is_clear(who) if who.role == AUDITOR else sa.and_(case.c.unit == who.unit, is_clear(who))


@lru_cache(1024)
def may_count(who: Person, of: sa.Table) -> sa.ColumnElement[bool]:
    """The same for the rows of `clock`, `move` or `rating`, which know their case's unit: the case
    itself need not be read."""
    clear = is_clear(who, of.c.case)
    return clear if who.role == AUDITOR else sa.and_(of.c.unit == who.unit, clear)


def is_clear(who: Person, id: sa.ColumnElement[str] = case.c.id) -> sa.ColumnElement[bool]:
    """Which cases (of this `id`) this person is in no conflict with.

    A case is out of sight when their own unit, or one they are tied to, was excluded from it.
    For who only looks after people, keys and rules there is no case.
    """
    if who.role in CASELESS:
        return sa.false()
    # A list of units, not "or": what is hidden from each is a walk over ix_case_candidate_hidden.
    tied = sa.select(person_tie.c.unit).where(person_tie.c.person == who.name)
    units = sa.union_all(sa.select(sa.literal(who.unit)), tied)
    hidden = sa.exists().where(
        case_candidate.c.case == id, case_candidate.c.excluded, case_candidate.c.unit.in_(units)
    )
    return sa.not_(hidden.correlate(id.table))


def is_number(text: str) -> bool:
    """Whether it is written like a case's number."""
    return _NUMBER.fullmatch(text) is not None


def find_case(connection: Connection, who: Person, number: str) -> Case | None:
    """The case of this number, if it exists for this person."""
    if not is_number(number):
        return None
    query = sa.select(case).where(case.c.number == number, may_see(who))
    row = connection.execute(query).first()
    return None if row is None else as_case(row)


def find_case_of_id(connection: Connection, who: Person, id: str) -> Case | None:
    """The case of this complaint id, if it exists for this person."""
    row = connection.execute(sa.select(case).where(case.c.id == id, may_see(who))).first()
    return None if row is None else as_case(row)


def case_by_id(connection: Connection, id: str) -> Case | None:
    """The case of this complaint id, whoever asks (for the road, not for pages)."""
    row = connection.execute(sa.select(case).where(case.c.id == id)).first()
    return None if row is None else as_case(row)


def add_case(connection: Connection, values: Case) -> None:
    """Keep a new case."""
    connection.execute(case.insert(), {c.name: getattr(values, c.name) for c in case.c})


def change_case(connection: Connection, of: Case, **values: Any) -> bool:
    """Change a case if it still has the version that was read; True when changed.

    A new unit goes to the rows that are counted by it as well: nothing else changes a case's unit.
    """
    query = (
        case.update()
        .where(case.c.id == of.id, case.c.version == of.version)
        .values(version=of.version + 1, **values)
    )
    if not connection.execute(query).rowcount:
        return False
    if values.get("unit", of.unit) != of.unit:
        for table in (clock, move, rating):
            there = table.update().where(table.c.case == of.id)
            connection.execute(there.values(unit=values["unit"]))
    return True


def set_due(connection: Connection, id: str, due_at: datetime) -> None:
    """Keep the nearest due time beside the case, for the queue."""
    connection.execute(case.update().where(case.c.id == id).values(due_at=due_at))


def add_candidates(connection: Connection, id: str, considered: list[Candidate]) -> None:
    """Keep every unit the route considered, in its order."""
    rows = [
        {"case": id, "place": place, "unit": one.unit, "excluded": one.excluded}
        | {"reason": one.reason}
        for place, one in enumerate(considered)
    ]
    connection.execute(case_candidate.insert(), rows)


def candidates_of(connection: Connection, id: str) -> list[Candidate]:
    """Every unit the route considered, in its order."""
    query = sa.select(case_candidate).where(case_candidate.c.case == id)
    rows = connection.execute(query.order_by(case_candidate.c.place))
    return [Candidate(r.unit, r.excluded, r.reason) for r in rows]


def add_evidence(connection: Connection, id: str, files: list[Evidence], *, after: int = 0) -> None:
    """Keep the references to sealed files, those of letter `after` behind earlier letters'."""
    for place, one in enumerate(files, start=after * _FILES_A_LETTER):
        row = {"case": id, "sha256": one.sha256, "place": place, "size": one.size}
        insert_once(connection, evidence, row)


def evidence_of(connection: Connection, id: str) -> list[Evidence]:
    """The sealed files of a case, in the reporter's order."""
    query = sa.select(evidence).where(evidence.c.case == id).order_by(evidence.c.place)
    return [Evidence(r.sha256, r.size) for r in connection.execute(query)]


def next_number(connection: Connection, month: str) -> str:
    """The next case number of a month: `2026-11` → `KTG-2026-11-0417`."""
    count = case_number.c.last
    query = case_number.update().where(case_number.c.month == month)
    query = query.values(last=count + 1).returning(count)
    while (taken := connection.execute(query).scalar()) is None:
        insert_once(connection, case_number, {"month": month, "last": 0})
    return f"KTG-{month}-{taken:04d}"
