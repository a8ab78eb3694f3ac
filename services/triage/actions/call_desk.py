"""Ask notify to tell people of the desk that a case needs them."""

from __future__ import annotations

from collections.abc import Sequence

from services.triage.store.cases import Case
from services.triage.store.escalations import SUPERVISOR, clear_people, is_whole_unit_clear
from services.triage.store.people import READERS
from shared.contracts.promises import NEW_CASE, DeskCalled
from shared.messaging.tx import Tx


def call_desk(tx: Tx, one: Case, *, unit: str, people: Sequence[str], why: str) -> None:
    """The fact desk.called for `people` of `unit`, who may all know of the case.

    The unit's own address is named only where nobody who may read its post is in conflict with
    the case: a notice is the first thing by which an excluded person would learn of it.
    """
    post = unit if is_whole_unit_clear(tx.connection, one.id, unit) else ""
    if people or post:
        tx.record(DeskCalled(one.number, why, post, list(people)), subject=one.id)


def call_holder(tx: Tx, one: Case, why: str, *, by: str) -> None:
    """The fact desk.called for whoever holds the case, unless they did it themselves (`by`)."""
    holder = [name for name in holder_of(tx, one) if name != by]
    if holder:
        tx.record(DeskCalled(one.number, why, "", holder), subject=one.id)


def holder_of(tx: Tx, one: Case) -> list[str]:
    """The name of whoever holds the case, where they may know of it; else nothing."""
    clear = clear_people(tx.connection, one.id, one.unit, READERS)
    return [name for name in clear if name == one.holder]


def announce(tx: Tx, one: Case, unit: str) -> None:
    """Tell `unit` that there is a case on its desk."""
    people = clear_people(tx.connection, one.id, unit, (*READERS, SUPERVISOR))
    call_desk(tx, one, unit=unit, people=people, why=NEW_CASE)
