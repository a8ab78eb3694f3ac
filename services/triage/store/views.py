"""Saved views: a person's own names for filters of the queue."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from services.triage.store.people import Person
from services.triage.store.tables import metadata
from shared.runtime.database import UtcDateTime, insert_once

# `query` is the address's part after "?". A view that was dropped can be taken back for a while.
saved_view = sa.Table(
    "saved_view",
    metadata,
    sa.Column("id", sa.String(36), primary_key=True),
    sa.Column("person", sa.String(36), sa.ForeignKey("person.name"), nullable=False),
    sa.Column("name", sa.String(60), nullable=False),
    sa.Column("query", sa.Text, nullable=False),
    sa.Column("dropped_at", UtcDateTime),
    sa.UniqueConstraint("person", "name", name="uq_saved_view_person_name"),
)


@dataclass(frozen=True)
class View:
    """A saved view of one person; `query` is `status=assigned&tenggat=lewat`."""

    id: str
    name: str
    query: str
    dropped_at: datetime | None


def views_of(connection: Connection, who: Person) -> list[View]:
    """The views this person keeps, by name."""
    query = sa.select(saved_view).where(
        saved_view.c.person == who.name, saved_view.c.dropped_at.is_(None)
    )
    rows = connection.execute(query.order_by(saved_view.c.name, saved_view.c.id))
    return [View(r.id, r.name, r.query, r.dropped_at) for r in rows]


def view_of(connection: Connection, who: Person, id: str) -> View | None:
    """A view of this person, also one that was dropped and can still be taken back."""
    query = sa.select(saved_view).where(saved_view.c.person == who.name, saved_view.c.id == id)
    row = connection.execute(query).first()
    return None if row is None else View(row.id, row.name, row.query, row.dropped_at)


def add_view(connection: Connection, who: Person, id: str, name: str, query: str) -> bool:
    """Keep a view unless this person has one of that name; True when kept."""
    row = {"id": id, "person": who.name, "name": name, "query": query, "dropped_at": None}
    return insert_once(connection, saved_view, row)


def set_dropped(connection: Connection, who: Person, id: str, at: datetime | None) -> bool:
    """Drop a view of this person, or take it back (None); True when there is one."""
    own = sa.and_(saved_view.c.person == who.name, saved_view.c.id == id)
    return bool(connection.execute(saved_view.update().where(own).values(dropped_at=at)).rowcount)


def forget_dropped(connection: Connection, who: Person, *, name: str, before: datetime) -> None:
    """Erase this person's dropped views of that name, and those dropped before `before`."""
    old = sa.or_(saved_view.c.name == name, saved_view.c.dropped_at < before)
    connection.execute(
        saved_view.delete().where(
            saved_view.c.person == who.name, saved_view.c.dropped_at.is_not(None), old
        )
    )
