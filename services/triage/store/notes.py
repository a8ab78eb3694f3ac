"""Sealed notes of a unit on a case: who wrote one and when is known, what it says is not."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from services.triage.store.cases import Case
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
    sa.Column("unit", sa.String(80)),
)

# By which another unit opens a note that was handed over to it with the case.
note_header = sa.Table(
    "note_header",
    metadata,
    sa.Column("case", sa.String(36), sa.ForeignKey("case.id"), primary_key=True),
    sa.Column("seq", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("unit", sa.String(80), primary_key=True),
    sa.Column("header", sa.LargeBinary, nullable=False),
)


@dataclass(frozen=True)
class Note:
    """A note without its bytes; they count from 1. `unit` wrote it; `header` opens it to another
    unit that it was handed over to."""

    seq: int
    sha256: str
    at: datetime
    by: str
    unit: str
    header: bytes | None = None


def notes_of(connection: Connection, one: Case) -> list[Note]:
    """Every note that the unit which has the case may open, oldest first: those it wrote, and
    those handed over to it. What another unit wrote stays that unit's."""
    handed = sa.and_(
        note_header.c.case == note.c.case,
        note_header.c.seq == note.c.seq,
        note_header.c.unit == one.unit,
    )
    columns = (note.c.seq, note.c.sha256, note.c.at, note.c.by, note.c.unit, note_header.c.header)
    query = sa.select(*columns).join_from(note, note_header, handed, isouter=True)
    ours = sa.or_(note.c.unit == one.unit, note_header.c.header.is_not(None))
    rows = connection.execute(query.where(note.c.case == one.id, ours).order_by(note.c.seq))
    return [Note(r.seq, r.sha256, r.at, r.by, r.unit, r.header) for r in rows]


def next_note(connection: Connection, one: Case) -> tuple[int, str]:
    """(number, SHA-256 of the note before it by the same unit) of the next note. Numbers run on
    through all units; each unit's notes are a chain of their own."""
    newest = sa.select(sa.func.max(note.c.seq)).where(note.c.case == one.id)
    before = sa.select(note.c.sha256).where(note.c.case == one.id, note.c.unit == one.unit)
    last = connection.execute(before.order_by(note.c.seq.desc()).limit(1)).scalar()
    return (connection.execute(newest).scalar() or 0) + 1, last or ""


def put_note_header(connection: Connection, id: str, unit: str, seq: int, header: bytes) -> None:
    """Keep the header by which `unit` opens the note, in place of one that stands."""
    row = {"case": id, "seq": seq, "unit": unit}
    here = sa.and_(*(note_header.c[name] == value for name, value in row.items()))
    connection.execute(note_header.delete().where(here))
    insert_once(connection, note_header, {**row, "header": header})


def note_at(connection: Connection, id: str, seq: int) -> bytes | None:
    """The sealed bytes of one note."""
    query = sa.select(note.c.envelope).where(note.c.case == id, note.c.seq == seq)
    return connection.execute(query).scalar()


def add_note(
    connection: Connection, one: Case, seq: int, envelope: bytes, *, at: datetime, by: str
) -> str | None:
    """Keep a note at `seq` unless one stands there; its SHA-256 when kept."""
    sha256 = hashlib.sha256(envelope).hexdigest()
    row = {"case": one.id, "seq": seq, "sha256": sha256, "envelope": envelope, "at": at, "by": by}
    row["unit"] = one.unit
    return sha256 if insert_once(connection, note, row) else None
