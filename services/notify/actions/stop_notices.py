"""Stop the notices to whoever holds a stop link, or send them again."""

from __future__ import annotations

from services.notify import store
from services.notify.domain.holders import subject_of
from services.notify.domain.stop import StopKeys
from shared.contracts.private import NoticesResumed, NoticesStopped
from shared.messaging.tx import Tx


def stop_notices(tx: Tx, token: str, stop_keys: StopKeys) -> None:
    """Send nothing more to the holder of `token`; an unknown token changes nothing."""
    _set(tx, token, stop_keys, stopped=True)


def resume_notices(tx: Tx, token: str, stop_keys: StopKeys) -> None:
    """Take the stop back; an unknown token changes nothing."""
    _set(tx, token, stop_keys, stopped=False)


def _set(tx: Tx, token: str, stop_keys: StopKeys, *, stopped: bool) -> None:
    mark = stop_keys.mark_of(token)
    found = None if mark is None else store.recipient_by_mark(tx.connection, mark)
    if found is None or not store.set_stopped(tx.connection, found.holder, stopped=stopped):
        return
    # A unit or a person of the desk is nobody's complaint: the fact stands in our own row.
    subject = subject_of(found.holder)
    tx.record(NoticesStopped() if stopped else NoticesResumed(), subject=subject)
