"""The table of the ledger and its few queries."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection

from services.ledger.domain.entry import Entry
from shared.messaging.tables import road_tables
from shared.runtime.database import BigKey, new_metadata

metadata = new_metadata()
road = road_tables(metadata)

# `taken` is for the sequencer of a later part: it takes rows by this flag, never by "id > last",
# which would skip what commits late. Of the time only the day stays.
commitment = sa.Table(
    "commitment",
    metadata,
    sa.Column("position", BigKey, primary_key=True, autoincrement=True),
    sa.Column("tag", sa.LargeBinary(32), nullable=False, unique=True),
    sa.Column("entry", sa.LargeBinary(65), nullable=False, unique=True),
    sa.Column("day", sa.Date, nullable=False),
    sa.Column("taken", sa.Boolean, nullable=False),
)

_ROWS_A_STATEMENT = 500


def add_entries(connection: Connection, entries: Sequence[Entry], day: date) -> int:
    """Insert those whose tag is new; returns how many were."""
    dialect = sqlite if connection.dialect.name == "sqlite" else postgresql
    added = 0
    for some in _pieces(entries):
        rows = [{"tag": one.tag, "entry": one.encoded, "day": day, "taken": False} for one in some]
        statement = dialect.insert(commitment).values(rows).on_conflict_do_nothing()
        # Not rowcount: psycopg says -1 for several rows with a key the database makes.
        added += len(connection.execute(statement.returning(commitment.c.position)).all())
    return added


def standing(connection: Connection, entries: Sequence[Entry]) -> int:
    """How many of exactly these entries stand."""
    found = 0
    for some in _pieces(entries):
        wanted = [one.encoded for one in some]
        count = sa.select(sa.func.count()).where(commitment.c.entry.in_(wanted))
        found += connection.execute(count).scalar_one()
    return found


def _pieces(entries: Sequence[Entry]) -> Sequence[Sequence[Entry]]:
    starts = range(0, len(entries), _ROWS_A_STATEMENT)
    return [entries[start : start + _ROWS_A_STATEMENT] for start in starts]
