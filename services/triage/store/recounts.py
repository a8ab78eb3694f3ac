"""By which calendars of working days this desk has counted its due dates, in order."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from services.triage.store.tables import metadata
from shared.runtime.database import UtcDateTime, insert_once

recount = sa.Table(
    "recount",
    metadata,
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("calendar", sa.String(12), nullable=False),
    sa.Column("at", UtcDateTime, nullable=False),
    sa.Column("after", sa.String(36), nullable=False),
    sa.Column("ended_at", UtcDateTime),
)


@dataclass(frozen=True)
class Recount:
    """The `number`th calendar, since `at`; `after` is the last case whose dates were counted again
    by it, `ended_at` when all were."""

    number: int
    calendar: str
    at: datetime
    after: str = ""
    ended_at: datetime | None = None


def newest_recount(connection: Connection, *, holding: bool = False) -> Recount | None:
    """The calendar of now; `holding` keeps others off its row until the transaction ends."""
    query = sa.select(recount).order_by(recount.c.number.desc()).limit(1)
    row = connection.execute(query.with_for_update() if holding else query).first()
    return None if row is None else Recount(**row._mapping)


def add_recount(connection: Connection, one: Recount) -> bool:
    """Keep it unless another process was first; True when kept."""
    return insert_once(connection, recount, asdict(one))


def go_on(connection: Connection, number: int, after: str, ended_at: datetime | None) -> None:
    """How far it has come."""
    change = recount.update().where(recount.c.number == number)
    connection.execute(change.values(after=after, ended_at=ended_at))
