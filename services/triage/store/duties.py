"""Who of a unit is on duty on which days."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from services.triage.store.people import READERS
from services.triage.store.tables import metadata, person, road
from shared.contracts.promises import CaseEscalated
from shared.runtime.database import UtcDateTime

duty = sa.Table(
    "duty",
    metadata,
    sa.Column("id", sa.String(36), primary_key=True),
    sa.Column("unit", sa.String(80), nullable=False),
    sa.Column("person", sa.String(36), sa.ForeignKey("person.name"), nullable=False),
    sa.Column("first", sa.Date, nullable=False),
    sa.Column("last", sa.Date, nullable=False),
    sa.Column("dropped_at", UtcDateTime),
    sa.Index("ix_duty_unit", "unit", "last"),
)


@dataclass(frozen=True)
class Duty:
    """From `first` to `last`, both included, by the days of the unit's time zone."""

    id: str
    unit: str
    person: str
    first: date
    last: date
    dropped_at: datetime | None = None


def add_duty(connection: Connection, one: Duty) -> None:
    """Keep it."""
    connection.execute(duty.insert().values(asdict(one)))


def duties_from(connection: Connection, unit: str, day: date) -> list[Duty]:
    """What stands from `day` on, of people who still work there as investigators; by first day."""
    query = (
        sa.select(duty)
        .join(person, person.c.name == duty.c.person)
        .where(duty.c.unit == unit, duty.c.last >= day, duty.c.dropped_at.is_(None))
        .where(person.c.unit == unit, person.c.role.in_(READERS), person.c.removed_at.is_(None))
        .order_by(duty.c.first, duty.c.last, duty.c.id)
    )
    return [Duty(**row._mapping) for row in connection.execute(query)]


def duty_of(connection: Connection, unit: str, id: str) -> Duty | None:
    """One of this unit, dropped or not."""
    query = sa.select(duty).where(duty.c.id == id, duty.c.unit == unit)
    row = connection.execute(query).first()
    return None if row is None else Duty(**row._mapping)


def set_dropped(connection: Connection, id: str, at: datetime | None) -> None:
    """Take it off the roster, or put it back (None)."""
    connection.execute(duty.update().where(duty.c.id == id).values(dropped_at=at))


def officers_called(connection: Connection, id: str) -> set[str]:
    """Which officers were called to this case before, because nobody had opened it."""
    fact = road.fact
    query = sa.select(fact.c.payload).where(fact.c.subject == id, fact.c.type == CaseEscalated.type)
    return {payload["to"] for payload in connection.execute(query).scalars() if payload["to"]}
