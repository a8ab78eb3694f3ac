"""What was prepared for a case's next unit: used when the case goes there, dropped otherwise."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.engine import Connection

from services.triage.domain.handover import NOTE, OTHER_UNIT, Place, Prepared, Standing, fault_of
from services.triage.domain.rerouting import FREE
from services.triage.domain.states import STATES
from services.triage.store.cases import Case, case_by_id
from services.triage.store.handovers import (
    drop_handover,
    handover_of,
    prepared_cases,
    prepared_headers,
)
from services.triage.store.headers import put_header, set_sealed
from services.triage.store.letters import letters_of
from services.triage.store.notes import put_note_header
from services.triage.store.people import Person, newest_epoch
from services.triage.store.reroutes import open_options
from shared.contracts.rerouting import CaseHandedOver, HandoverDropped
from shared.messaging.tx import Tx
from shared.rulebook import Rulebook


def letter_places(connection: Connection, id: str) -> set[Place]:
    """Where a file lies that the next unit must be able to open."""
    return {(one.direction, one.seq) for one in letters_of(connection, id)}


def free_units(connection: Connection, rulebook: Rulebook, one: Case) -> list[str]:
    """The units that may take the case without overriding anything, in the route's order."""
    return [seen.unit for seen in open_options(connection, rulebook, one) if seen.way == FREE]


def handover_fault(
    connection: Connection, rulebook: Rulebook, one: Case, prepared: Prepared, now: datetime
) -> str:
    """Why what is prepared for the case may be used no more, "" while it may."""
    standing = Standing(
        is_open=STATES[one.state].is_open,
        is_free=prepared.unit in free_units(connection, rulebook, one),
        epoch=newest_epoch(connection, prepared.unit),
        letters=letter_places(connection, one.id),
    )
    return fault_of(prepared, standing, now)


def ready_for(tx: Tx, rulebook: Rulebook, one: Case, unit: str) -> str:
    """Asked before the case goes to `unit`: "" when all is prepared for that unit, else why not."""
    prepared = handover_of(tx.connection, one.id)
    if prepared is None or prepared.unit != unit:
        return OTHER_UNIT
    return handover_fault(tx.connection, rulebook, one, prepared, tx.now)


def settle_handover(tx: Tx, one: Case, who: Person, unit: str, fault: str) -> None:
    """The case went to `unit`, which reads at once unless `fault` says why it may not."""
    if fault:
        drop_prepared(tx, one.id, fault, who)
        return
    prepared = handover_of(tx.connection, one.id)
    if prepared is None:
        return
    for place, header in prepared_headers(tx.connection, one.id).items():
        if place[0] == NOTE:
            put_note_header(tx.connection, one.id, unit, place[1], header)
        else:
            put_header(tx.connection, one.id, unit, place, header, tx.at)
    drop_handover(tx.connection, one.id)
    set_sealed(tx.connection, one.id, unit, prepared.epoch)
    tx.record(CaseHandedOver(unit, len(prepared.places)), subject=one.id, by=who.name)


def drop_prepared(tx: Tx, id: str, why: str, who: Person | None = None) -> bool:
    """Forget what is prepared, and record why; False when nothing is."""
    prepared = handover_of(tx.connection, id)
    if prepared is None:
        return False
    drop_handover(tx.connection, id)
    tx.record(HandoverDropped(prepared.unit, why), subject=id, by=who.name if who else None)
    return True


def drop_stale_handovers(tx: Tx, rulebook: Rulebook) -> int:
    """Drop what may be used no more; returns how many."""
    dropped = 0
    for id in prepared_cases(tx.connection):
        one, prepared = case_by_id(tx.connection, id), handover_of(tx.connection, id)
        if one is None or prepared is None:
            continue
        fault = handover_fault(tx.connection, rulebook, one, prepared, tx.now)
        dropped += bool(fault) and drop_prepared(tx, id, fault)
    return dropped
