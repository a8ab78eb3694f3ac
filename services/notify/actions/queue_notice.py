"""Note that somebody is to be told that something happened."""

from __future__ import annotations

from datetime import timedelta

from services.notify import store
from services.notify.domain.stop import StopKeys
from shared.contracts import Fact
from shared.messaging.tx import Tx
from shared.runtime.clock import floor
from shared.runtime.ids import random_id

_UNIT = "unit:"


def unit_holder(unit: str) -> str:
    """How a unit stands among the addresses: no complaint's id looks like it."""
    return _UNIT + unit


def tell_reporter(tx: Tx, fact: Fact) -> bool:
    """Queue a notice for the reporter of `fact`'s complaint; False when no address was left."""
    subject = fact.subject
    if subject is None or store.recipient_of(tx.connection, subject) is None:
        return False
    return _queue(tx, fact, holder=subject, subject=subject)


def tell_unit(tx: Tx, fact: Fact, unit: str, stop_keys: StopKeys) -> bool:
    """Queue a notice for `unit`; False when it was told of this case before."""
    if fact.subject is None:
        return False
    holder = unit_holder(unit)
    if store.recipient_of(tx.connection, holder) is None:
        row = store.Recipient(holder, sealed=None, lang="id", stopped=False)
        store.add_recipient(tx.connection, row, stop_keys.mark(holder))
    return _queue(tx, fact, holder=holder, subject=fact.subject, unit=unit)


def _queue(tx: Tx, fact: Fact, *, holder: str, subject: str, unit: str | None = None) -> bool:
    new = store.Notice(random_id(), holder, subject, unit, fact.type, fact.id, attempts=0)
    # Not our own clock: the second in which we hear of a filing is the second of the filing.
    return store.add_notice(tx.connection, new, due=floor(fact.at, timedelta(hours=1)))
