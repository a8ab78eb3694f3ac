"""Remove a person or change their role: effective at once, and never by oneself."""

from __future__ import annotations

from services.triage.actions.give_address import drop_address
from services.triage.actions.invite_person import check_role, reach
from services.triage.store.people import Person, end_sessions_of, person_named
from services.triage.store.staff import mark_removed, set_role
from shared.contracts.staff import PersonRemoved, PersonRoleChanged
from shared.messaging.tx import Tx
from shared.rulebook import Rulebook
from shared.runtime.errors import NotFound, Refused

LONGEST_REASON = 500


class UnknownPerson(NotFound):
    """Tidak ada petugas dengan nama itu di unit yang Anda urus."""

    code = "unknown_person"


class NotYourself(Refused):
    """Peran dan keanggotaan Anda sendiri diubah oleh petugas kunci lain."""

    code = "not_yourself"


class RemovalReasonMissing(Refused):
    """Tulis alasannya dalam satu kalimat, paling banyak 500 huruf."""

    code = "removal_reason_missing"


def person_in_reach(tx: Tx, rulebook: Rulebook, who: Person, name: str) -> Person:
    """The person a key officer may change; raises UnknownPerson, NotYourself."""
    found = person_named(tx.connection, name)
    if found is None or found.unit not in reach(rulebook, who):
        raise UnknownPerson
    if found.name == who.name:
        raise NotYourself
    return found


def remove_person(tx: Tx, rulebook: Rulebook, who: Person, name: str, reason: str) -> None:
    """End every session, forget keys and address; what the person did stays under their name."""
    found = person_in_reach(tx, rulebook, who, name)
    said = " ".join(reason.split())
    if not said or len(said) > LONGEST_REASON or not said.isprintable():
        raise RemovalReasonMissing("alasan")
    end_sessions_of(tx.connection, found.name)
    mark_removed(tx.connection, found.name, tx.at)
    drop_address(tx, found.name, by=who.name)
    tx.record(PersonRemoved(found.name, said), by=who.name)


def change_role(tx: Tx, rulebook: Rulebook, who: Person, name: str, role: str) -> None:
    """Give another role and end every session; the same role again changes nothing."""
    found = person_in_reach(tx, rulebook, who, name)
    check_role(rulebook, found.unit, role)
    if role == found.role:
        return
    set_role(tx.connection, found.name, role, tx.at)
    end_sessions_of(tx.connection, found.name)
    tx.record(PersonRoleChanged(found.name, found.role, role), by=who.name)
