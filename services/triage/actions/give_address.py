"""Give the work address warnings go to, or take it back: sealed to notify, never kept here."""

from __future__ import annotations

from services.triage.store.people import Person
from services.triage.store.reach import empty_sealed, mark_reachable, mark_unreachable
from shared.contracts.reach import PersonAddressDropped, PersonAddressKept
from shared.crypto.sealing import seal_json
from shared.messaging.tx import Tx


def seal_address(address: str, who: Person, recipient: str) -> bytes:
    """{"person", "address"} sealed to notify; it stands for this person and for no other."""
    return seal_json({"person": who.name, "address": address}, recipient)


def give_address(tx: Tx, who: Person, sealed: bytes, lang: str) -> None:
    """Tell notify; an earlier address is replaced, and a stop taken back."""
    empty_sealed(tx.connection, who.name)
    mark_reachable(tx.connection, who.name, tx.at)
    tx.record(PersonAddressKept(who.name, lang), parts={"contact": sealed}, by=who.name)


def drop_address(tx: Tx, name: str, *, by: str) -> bool:
    """Let notify forget where this person is written to; False when there was nothing."""
    empty_sealed(tx.connection, name)
    if not mark_unreachable(tx.connection, name):
        return False
    tx.record(PersonAddressDropped(name), by=by)
    return True
