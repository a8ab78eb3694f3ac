"""Who of the desk gave a work address, and since when. The address itself is never kept here."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from services.triage.store.tables import metadata, road
from shared.contracts.reach import PersonAddressKept
from shared.contracts.wire import without_parts
from shared.runtime.database import UtcDateTime, insert_once

reach = sa.Table(
    "reach",
    metadata,
    sa.Column("person", sa.String(36), sa.ForeignKey("person.name"), primary_key=True),
    sa.Column("since", UtcDateTime, nullable=False),
)


def mark_reachable(connection: Connection, name: str, since: datetime) -> None:
    """Keep that this person gave an address, or another one."""
    if not insert_once(connection, reach, {"person": name, "since": since}):
        connection.execute(reach.update().where(reach.c.person == name).values(since=since))


def reachable_since(connection: Connection, name: str) -> datetime | None:
    """Since when this person's address stands; None without one."""
    query = sa.select(reach.c.since).where(reach.c.person == name)
    return connection.execute(query).scalar()


def mark_unreachable(connection: Connection, name: str) -> bool:
    """Forget that there is an address; False when there was none."""
    return bool(connection.execute(reach.delete().where(reach.c.person == name)).rowcount)


def empty_sealed(connection: Connection, name: str) -> None:
    """Drop what was sealed in this person's earlier facts, once it has left; heads stay."""
    fact = road.fact
    query = sa.select(fact.c.id, fact.c.body).where(
        fact.c.type == PersonAddressKept.type, fact.c.by == name, fact.c.sent
    )
    for row in connection.execute(query).all():
        change = sa.update(fact).where(fact.c.id == row.id)
        connection.execute(change.values(body=without_parts(bytes(row.body))))
