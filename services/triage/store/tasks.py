"""What is to be done in a case: short titles that tell nothing of the story, due days, done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from services.triage.store.tables import metadata
from shared.runtime.database import UtcDateTime, insert_once

# `kind` is a code of the list, or "" where `title` was written by hand.
task = sa.Table(
    "task",
    metadata,
    sa.Column("case", sa.String(36), sa.ForeignKey("case.id"), primary_key=True),
    sa.Column("seq", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("kind", sa.String(32), nullable=False),
    sa.Column("title", sa.String(80), nullable=False),
    sa.Column("due_on", sa.Date),
    sa.Column("added_at", UtcDateTime, nullable=False),
    sa.Column("added_by", sa.String(36), nullable=False),
    sa.Column("done_at", UtcDateTime),
    sa.Column("done_by", sa.String(36)),
)


@dataclass(frozen=True)
class Task:
    """One row of `task` of a case; `due_on` is a local day."""

    seq: int
    kind: str
    title: str
    due_on: date | None
    added_at: datetime
    added_by: str
    done_at: datetime | None
    done_by: str | None


def tasks_of(connection: Connection, id: str) -> list[Task]:
    """Every task of a case: what is to be done first, the nearest day first."""
    query = sa.select(task).where(task.c.case == id).order_by(task.c.seq)
    found = [
        Task(**{name: value for name, value in row._mapping.items() if name != "case"})
        for row in connection.execute(query)
    ]
    return sorted(found, key=lambda one: (one.done_at is not None, one.due_on or date.max, one.seq))


def add_task(connection: Connection, id: str, one: Task) -> bool:
    """Keep a task unless one of this number stands; True when kept."""
    return insert_once(connection, task, {"case": id, **vars(one)})


def turn_task(connection: Connection, id: str, seq: int, at: datetime | None, by: str) -> bool:
    """Mark it done at `at`, or not done (None); False when nothing changed."""
    is_done = task.c.done_at.is_not(None)
    change = task.update().where(
        task.c.case == id, task.c.seq == seq, is_done if at is None else sa.not_(is_done)
    )
    values = {"done_at": at, "done_by": None if at is None else by}
    return bool(connection.execute(change.values(**values)).rowcount)
