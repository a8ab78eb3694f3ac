"""The queries of drafts: sealed rows that only their key can name."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from services.complaints.store import draft, evidence_part
from shared.runtime.database import insert_once


def sealed_draft(connection: Connection, id: bytes, *, lock: bool = False) -> bytes | None:
    """A draft as it lies there; with `lock` nobody else changes it until the transaction ends."""
    row = sa.select(draft.c.sealed).where(draft.c.id == id)
    found = connection.execute(row.with_for_update() if lock else row).scalar_one_or_none()
    return None if found is None else bytes(found)


def put_draft(connection: Connection, id: bytes, sealed: bytes, hour: datetime) -> None:
    """Keep a draft in the place of what stood there."""
    values = {"sealed": sealed, "hour": hour}
    changed = connection.execute(sa.update(draft).where(draft.c.id == id).values(values))
    if not changed.rowcount:
        insert_once(connection, draft, {"id": id, **values})


def drop_draft(connection: Connection, id: bytes) -> None:
    """The draft is gone."""
    connection.execute(sa.delete(draft).where(draft.c.id == id))


def files_of_drafts(connection: Connection, until: datetime) -> Sequence[str]:
    """The names of files that wait for drafts last touched in that hour or before."""
    idle = sa.select(draft.c.id).where(draft.c.hour <= until)
    names = sa.select(evidence_part.c.name).where(evidence_part.c.draft.in_(idle)).distinct()
    return connection.execute(names).scalars().all()


def count_drafts(connection: Connection) -> int:
    """How many there are."""
    return int(connection.execute(sa.select(sa.func.count()).select_from(draft)).scalar_one())


def drop_drafts(connection: Connection, until: datetime) -> int:
    """Drafts last touched in that hour or before are gone; returns how many."""
    return connection.execute(sa.delete(draft).where(draft.c.hour <= until)).rowcount
