"""Keep a report that is being written, for whoever holds its key and for an hour (ADR 14)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy.engine import Connection

from services.complaints.domain import draft as drafts
from services.complaints.domain.draft import Draft, Kept
from services.complaints.domain.reading import MOST_LETTERS, StoryTooLong
from services.complaints.store import drafts as store
from services.complaints.store import forget_parts
from shared.crypto.errors import CannotOpen
from shared.crypto.pocket import MOST_BYTES, Pocket
from shared.messaging.tx import Transactions
from shared.runtime.blobs import Blobs
from shared.runtime.clock import floor

_HOUR = timedelta(hours=1)


def put_draft(connection: Connection, pocket: Pocket, kept: Kept, now: datetime) -> None:
    """Keep it as touched now; raises StoryTooLong when it has more words than any report holds."""
    content = drafts.write(replace(kept, touched=now))
    if len(content) > MOST_BYTES:
        raise StoryTooLong("story", most=MOST_LETTERS)
    store.put_draft(connection, pocket.name, pocket.seal(content), floor(now, _HOUR))


def open_draft(
    connection: Connection, pocket: Pocket, now: datetime, *, lock: bool = False
) -> Kept | None:
    """What this key opens; None when there is nothing, or nobody touched it for an hour."""
    sealed = store.sealed_draft(connection, pocket.name, lock=lock)
    if sealed is None:
        return None
    try:
        kept = drafts.read(pocket.open(sealed))
    except CannotOpen:
        return None
    return None if drafts.is_over(kept, now) else kept


def change_draft(
    connection: Connection, pocket: Pocket, change: Callable[[Draft], Kept], now: datetime
) -> Kept | None:
    """Change the draft as it stands now; what is sent, or gone, stays so. Returns what is kept."""
    kept = open_draft(connection, pocket, now, lock=True)
    if isinstance(kept, Draft):
        kept = change(kept)
        put_draft(connection, pocket, kept, now)
    return kept


def drop_draft(connection: Connection, pocket: Pocket) -> None:
    """Nothing is left of it."""
    store.drop_draft(connection, pocket.name)


def forget_drafts(transactions: Transactions, blobs: Blobs, now: datetime) -> int:
    """Drop every row that must have been idle for an hour, and the files that waited for it;
    returns how many rows."""
    until = floor(now, _HOUR) - 2 * _HOUR
    with transactions.begin() as tx:
        names = store.files_of_drafts(tx.connection, until)
        forget_parts(tx.connection, names)
        dropped = store.drop_drafts(tx.connection, until)
    for name in names:
        blobs.drop_parts(name)
    return dropped
