"""Rejections: wishes to reject as a false report, and the tenth of all that is looked at again."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from services.triage.domain.periods import Span
from services.triage.store.cases import may_see
from services.triage.store.people import Person
from services.triage.store.tables import case, metadata, move
from services.triage.store.wanted import within
from shared.runtime.database import UtcDateTime, insert_once

REJECTED = "rejected"
MOST = 5000  # rejections of a month that one list draws from

rejection = sa.Table(
    "rejection",
    metadata,
    sa.Column("case", sa.String(36), sa.ForeignKey("case.id"), primary_key=True),
    sa.Column("round", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("where_else", sa.Text, nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("asked_at", UtcDateTime, nullable=False),
    sa.Column("asked_by", sa.String(36), nullable=False),
    sa.Column("ended", sa.String(16)),
    sa.Column("ended_at", UtcDateTime),
    sa.Column("ended_by", sa.String(36)),
)
sa.Index(
    "ix_move_rejected",
    move.c.at,
    sqlite_where=move.c.to_state == REJECTED,
    postgresql_where=move.c.to_state == REJECTED,
)


@dataclass(frozen=True)
class Rejection:
    """The `round`th wish of a case to be rejected as a false report; `version` is the case's when
    it was asked, `ended` nothing while it waits, else "confirmed" or "refused"."""

    case: str
    round: int
    reason: str
    where_else: str
    version: int
    asked_at: datetime
    asked_by: str
    ended: str | None = None
    ended_at: datetime | None = None
    ended_by: str | None = None


@dataclass(frozen=True)
class Rejected:
    """A case somebody rejected, and when."""

    id: str
    number: str
    unit: str
    at: datetime
    by: str | None
    reason: str


def last_rejection(connection: Connection, id: str) -> Rejection | None:
    """The newest wish of a case, ended or not."""
    query = sa.select(rejection).where(rejection.c.case == id)
    row = connection.execute(query.order_by(rejection.c.round.desc()).limit(1)).first()
    return None if row is None else Rejection(**row._mapping)


def add_rejection(connection: Connection, one: Rejection) -> bool:
    """Keep it unless this round stands already; True when kept."""
    return insert_once(connection, rejection, asdict(one))


def end_rejection(
    connection: Connection, of: Rejection, *, ended: str, at: datetime, by: str
) -> bool:
    """End one that waits; False when it has ended already."""
    change = rejection.update().where(
        rejection.c.case == of.case, rejection.c.round == of.round, rejection.c.ended.is_(None)
    )
    values = {"ended": ended, "ended_at": at, "ended_by": by}
    return connection.execute(change.values(values)).rowcount == 1


def rejected_in(connection: Connection, who: Person, at: Span) -> list[Rejected]:
    """Cases in this person's sight that were rejected then, oldest first."""
    query = (
        sa.select(case.c.id, case.c.number, case.c.unit, move.c.at, move.c.by, move.c.reason)
        .join(move, move.c.case == case.c.id)
        .where(move.c.to_state == REJECTED, *within(move.c.at, at), may_see(who))
        .order_by(move.c.at, case.c.id)
        .limit(MOST)
    )
    return [Rejected(**row._mapping) for row in connection.execute(query)]
