"""Let somebody who lost passphrase or app enrol anew: two key officers, one after the other."""

from __future__ import annotations

from datetime import timedelta

from services.triage.actions.change_staff import (
    LONGEST_REASON,
    RemovalReasonMissing,
    person_in_reach,
)
from services.triage.actions.invite_person import new_link
from services.triage.store.factors import (
    Reset,
    add_reset,
    drop_factor,
    end_reset,
    reset_of,
    void_keys,
)
from services.triage.store.people import Person, end_sessions_of
from shared.contracts.staff import ResetApproved, ResetAsked, ResetRefused
from shared.messaging.tx import Tx
from shared.rulebook import Rulebook
from shared.runtime.errors import Conflict, Refused

WAITS = timedelta(days=7)


class AnotherOfficer(Refused):
    """Anda yang memintanya. Petugas kunci lain yang menyetujui."""

    code = "another_officer"


class NoResetAsked(Conflict):
    """Tidak ada permintaan daftar ulang yang menunggu, atau sudah lewat tujuh hari."""

    code = "no_reset_asked"


def ask_reset(tx: Tx, rulebook: Rulebook, who: Person, name: str, reason: str) -> None:
    """Ask that this person enrols anew; nothing changes for them yet."""
    found = person_in_reach(tx, rulebook, who, name)
    said = " ".join(reason.split())
    if not said or len(said) > LONGEST_REASON or not said.isprintable():
        raise RemovalReasonMissing("sebab")
    add_reset(tx.connection, Reset(found.name, who.name, said, tx.now))
    tx.record(ResetAsked(found.name, said), by=who.name)


def approve_reset(tx: Tx, rulebook: Rulebook, who: Person, name: str) -> str:
    """Void keys and second factor, end every session; returns the token of the new link.

    Never by the officer who asked. Raises NoResetAsked, AnotherOfficer, UnknownPerson, NotYourself.
    """
    found = person_in_reach(tx, rulebook, who, name)
    asked = reset_of(tx.connection, found.name)
    if asked is None or tx.now - asked.asked_at > WAITS:
        raise NoResetAsked
    if asked.by == who.name:
        raise AnotherOfficer("setuju")
    end_reset(tx.connection, found.name)
    void_keys(tx.connection, found.name, tx.at)
    drop_factor(tx.connection, found.name)
    end_sessions_of(tx.connection, found.name)
    tx.record(ResetApproved(found.name), by=who.name)
    return new_link(tx, found, (), by=who.name, renews=True)


def refuse_reset(tx: Tx, rulebook: Rulebook, who: Person, name: str) -> None:
    """Drop the wish; any key officer may, the one who asked as well."""
    found = person_in_reach(tx, rulebook, who, name)
    if not end_reset(tx.connection, found.name):
        raise NoResetAsked
    tx.record(ResetRefused(found.name), by=who.name)
