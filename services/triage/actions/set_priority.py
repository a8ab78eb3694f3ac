"""Give a case another priority than the machine did, with a reason."""

from __future__ import annotations

from services.triage.actions.move_case import StaleCase
from services.triage.actions.read_case import known_case
from services.triage.store.cases import change_case
from services.triage.store.people import Person
from services.triage.store.priorities import Change, add_change
from shared.contracts.casework import PriorityChanged
from shared.messaging.tx import Tx
from shared.runtime.errors import Conflict, Refused


class SamePriority(Conflict):
    """Kasus ini sudah berprioritas %(priority)s. Pilih yang lain."""

    code = "same_priority"


class PriorityUnexplained(Refused):
    """Tulis mengapa prioritasnya berubah."""

    code = "priority_unexplained"


def set_priority(
    tx: Tx, who: Person, number: str, *, priority: str, reason: str, version: int
) -> None:
    """Running clocks keep their due times, since their dates were promised; clocks that start from
    now on take the new priority's limits.

    Raises UnknownCase, StaleCase, SamePriority, PriorityUnexplained.
    """
    one = known_case(tx, who, number)
    stale = StaleCase("versi", who=one.changed_by or "–", state=one.state)
    if one.version != version:
        raise stale
    if priority == one.priority:
        raise SamePriority("prioritas", priority=priority)
    if not reason.strip():
        raise PriorityUnexplained("alasan")
    if not change_case(tx.connection, one, priority=priority, changed_by=who.name):
        raise stale
    change = Change(one.priority, priority, tx.at, who.name, reason.strip())
    add_change(tx.connection, one.id, change)
    told = PriorityChanged(change.from_priority, change.to_priority, change.reason)
    tx.record(told, subject=one.id, by=who.name)
