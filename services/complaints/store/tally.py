"""Counts of what was turned away: names and totals, nothing of who or when."""

from __future__ import annotations

from collections.abc import Mapping

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from services.complaints.store import tally
from shared.runtime.database import insert_once


def add_to_tally(connection: Connection, counted: Mapping[str, int]) -> None:
    """Add to the totals."""
    for name, count in sorted(counted.items()):
        insert_once(connection, tally, {"name": name, "total": 0})
        change = sa.update(tally).where(tally.c.name == name)
        connection.execute(change.values(total=tally.c.total + count))


def total_of(connection: Connection, name: str) -> int:
    """How often so far."""
    found = connection.execute(sa.select(tally.c.total).where(tally.c.name == name)).scalar()
    return int(found or 0)
