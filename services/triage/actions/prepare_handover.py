"""Take the headers that an investigator's browser made for another unit, or drop them again.

What a header holds is known to browsers alone: the server checks its shape, that there is one for
every letter, and that they were made for the newest key of a unit that is free to take the case. A
unit that finds it cannot read asks oversight (actions/rewrap.py).
"""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy.engine import Connection

from services.triage.actions.read_case import known_case
from services.triage.actions.rewrap import MalformedHeaders, check_header
from services.triage.actions.use_handover import drop_prepared, free_units, letter_places
from services.triage.domain.handover import NOTE, REPLACED, TAKEN_BACK, Place, Prepared
from services.triage.domain.rerouting import NotReroutable, UnitInConflict
from services.triage.domain.states import STATES
from services.triage.store.cases import Case
from services.triage.store.handovers import add_handover
from services.triage.store.letters import envelope_at
from services.triage.store.merges import followers_of
from services.triage.store.notes import note_at, notes_of
from services.triage.store.people import Person, newest_epoch
from shared.contracts.rerouting import HandoverPrepared
from shared.messaging.tx import Tx
from shared.rulebook import Rulebook
from shared.runtime.errors import Conflict


class SealedElsewhere(Conflict):
    """Unit ini sendiri belum dapat membaca semua naskah, jadi tidak dapat menyiapkan bekal. Bila
    dialihkan, pengawas yang membungkus ulang kuncinya."""

    code = "sealed_elsewhere"


class HandoverOvertaken(Conflict):
    """Sementara itu datang surat baru atau kunci unit baru. Muat ulang halaman, lalu siapkan
    lagi."""

    code = "handover_overtaken"


class NothingPrepared(Conflict):
    """Tidak ada bekal yang dapat ditarik. Muat ulang halaman kasus."""

    code = "nothing_prepared"


def check_preparable(connection: Connection, one: Case) -> None:
    """Raises NotReroutable, SealedElsewhere."""
    if not STATES[one.state].is_open or followers_of(connection, one.id):
        raise NotReroutable("unit")
    if one.sealed_unit != one.unit:
        raise SealedElsewhere("unit")


def check_free(connection: Connection, rulebook: Rulebook, one: Case, unit: str) -> None:
    """Raises UnitInConflict unless the unit may take the case without overriding anything."""
    if unit not in free_units(connection, rulebook, one):
        raise UnitInConflict("unit")


def prepare_handover(
    tx: Tx,
    rulebook: Rulebook,
    who: Person,
    number: str,
    *,
    unit: str,
    epoch: int,
    headers: Mapping[Place, bytes],
) -> None:
    """Keep one header for each letter of the case, and for each note of the unit or none; what was
    prepared before is dropped.

    Raises UnknownCase, NotReroutable, SealedElsewhere, UnitInConflict, HandoverOvertaken,
    MalformedHeaders.
    """
    one = known_case(tx, who, number)
    check_preparable(tx.connection, one)
    check_free(tx.connection, rulebook, one, unit)
    letters = letter_places(tx.connection, one.id)
    if epoch != newest_epoch(tx.connection, unit) or not letters <= set(headers):
        raise HandoverOvertaken("unit")
    notes = {(NOTE, note.seq) for note in notes_of(tx.connection, one)}
    if set(headers) not in (letters, letters | notes):
        raise MalformedHeaders("unit")
    for place, header in headers.items():
        check_header(header, _file_at(tx.connection, one, place))
    drop_prepared(tx, one.id, REPLACED, who)
    prepared = Prepared(unit, epoch, tx.at, who.name, frozenset(headers))
    if not add_handover(tx.connection, one.id, prepared, headers):
        raise HandoverOvertaken("unit")
    tx.record(HandoverPrepared(unit, epoch, len(headers)), subject=one.id, by=who.name)


def _file_at(connection: Connection, one: Case, place: Place) -> bytes:
    direction, seq = place
    if direction == NOTE:
        return note_at(connection, one.id, seq) or b""
    return envelope_at(connection, one.id, direction, seq) or b""


def take_back_handover(tx: Tx, who: Person, number: str) -> None:
    """Drop what is prepared. Raises UnknownCase, NothingPrepared."""
    one = known_case(tx, who, number)
    if not drop_prepared(tx, one.id, TAKEN_BACK, who):
        raise NothingPrepared
