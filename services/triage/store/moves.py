"""The changes of a case's state, in order."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from services.triage.store.tables import case, move


@dataclass(frozen=True)
class Moved:
    """One change of state; `by` None means the reporter's letter or a clock did it.

    `outcome` is "" except where one was proposed, `actions` are codes of what was done.
    """

    from_state: str
    to_state: str
    at: datetime
    by: str | None
    outcome: str = ""
    actions: tuple[str, ...] = ()
    reason: str = ""


def add_move(connection: Connection, id: str, moved: Moved) -> None:
    """Append to the case's history."""
    query = sa.select(sa.func.count()).select_from(move).where(move.c.case == id)
    row = {"case": id, "seq": connection.execute(query).scalar_one(), "by": moved.by}
    row |= {"from_state": moved.from_state, "to_state": moved.to_state, "at": moved.at}
    row["unit"] = sa.select(case.c.unit).where(case.c.id == id).scalar_subquery()
    row |= {"outcome": moved.outcome, "actions": list(moved.actions), "reason": moved.reason}
    connection.execute(move.insert().values(row))


def moves_of(connection: Connection, id: str) -> list[Moved]:
    """The whole history, oldest first."""
    query = sa.select(move).where(move.c.case == id).order_by(move.c.seq)
    return [
        Moved(r.from_state, r.to_state, r.at, r.by, r.outcome, tuple(r.actions), r.reason)
        for r in connection.execute(query)
    ]
