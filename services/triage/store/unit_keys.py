"""A unit's epoch keys and who holds them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from services.triage.domain.epochs import KeyStanding
from services.triage.store.people import readers_of
from services.triage.store.tables import metadata, unit_key
from shared.runtime.database import UtcDateTime

# What was replaced, handed out by no page: an operator's way back for a month, should a browser
# have wrapped garbage.
unit_key_past = sa.Table(
    "unit_key_past",
    metadata,
    sa.Column("unit", sa.String(80), primary_key=True),
    sa.Column("epoch", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("replaced_at", UtcDateTime, primary_key=True),
    sa.Column("by", sa.String(36), nullable=False),
    sa.Column("wrapped", sa.LargeBinary, nullable=False),
)


@dataclass(frozen=True)
class Epoch:
    """One epoch key as the page lists it."""

    epoch: int
    published_at: datetime
    wrapped: bytes


def members_digest(recipients: Iterable[str]) -> str:
    """SHA-256 over the sorted recipients, a line each: who a key is wrapped to."""
    return hashlib.sha256("\n".join(sorted(recipients)).encode()).hexdigest()


def standing_of(connection: Connection, unit: str) -> KeyStanding:
    """The newest epoch of this unit and who should hold it."""
    columns = (unit_key.c.epoch, unit_key.c.published_at, unit_key.c.members)
    query = sa.select(*columns).where(unit_key.c.unit == unit).order_by(unit_key.c.epoch.desc())
    row = connection.execute(query.limit(1)).first()
    holders = members_digest(readers_of(connection, unit))
    if row is None:
        return KeyStanding(unit, 0, None, None, holders)
    return KeyStanding(unit, row.epoch, row.published_at, row.members, holders)


def standings(connection: Connection) -> list[KeyStanding]:
    """As `standing_of`, for every unit that has a key."""
    units = connection.execute(sa.select(unit_key.c.unit).distinct()).scalars()
    return [standing_of(connection, unit) for unit in sorted(units)]


def epochs_of(connection: Connection, unit: str) -> list[Epoch]:
    """All epochs of this unit, newest first."""
    query = sa.select(unit_key).where(unit_key.c.unit == unit).order_by(unit_key.c.epoch.desc())
    return [Epoch(r.epoch, r.published_at, r.wrapped) for r in connection.execute(query)]


def rewrap(
    connection: Connection, unit: str, wraps: Mapping[int, bytes], *, by: str, at: datetime
) -> None:
    """Hand out these files for earlier epochs from now on."""
    for epoch, wrapped in wraps.items():
        here = sa.and_(unit_key.c.unit == unit, unit_key.c.epoch == epoch)
        old = connection.execute(sa.select(unit_key.c.wrapped).where(here)).scalar_one()
        row = {"unit": unit, "epoch": epoch, "replaced_at": at, "by": by, "wrapped": old}
        connection.execute(unit_key_past.insert().values(row))
        connection.execute(unit_key.update().where(here).values(wrapped=wrapped))


def tell_due_once(connection: Connection, unit: str, epoch: int, at: datetime) -> bool:
    """Note that a new epoch is needed; False when that was noted before."""
    change = unit_key.update().where(
        unit_key.c.unit == unit, unit_key.c.epoch == epoch, unit_key.c.due_at.is_(None)
    )
    return connection.execute(change.values(due_at=at)).rowcount == 1


def drop_past_wraps(connection: Connection, before: datetime) -> int:
    """Forget what was replaced before this time; returns how many."""
    return connection.execute(
        unit_key_past.delete().where(unit_key_past.c.replaced_at < before)
    ).rowcount
