"""Put people of a unit on duty, take them off, put them back: each a fact."""

from __future__ import annotations

from datetime import date, timedelta

from services.triage.domain.zones import today_in
from services.triage.store.duties import Duty, add_duty, duty_of, set_dropped
from services.triage.store.people import READERS, Person, person_named
from shared.contracts.duty import DutyDropped, DutySet
from shared.messaging.tx import Tx
from shared.rulebook import Rulebook
from shared.runtime.errors import NotFound, Refused
from shared.runtime.ids import random_id

LONGEST = timedelta(days=366)


class NotOnThisDesk(Refused):
    """Pilih seorang penyidik unit ini."""

    code = "not_on_this_desk"


class DutyEndsBeforeItBegins(Refused):
    """Hari terakhir jatuh sebelum hari pertama. Perbaiki salah satunya."""

    code = "duty_ends_before_it_begins"


class DutyOutOfReach(Refused):
    """Piket diatur mulai hari ini sampai paling lama setahun ke depan. Pilih hari lain."""

    code = "duty_out_of_reach"


class UnknownDuty(NotFound):
    """Piket ini tidak ada di unit Anda. Muat ulang halaman piket."""

    code = "unknown_duty"


def set_duty(
    tx: Tx, rulebook: Rulebook, who: Person, name: str, *, first: date, last: date
) -> None:
    """Raises NotOnThisDesk, DutyEndsBeforeItBegins, DutyOutOfReach."""
    found = person_named(tx.connection, name) if name.isprintable() else None
    if found is None or found.unit != who.unit or found.role not in READERS:
        raise NotOnThisDesk("siapa")
    if last < first:
        raise DutyEndsBeforeItBegins("sampai")
    today = today_in(rulebook, who.unit, tx.now)
    if last < today or last > today + LONGEST:
        raise DutyOutOfReach("sampai")
    add_duty(tx.connection, Duty(random_id(), who.unit, name, first, last))
    tx.record(DutySet(who.unit, name, first, last), by=who.name)


def drop_duty(tx: Tx, who: Person, id: str) -> None:
    """The same again changes nothing. Raises UnknownDuty."""
    one = _known(tx, who, id)
    if one.dropped_at is None:
        set_dropped(tx.connection, id, tx.at)
        tx.record(DutyDropped(one.unit, one.person, one.first, one.last), by=who.name)


def restore_duty(tx: Tx, who: Person, id: str) -> None:
    """Put it back; the same again changes nothing. Raises UnknownDuty."""
    one = _known(tx, who, id)
    if one.dropped_at is not None:
        set_dropped(tx.connection, id, None)
        tx.record(DutySet(one.unit, one.person, one.first, one.last), by=who.name)


def _known(tx: Tx, who: Person, id: str) -> Duty:
    one = duty_of(tx.connection, who.unit, id)
    if one is None:
        raise UnknownDuty
    return one
