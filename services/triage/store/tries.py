"""Failed sign-ins, counted by the hash of the name that was typed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from services.triage.store.tables import sign_in_try as tries
from shared.runtime.database import insert_once


@dataclass(frozen=True)
class Tries:
    """Failures in a row and when the last one was."""

    failures: int
    last_at: datetime


def tries_of(connection: Connection, name_hash: bytes, now: datetime) -> Tries:
    """The count for this name, held against others until the transaction ends."""
    insert_once(connection, tries, {"name_hash": name_hash, "failures": 0, "last_at": now})
    query = sa.select(tries.c.failures, tries.c.last_at).where(tries.c.name_hash == name_hash)
    row = connection.execute(query.with_for_update()).one()
    return Tries(row.failures, row.last_at)


def count_failure(connection: Connection, name_hash: bytes, failures: int, at: datetime) -> None:
    """This try failed too."""
    change = tries.update().where(tries.c.name_hash == name_hash)
    connection.execute(change.values(failures=failures, last_at=at))


def forget_failures(connection: Connection, name_hash: bytes) -> None:
    """The person proved who they are."""
    connection.execute(tries.delete().where(tries.c.name_hash == name_hash))


def drop_old_tries(connection: Connection, before: datetime) -> int:
    """Forget failures nobody followed up; returns how many names."""
    return connection.execute(tries.delete().where(tries.c.last_at < before)).rowcount
