"""Note that somebody is to be told that something happened."""

from __future__ import annotations

from datetime import timedelta

from services.notify import store
from services.notify.domain.holders import person_holder, unit_holder
from services.notify.domain.stop import StopKeys
from shared.contracts import Fact
from shared.contracts.promises import NEW_CASE, DeskCalled
from shared.messaging.tx import Tx
from shared.runtime.clock import floor
from shared.runtime.ids import random_id

_CALL = "call:"
# Who reads the post of a unit above may not all see the case that climbed to its supervisors; a
# new case is told without its number, as it always was.
_NAMELESS = frozenset({NEW_CASE, "away", "superior", "oversight"})


def why_of(kind: str) -> str:
    """Why the desk is called, "" for a reporter's notice."""
    return kind.removeprefix(_CALL) if kind.startswith(_CALL) else ""


def tell_reporter(tx: Tx, fact: Fact) -> bool:
    """Queue a notice for the reporter of `fact`'s complaint; False when no address was left."""
    subject = fact.subject
    if subject is None or store.recipient_of(tx.connection, subject) is None:
        return False
    return queue(tx, fact, holder=subject, subject=subject)


def call_desk(tx: Tx, fact: Fact, called: DeskCalled, stop_keys: StopKeys) -> bool:
    """Queue a notice for the desk; False when there is no address that may be used."""
    if fact.subject is None or not called.unit:
        return False
    holder = _unit_among_addresses(tx, called.unit, stop_keys)
    number = None if called.why in _NAMELESS else called.number
    kind = _CALL + called.why
    return queue(tx, fact, holder=holder, subject=fact.subject, kind=kind, number=number)


def call_people(tx: Tx, fact: Fact, called: DeskCalled) -> int:
    """Queue a notice for each who is named and gave an address; returns how many.

    All of them may know of the case, so each is told its number. A new case that the unit's own
    post tells of is no news for everybody in it.
    """
    if fact.subject is None or (called.why == NEW_CASE and called.unit):
        return 0
    held = [person_holder(name) for name in dict.fromkeys(called.people)]
    reached = [one for one in held if store.recipient_of(tx.connection, one) is not None]
    kind, number = _CALL + called.why, called.number
    for one in reached:
        queue(tx, fact, holder=one, subject=fact.subject, kind=kind, number=number)
    return len(reached)


def _unit_among_addresses(tx: Tx, unit: str, stop_keys: StopKeys) -> str:
    holder = unit_holder(unit)
    if store.recipient_of(tx.connection, holder) is None:
        row = store.Recipient(holder, sealed=None, lang="id", stopped=False)
        store.add_recipient(tx.connection, row, stop_keys.mark(holder))
    return holder


def queue(
    tx: Tx, fact: Fact, *, holder: str, subject: str, kind: str = "", number: str | None = None
) -> bool:
    """Let a notice wait for `holder`; `subject` is "" where it is about nobody's complaint."""
    new = store.Notice(
        random_id(), holder, subject, None, kind or fact.type, fact.id, attempts=0, number=number
    )
    # Not our own clock: the second in which we hear of a filing is the second of the filing.
    return store.add_notice(tx.connection, new, due=floor(fact.at, timedelta(hours=1)))
