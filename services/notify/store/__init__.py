"""Tables of notify and their few queries."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from shared.messaging.tables import road_tables
from shared.runtime.database import UtcDateTime, insert_once, new_metadata

metadata = new_metadata()
road = road_tables(metadata)

# Who may be written to. `holder` is a complaint's id, `person:<name>` for a person of the desk, or
# `unit:<id>` for a unit (whose address stands in the rulebook, so `sealed` is null). No plain
# address is ever stored. `quiet_until`: a person of the desk gets no other mail before it.
address = sa.Table(
    "address",
    metadata,
    sa.Column("holder", sa.String(90), primary_key=True),
    sa.Column("sealed", sa.LargeBinary),
    sa.Column("lang", sa.String(16), nullable=False),
    sa.Column("stopped", sa.Boolean, nullable=False),
    sa.Column("stop_mark", sa.LargeBinary(32), nullable=False, unique=True),
    sa.Column("quiet_until", UtcDateTime),
)

# What is to be told; `subject` is "" where it is about nobody's complaint. The times are coarse (a
# fact about a reporter carries the hour, a retry five minutes) and wiped when it is over: only the
# day remains.
notice = sa.Table(
    "notice",
    metadata,
    sa.Column("id", sa.String(36), primary_key=True),
    sa.Column("holder", sa.String(90), nullable=False, index=True),
    sa.Column("subject", sa.String(36), nullable=False),
    sa.Column("unit", sa.String(80)),
    sa.Column("kind", sa.String(40), nullable=False),
    sa.Column("cause", sa.String(36), nullable=False),
    sa.Column("state", sa.String(10), nullable=False),
    sa.Column("attempts", sa.Integer, nullable=False),
    sa.Column("due", UtcDateTime),
    sa.Column("next_try", UtcDateTime),
    sa.Column("sent", sa.Date),
    sa.Column("number", sa.String(24)),
    sa.UniqueConstraint("subject", "unit"),
    sa.Index("ix_notice_next_try", "next_try"),
)


@dataclass(frozen=True)
class Recipient:
    """A row of `address`."""

    holder: str
    sealed: bytes | None
    lang: str
    stopped: bool


@dataclass(frozen=True)
class Notice:
    """A row of `notice` that is not over."""

    id: str
    holder: str
    subject: str
    unit: str | None
    kind: str
    cause: str
    attempts: int
    number: str | None = None


def add_recipient(connection: Connection, row: Recipient, stop_mark: bytes) -> bool:
    """Insert the address; False when this holder has one."""
    return insert_once(connection, address, {**asdict(row), "stop_mark": stop_mark})


def keep_recipient(connection: Connection, row: Recipient, stop_mark: bytes) -> None:
    """Insert the address, or put it in the place of the one that stands."""
    if not add_recipient(connection, row, stop_mark):
        same = address.c.holder == row.holder
        values = {**asdict(row), "stop_mark": stop_mark}
        connection.execute(address.update().where(same).values(values))


def drop_recipient(connection: Connection, holder: str) -> None:
    """Forget the address of `holder`."""
    connection.execute(address.delete().where(address.c.holder == holder))


def quieten(connection: Connection, holder: str, until: datetime) -> None:
    """Let what comes for `holder` wait until then."""
    change = address.update().where(address.c.holder == holder)
    connection.execute(change.values(quiet_until=until))


def recipient_of(connection: Connection, holder: str) -> Recipient | None:
    """The address of `holder`."""
    return _recipient(connection, address.c.holder == holder)


def recipient_by_mark(connection: Connection, stop_mark: bytes) -> Recipient | None:
    """The address a stop link belongs to."""
    return _recipient(connection, address.c.stop_mark == stop_mark)


def set_stopped(connection: Connection, holder: str, *, stopped: bool) -> bool:
    """Stop or resume; False when it was so already."""
    changed = connection.execute(
        address.update()
        .where(address.c.holder == holder, address.c.stopped.is_(not stopped))
        .values(stopped=stopped)
    )
    return bool(changed.rowcount)


def add_notice(connection: Connection, new: Notice, due: datetime) -> bool:
    """Add a notice that waits until `due`; False when this unit was told of this case already."""
    row: dict[str, Any] = {
        "id": new.id,
        "holder": new.holder,
        "subject": new.subject,
        "unit": new.unit,
        "kind": new.kind,
        "cause": new.cause,
        "state": "waiting",
        "attempts": 0,
        "number": new.number,
        "due": due,
        "next_try": due,
    }
    return insert_once(connection, notice, row)


def next_due(connection: Connection, now: datetime, seen: Collection[str]) -> Notice | None:
    """The notice that has waited longest past its next attempt, of holders not yet `seen` who are
    not left in peace just now."""
    is_quiet = sa.exists().where(address.c.holder == notice.c.holder, address.c.quiet_until > now)
    found = connection.execute(
        _open_notices()
        .where(notice.c.next_try <= now, notice.c.holder.not_in(seen), sa.not_(is_quiet))
        .order_by(notice.c.next_try, notice.c.id)
        .limit(1)
    ).first()
    return None if found is None else Notice(**found._asdict())


def waiting_for(connection: Connection, holder: str) -> Sequence[Notice]:
    """Every notice `holder` waits for, the oldest first: one message tells them all."""
    rows = connection.execute(
        _open_notices()
        .where(notice.c.holder == holder, notice.c.next_try.is_not(None))
        .order_by(notice.c.due, notice.c.id)
    )
    return [Notice(**row._asdict()) for row in rows]


def put_back(connection: Connection, ids: Sequence[str], next_try: datetime) -> None:
    """Count an attempt that failed and let them wait for another."""
    connection.execute(
        notice.update()
        .where(notice.c.id.in_(ids))
        .values(attempts=notice.c.attempts + 1, next_try=next_try)
    )


def finish(connection: Connection, ids: Sequence[str], state: str, sent: date | None) -> None:
    """End them as `sent`, `stopped` or `refused`; of the times only the day stays, of
    the case's number nothing."""
    connection.execute(
        notice.update()
        .where(notice.c.id.in_(ids))
        .values(state=state, sent=sent, due=None, next_try=None, number=None)
    )


def oldest_due(connection: Connection) -> datetime | None:
    """Since when the oldest notice that is not over has been due."""
    found: datetime | None = connection.execute(
        sa.select(sa.type_coerce(sa.func.min(notice.c.due), UtcDateTime))
    ).scalar()
    return found


def _recipient(connection: Connection, where: sa.ColumnElement[bool]) -> Recipient | None:
    columns = (address.c.holder, address.c.sealed, address.c.lang, address.c.stopped)
    found = connection.execute(sa.select(*columns).where(where)).first()
    return None if found is None else Recipient(**found._asdict())


def _open_notices() -> sa.Select[tuple[str, str, str, str | None, str, str, int, str | None]]:
    n = notice.c
    return sa.select(n.id, n.holder, n.subject, n.unit, n.kind, n.cause, n.attempts, n.number)
