"""Cases that climbed to a unit above their own: its supervisors see them, and nobody else there."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from services.triage.store.cases import Case, as_case, find_case, is_clear, is_number
from services.triage.store.people import Person, colleagues
from services.triage.store.tables import case, case_candidate, metadata, person_tie
from shared.runtime.database import UtcDateTime, insert_once

SUPERVISOR = "supervisor"

escalation = sa.Table(
    "escalation",
    metadata,
    sa.Column("case", sa.String(36), sa.ForeignKey("case.id"), primary_key=True),
    sa.Column("unit", sa.String(80), primary_key=True),
    sa.Column("level", sa.String(16), nullable=False),
    sa.Column("at", UtcDateTime, nullable=False),
    sa.Index("ix_escalation_unit", "unit", "at"),
)


def add_escalation(connection: Connection, id: str, *, unit: str, level: str, at: datetime) -> bool:
    """Let the case climb to `unit`; False when it is there already."""
    row = {"case": id, "unit": unit, "level": level, "at": at}
    return insert_once(connection, escalation, row)


def escalations_of(connection: Connection, id: str) -> dict[str, str]:
    """Unit → level of every climb of this case that still lets the unit's supervisors see it."""
    query = sa.select(escalation.c.unit, escalation.c.level).where(escalation.c.case == id)
    return {row.unit: row.level for row in connection.execute(query.order_by(escalation.c.at))}


def end_escalation(connection: Connection, id: str, unit: str) -> None:
    """The case is out of this unit's sight again, and may climb there anew."""
    here = sa.and_(escalation.c.case == id, escalation.c.unit == unit)
    connection.execute(escalation.delete().where(here))


def climbed_to(who: Person) -> sa.ColumnElement[bool]:
    """Which cases climbed to this person: a supervisor's unit, minus every conflict."""
    if who.role != SUPERVISOR:
        return sa.false()
    here = sa.select(escalation.c.case).where(escalation.c.unit == who.unit)
    return sa.and_(case.c.id.in_(here), is_clear(who))


def look_up(connection: Connection, who: Person, number: str) -> Case | None:
    """The case of this number, if this person may work it or it climbed to them: to look at."""
    if not is_number(number):
        return None
    own = find_case(connection, who, number)
    if own is not None or who.role != SUPERVISOR:
        return own
    query = sa.select(case).where(case.c.number == number, climbed_to(who))
    row = connection.execute(query).first()
    return None if row is None else as_case(row)


def climbed(connection: Connection, who: Person, most: int) -> list[tuple[Case, str, datetime]]:
    """(case, level, since when) of what climbed to this person, the newest first."""
    query = (
        sa.select(case, escalation.c.level, escalation.c.at.label("climbed_at"))
        .join(escalation, escalation.c.case == case.c.id)
        .where(escalation.c.unit == who.unit, climbed_to(who))
        .order_by(escalation.c.at.desc(), case.c.id)
        .limit(most)
    )
    names = [column.name for column in case.c]
    return [
        (Case(**{name: row._mapping[name] for name in names}), row.level, row.climbed_at)
        for row in connection.execute(query)
    ]


def clear_people(connection: Connection, id: str, unit: str, roles: tuple[str, ...]) -> list[str]:
    """The names of those in `unit` with one of these roles who are in no conflict with the case."""
    people = colleagues(connection, unit)
    return [one.name for one in clear_of(connection, id, unit, people, roles)]


def clear_of(
    connection: Connection, id: str, unit: str, people: list[Person], roles: tuple[str, ...]
) -> list[Person]:
    """Those of a unit's `people` with one of these roles who are in no conflict with the case."""
    out = _in_conflict(connection, id, unit, people)
    return [one for one in people if one.role in roles and one.name not in out]


def is_whole_unit_clear(connection: Connection, id: str, unit: str) -> bool:
    """Whether everybody who may read the unit's post may know of the case."""
    people = colleagues(connection, unit)
    is_out = unit in excluded_units(connection, id)
    return not is_out and not _in_conflict(connection, id, unit, people)


def excluded_units(connection: Connection, id: str) -> set[str]:
    """The units that must not know of the case."""
    query = sa.select(case_candidate.c.unit).where(
        case_candidate.c.case == id, case_candidate.c.excluded
    )
    return set(connection.execute(query).scalars())


def _in_conflict(connection: Connection, id: str, unit: str, people: list[Person]) -> set[str]:
    """As `is_clear` sees it, for many people at once."""
    names = {one.name for one in people}
    out = excluded_units(connection, id)
    if unit in out:
        return names
    ties = sa.select(person_tie.c.person).where(
        person_tie.c.person.in_(names), person_tie.c.unit.in_(out)
    )
    return set(connection.execute(ties).scalars()) if out else set()
