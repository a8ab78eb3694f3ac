"""Requests for a reporter's name, their answers, and the sealed name while it is on its way.

Rows of requests and answers are added and never changed: the database itself refuses it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from services.triage.store.cases import Case, is_clear
from services.triage.store.people import Person
from services.triage.store.tables import case, metadata, unit_key
from shared.runtime.database import UtcDateTime, insert_once

SEALED, OPENED = "sealed", "opened"
_HOUR = timedelta(hours=1)  # what a reporter causes carries the hour (ADR 2)


def _key() -> sa.Column[str]:
    return sa.Column("case", sa.String(36), sa.ForeignKey("case.id"), primary_key=True)


def _round() -> sa.Column[int]:
    return sa.Column("round", sa.Integer, primary_key=True, autoincrement=False)


name_request = sa.Table(
    "name_request",
    metadata,
    _key(),
    _round(),
    sa.Column("seq", sa.Integer, nullable=False),
    sa.Column("purpose", sa.String(40), nullable=False),
    sa.Column("basis", sa.String(40), nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("keeper", sa.String(80), nullable=False),
    sa.Column("unit", sa.String(80), nullable=False),
    sa.Column("asked_by", sa.String(36), nullable=False),
    sa.Column("asked_at", UtcDateTime, nullable=False),
    sa.Column("due_at", UtcDateTime, nullable=False),
    sa.Index("ix_name_request_keeper", "keeper", "due_at"),
)
name_answer = sa.Table(
    "name_answer",
    metadata,
    _key(),
    _round(),
    sa.Column("answer", sa.String(16), nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("at", UtcDateTime, nullable=False),
    sa.Column("by", sa.String(36)),
)
# The only part that goes: `sealed` to its keeper until answered, `opened` to who asked for a time.
name_file = sa.Table(
    "name_file",
    metadata,
    _key(),
    _round(),
    sa.Column("kind", sa.String(8), primary_key=True),
    sa.Column("file", sa.LargeBinary, nullable=False),
    sa.Column("until", UtcDateTime, nullable=False),
)


@dataclass(frozen=True)
class NameRequest:
    """`unit` asked `keeper` for the `round`th time for the name in letter `seq` (0: the story)."""

    case: str
    round: int
    seq: int
    purpose: str
    basis: str
    reason: str
    keeper: str
    unit: str
    asked_by: str
    asked_at: datetime
    due_at: datetime


@dataclass(frozen=True)
class NameAnswer:
    """`answer` agreed, refused or expired; `by` nobody when time answered."""

    case: str
    round: int
    answer: str
    reason: str
    at: datetime
    by: str | None


def requests_of(connection: Connection, id: str) -> list[tuple[NameRequest, NameAnswer | None]]:
    """Every request of a case with its answer, newest first."""
    mine = name_request.c.case == id
    query = sa.select(name_request).where(mine).order_by(name_request.c.round.desc())
    answers = {
        row.round: NameAnswer(**row._mapping)
        for row in connection.execute(sa.select(name_answer).where(name_answer.c.case == id))
    }
    asked = [NameRequest(**row._mapping) for row in connection.execute(query)]
    return [(one, answers.get(one.round)) for one in asked]


def waiting_at(
    connection: Connection, who: Person, now: datetime, *, number: str | None = None
) -> list[tuple[Case, NameRequest]]:
    """What waits for this keeper's person, nearest end first, without what they may not know."""
    query = (
        sa.select(case, *_labelled(name_request))
        .join(name_request, name_request.c.case == case.c.id)
        .where(
            name_request.c.keeper == who.unit,
            name_request.c.due_at > now,
            _is_open(),
            is_clear(who),
        )
        .order_by(name_request.c.due_at, case.c.id)
    )
    if number is not None:
        query = query.where(case.c.number == number)
    return [_both(row._mapping) for row in connection.execute(query)]


def overdue(connection: Connection, now: datetime, most: int = 100) -> list[NameRequest]:
    """Requests nobody answered in time."""
    query = sa.select(name_request).where(name_request.c.due_at <= now, _is_open())
    return [NameRequest(**row._mapping) for row in connection.execute(query.limit(most))]


def add_request(connection: Connection, one: NameRequest, file: bytes) -> bool:
    """Keep it with its sealed file unless this round stands already; True when kept."""
    if not insert_once(connection, name_request, asdict(one)):
        return False
    return keep_file(connection, one, SEALED, file, one.due_at)


def add_answer(connection: Connection, one: NameAnswer) -> bool:
    """Keep it and drop the sealed file; False when there was an answer before."""
    if not insert_once(connection, name_answer, asdict(one)):
        return False
    drop_file(connection, one, SEALED)
    return True


def keep_file(
    connection: Connection, of: NameRequest, kind: str, file: bytes, until: datetime
) -> bool:
    """Keep a file of this round; False when one stands."""
    row = {"case": of.case, "round": of.round, "kind": kind, "file": file, "until": until}
    return insert_once(connection, name_file, row)


def file_of(connection: Connection, of: NameRequest, kind: str, now: datetime) -> bytes | None:
    """The file of this kind while it may be handed out."""
    query = sa.select(name_file.c.file).where(*_is(of, kind), name_file.c.until > now)
    return connection.execute(query).scalar()


def drop_file(connection: Connection, of: NameRequest | NameAnswer, kind: str) -> None:
    """Delete the file of this kind."""
    connection.execute(name_file.delete().where(*_is(of, kind)))


def past_opened(connection: Connection, now: datetime, most: int = 100) -> list[tuple[str, int]]:
    """(case, round) of opened names whose time is over."""
    columns = (name_file.c.case, name_file.c.round)
    query = sa.select(*columns).where(name_file.c.kind == OPENED, name_file.c.until <= now)
    return [(row.case, row.round) for row in connection.execute(query.limit(most))]


def drop_opened(connection: Connection, id: str, nth: int) -> None:
    """Delete the opened name of this round."""
    mine = (name_file.c.case == id, name_file.c.round == nth, name_file.c.kind == OPENED)
    connection.execute(name_file.delete().where(*mine))


def keeper_at(connection: Connection, keepers: Sequence[str], at: datetime) -> str | None:
    """The first of `keepers` that had a key when a name was sealed `at`; None when none has one."""
    first = sa.func.min(unit_key.c.published_at).label("first")
    query = sa.select(unit_key.c.unit, first).where(unit_key.c.unit.in_(keepers))
    since = {row.unit: row.first for row in connection.execute(query.group_by(unit_key.c.unit))}
    with_keys = [unit for unit in keepers if unit in since]
    then = [unit for unit in with_keys if since[unit] <= at + _HOUR]
    return next(iter(then or with_keys), None)


def _is_open() -> sa.ColumnElement[bool]:
    answered = sa.and_(
        name_answer.c.case == name_request.c.case, name_answer.c.round == name_request.c.round
    )
    return sa.not_(sa.exists().where(answered).correlate(name_request))


def _is(of: NameRequest | NameAnswer, kind: str) -> tuple[sa.ColumnElement[bool], ...]:
    columns = name_file.c
    return (columns.case == of.case, columns.round == of.round, columns.kind == kind)


def _labelled(table: sa.Table) -> list[Any]:
    return [column.label(f"asked_{column.name}") for column in table.c]


def _both(row: Any) -> tuple[Case, NameRequest]:
    asked = {column.name: row[f"asked_{column.name}"] for column in name_request.c}
    return Case(**{column.name: row[column.name] for column in case.c}), NameRequest(**asked)
