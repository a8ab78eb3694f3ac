"""The facts of a case as its timeline."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from services.triage.store.tables import road


@dataclass(frozen=True)
class Happened:
    """One fact: its type, time, the acting person's name (None: nobody at the desk), payload."""

    type: str
    at: datetime
    by: str | None
    payload: dict[str, Any]


def timeline_of(connection: Connection, id: str, most: int) -> list[Happened]:
    """The case's newest facts, newest first."""
    fact = road.fact
    query = (
        sa.select(fact.c.type, fact.c.at, fact.c.by, fact.c.payload)
        .where(fact.c.subject == id)
        .order_by(fact.c.position.desc())
        .limit(most)
    )
    return [Happened(r.type, r.at, r.by, r.payload) for r in connection.execute(query)]
