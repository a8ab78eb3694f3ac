"""Sealed notes of a unit on a case: who wrote one and when is known, what it says is not."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from services.triage.store.tables import metadata
from shared.runtime.database import UtcDateTime, insert_once

note = sa.Table(
    "note",
    metadata,
    sa.Column("case", sa.String(36), sa.ForeignKey("case.id"), primary_key=True),
    sa.Column("seq", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("sha256", sa.String(64), nullable=False),
    sa.Column("envelope", sa.LargeBinary, nullable=False),
    sa.Column("at", UtcDateTime, nullable=False),
    sa.Column("by", sa.String(36), nullable=False),
)


@dataclass(frozen=True)
class Note:
    """A note without its bytes; they count from 1."""

    seq: int
    sha256: str
    at: datetime
    by: str


def notes_of(connection: Connection, id: str) -> list[Note]:
    """Every note of a case, oldest first."""
    columns = (note.c.seq, note.c.sha256, note.c.at, note.c.by)
    query = sa.select(*columns).where(note.c.case == id).order_by(note.c.seq)
    return [Note(r.seq, r.sha256, r.at, r.by) for r in connection.execute(query)]


def note_at(connection: Connection, id: str, seq: int) -> bytes | None:
    """The sealed bytes of one note."""
    query = sa.select(note.c.envelope).where(note.c.case == id, note.c.seq == seq)
    return connection.execute(query).scalar()


def add_note(
    connection: Connection, id: str, seq: int, envelope: bytes, *, at: datetime, by: str
) -> str | None:
    """Keep a note at `seq` unless one stands there; its SHA-256 when kept."""
    sha256 = hashlib.sha256(envelope).hexdigest()
    row = {"case": id, "seq": seq, "sha256": sha256, "envelope": envelope, "at": at, "by": by}
    return sha256 if insert_once(connection, note, row) else None
