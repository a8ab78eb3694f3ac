"""What people made of a case's priority; the machine's own value is where they began."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from services.triage.store.cases import Case
from services.triage.store.tables import metadata
from shared.runtime.database import UtcDateTime

priority_change = sa.Table(
    "priority_change",
    metadata,
    sa.Column("case", sa.String(36), sa.ForeignKey("case.id"), primary_key=True),
    sa.Column("seq", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("from_priority", sa.String(2), nullable=False),
    sa.Column("to_priority", sa.String(2), nullable=False),
    sa.Column("at", UtcDateTime, nullable=False),
    sa.Column("by", sa.String(36), nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
)


@dataclass(frozen=True)
class Change:
    """One change of a priority by a person."""

    from_priority: str
    to_priority: str
    at: datetime
    by: str
    reason: str


def add_change(connection: Connection, id: str, change: Change) -> None:
    """Append to what people made of it."""
    seq = len(changes_of(connection, id))
    row = {"case": id, "seq": seq, "at": change.at, "by": change.by, "reason": change.reason}
    row |= {"from_priority": change.from_priority, "to_priority": change.to_priority}
    connection.execute(priority_change.insert().values(row))


def changes_of(connection: Connection, id: str) -> list[Change]:
    """Every change, oldest first."""
    query = sa.select(priority_change).where(priority_change.c.case == id)
    rows = connection.execute(query.order_by(priority_change.c.seq))
    return [Change(r.from_priority, r.to_priority, r.at, r.by, r.reason) for r in rows]


def machines(one: Case, changes: list[Change]) -> str:
    """The priority the points and raises give, whatever people made of it since.

    What a reporter says later can still raise it to P1 (domain.md, Urgency).
    """
    if one.raises:
        return "P1"
    return changes[0].from_priority if changes else one.priority
