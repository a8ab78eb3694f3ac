"""One deliverer at a time, on however many machines the worker runs."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa

from shared.runtime.database import Database

# Any number will do as long as nothing else in this database locks it.
_ADVISORY = 0x6B61_6261  # "kaba"


@contextmanager
def turn_to_deliver(database: Database) -> Iterator[bool]:
    """True for the one process that may deliver until the block ends, False for the others.

    It is no transaction: nothing stays locked against readers or writers while a mail server
    takes its time. A killed process gives its turn back at once (flock(2); the end of a
    PostgreSQL session), so nothing needs a lease, which would be a time on disk.
    """
    if database.is_sqlite:
        with _file_turn(f"{database.engine.url.database}.delivery") as is_ours:
            yield is_ours
    else:
        with _session_turn(database) as is_ours:
            yield is_ours


@contextmanager
def _file_turn(path: str) -> Iterator[bool]:
    file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        yield False
    else:
        yield True
    finally:
        os.close(file)


@contextmanager
def _session_turn(database: Database) -> Iterator[bool]:
    with database.engine.connect() as raw:
        connection = raw.execution_options(isolation_level="AUTOCOMMIT")
        is_ours = bool(connection.scalar(sa.select(sa.func.pg_try_advisory_lock(_ADVISORY))))
        try:
            yield is_ours
        finally:
            if is_ours:
                connection.scalar(sa.select(sa.func.pg_advisory_unlock(_ADVISORY)))
