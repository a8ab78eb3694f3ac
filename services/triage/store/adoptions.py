"""Which rulebooks this desk has worked by, in order."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from services.triage.store.tables import metadata
from shared.runtime.database import JsonText, UtcDateTime, insert_once

adoption = sa.Table(
    "adoption",
    metadata,
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("version", sa.String(12), nullable=False),
    sa.Column("at", UtcDateTime, nullable=False),
    sa.Column("changes", JsonText, nullable=False),
    sa.Column("marks", JsonText, nullable=False),
    sa.Column("way", sa.String(12)),
    sa.Column("reason", sa.Text),
)

# How a rulebook came: the first on record, one that came with the program, one two administrators
# approved, one nobody did.
FIRST, RELEASED, APPROVED, UNAPPROVED = "first", "released", "approved", "unapproved"


@dataclass(frozen=True)
class Adoption:
    """The `number`th rulebook; `changes` in short, `marks` table → row → digest.

    `way` is nothing where it was adopted before ways were kept; `reason` is the operator's own.
    """

    number: int
    version: str
    at: datetime
    changes: list[str]
    marks: dict[str, Any]
    way: str | None = None
    reason: str | None = None


def adoptions(connection: Connection, most: int) -> list[Adoption]:
    """The newest, newest first."""
    query = sa.select(adoption).order_by(adoption.c.number.desc()).limit(most)
    return [Adoption(**row._mapping) for row in connection.execute(query)]


def add_adoption(connection: Connection, one: Adoption) -> bool:
    """Keep it unless another process was first; True when kept."""
    return insert_once(connection, adoption, asdict(one))
