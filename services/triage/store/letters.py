"""Sealed letters of a case, both ways."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from services.triage.store.tables import letter
from shared.runtime.database import insert_once


@dataclass(frozen=True)
class Letter:
    """A sealed letter without its bytes; `direction` is "in" or "out" as the mailbox sees us."""

    direction: str
    seq: int
    sha256: str
    at: datetime
    by: str | None


def add_letter(
    connection: Connection,
    id: str,
    *,
    place: tuple[str, int],
    envelope: bytes,
    at: datetime,
    by: str | None = None,
) -> bool:
    """Keep a letter at `place` (direction, seq) unless one stands there; True when kept."""
    row = {"case": id, "direction": place[0], "seq": place[1], "envelope": envelope}
    row |= {"sha256": hashlib.sha256(envelope).hexdigest(), "at": at, "by": by}
    return insert_once(connection, letter, row)


def letters_of(connection: Connection, id: str) -> list[Letter]:
    """Every letter of a case, oldest first; the complaint is ("in", 0)."""
    columns = (letter.c.direction, letter.c.seq, letter.c.sha256, letter.c.at, letter.c.by)
    query = sa.select(*columns).where(letter.c.case == id)
    rows = connection.execute(query.order_by(letter.c.at, letter.c.direction, letter.c.seq))
    return [Letter(r.direction, r.seq, r.sha256, r.at, r.by) for r in rows]


def envelope_at(connection: Connection, id: str, direction: str, seq: int) -> bytes | None:
    """The sealed bytes of one letter."""
    query = sa.select(letter.c.envelope).where(
        letter.c.case == id, letter.c.direction == direction, letter.c.seq == seq
    )
    return connection.execute(query).scalar()


def last_letter(connection: Connection, id: str, direction: str) -> tuple[int, str]:
    """(seq, sha256) of the newest letter in this direction; (0, "") when there is none."""
    query = (
        sa.select(letter.c.seq, letter.c.sha256)
        .where(letter.c.case == id, letter.c.direction == direction)
        .order_by(letter.c.seq.desc())
        .limit(1)
    )
    row = connection.execute(query).first()
    return (0, "") if row is None else (row.seq, row.sha256)
