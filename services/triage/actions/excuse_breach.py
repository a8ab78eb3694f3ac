"""Excuse a missed promise: another person's judgement, with a reason; it stays counted."""

from __future__ import annotations

from services.triage.actions.call_desk import call_holder
from services.triage.actions.read_case import known_case
from services.triage.store.excuses import Excuse, add_excuse, missed_of
from services.triage.store.people import Person
from shared.contracts.promises import BreachExcused
from shared.messaging.tx import Tx
from shared.runtime.errors import Conflict, Refused


class OwnBreach(Refused):
    """Anda memegang kasus ini. Orang lain yang harus memaklumi keterlambatannya."""

    code = "own_breach"


class NothingMissed(Conflict):
    """Keterlambatan ini tidak ada atau sudah dimaklumi. Muat ulang halaman kasus."""

    code = "nothing_missed"


class NoExcuse(Refused):
    """Tulis mengapa janji ini terlewat, paling sedikit 10 huruf."""

    code = "no_excuse"


def excuse_breach(tx: Tx, who: Person, number: str, *, clock: str, nth: int, reason: str) -> None:
    """Excuse the breach of round `nth` of `clock`; every count of it stays as it is.

    Raises UnknownCase, OwnBreach, NoExcuse, NothingMissed.
    """
    one = known_case(tx, who, number)
    if who.name == one.holder:
        raise OwnBreach("tenggat")
    reason = reason.strip()
    if len(reason) < 10:
        raise NoExcuse("alasan")
    missed = {(each.name, each.round) for each in missed_of(tx.connection, one.id)}
    row = Excuse(one.id, clock, nth, tx.at, who.name, reason)
    if (clock, nth) not in missed or not add_excuse(tx.connection, row):
        raise NothingMissed("tenggat")
    tx.record(BreachExcused(clock, nth, reason), subject=one.id, by=who.name)
    call_holder(tx, one, "excused", by=who.name)
