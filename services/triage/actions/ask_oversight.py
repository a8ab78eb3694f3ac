"""Ask oversight to re-wrap a case's files, where its unit cannot open them all."""

from __future__ import annotations

from services.triage.actions.read_case import known_case
from services.triage.store.headers import set_sealed
from services.triage.store.people import Person
from shared.contracts.rerouting import OversightAsked
from shared.messaging.tx import Tx
from shared.runtime.errors import Conflict

NOBODY = ""  # as the unit a story is sealed to: nobody at the desk is known to open all of it


class AlreadyWaiting(Conflict):
    """Pengawas sudah diminta. Kunci naskah ini menunggu dibungkus ulang."""

    code = "already_waiting"


def ask_oversight(tx: Tx, who: Person, number: str) -> None:
    """From now on the case's files are among those oversight is asked to re-wrap; what opens now
    still opens. Raises UnknownCase, AlreadyWaiting."""
    one = known_case(tx, who, number)
    if one.sealed_unit != one.unit:
        raise AlreadyWaiting
    set_sealed(tx.connection, one.id, NOBODY, one.epoch)
    tx.record(OversightAsked(one.unit), subject=one.id, by=who.name)
