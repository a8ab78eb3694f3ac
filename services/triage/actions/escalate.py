"""Let a case whose promise stays missed climb to those above."""

from __future__ import annotations

from services.triage.actions.call_desk import call_desk, holder_of
from services.triage.domain.duty import in_turn
from services.triage.domain.escalation import (
    AWAY,
    OFFICER,
    OVERSIGHT,
    SUPERIOR,
    above,
    next_officer,
    oversight,
    stays_above,
)
from services.triage.domain.zones import today_in
from services.triage.store.cases import Case
from services.triage.store.clocks import clocks_of
from services.triage.store.duties import duties_from, officers_called
from services.triage.store.escalations import (
    SUPERVISOR,
    add_escalation,
    clear_people,
    end_escalation,
    escalations_of,
    excluded_units,
)
from services.triage.store.people import READERS
from shared.contracts.promises import CaseEscalated, EscalationEnded
from shared.messaging.tx import Tx
from shared.rulebook import Rulebook


def supervisors(tx: Tx, one: Case, unit: str) -> list[str]:
    """The supervisors of `unit` who may know of this case."""
    return clear_people(tx.connection, one.id, unit, (SUPERVISOR,))


def tell_supervisor(tx: Tx, rulebook: Rulebook, one: Case, clock: str) -> None:
    """A breach is for the holder and the unit's supervisors; where all supervisors are excluded,
    for the next level."""
    mine, holder = supervisors(tx, one, one.unit), holder_of(tx, one)
    if mine or holder:
        call_desk(tx, one, unit=one.unit, people=[*mine, *holder], why="breach")
    if not mine:
        _climb(tx, one, clock, AWAY, _above(tx, rulebook, one, one.unit))


def escalate(tx: Tx, rulebook: Rulebook, one: Case, clock: str, level: str) -> None:
    """To the supervisor's superior, or to the oversight unit; a unit that has it is not told twice.

    Where the unit's own supervisors are excluded, the superior is the one above who stands in.
    """
    if level == OVERSIGHT:
        out = excluded_units(tx.connection, one.id)
        to = oversight(rulebook.units, one.unit, out, lambda unit: bool(supervisors(tx, one, unit)))
    else:
        to = _above(tx, rulebook, one, one.unit)
        if to and not supervisors(tx, one, one.unit):
            to = _above(tx, rulebook, one, to)
    _climb(tx, one, clock, level, to)


def call_next_officer(tx: Tx, rulebook: Rulebook, one: Case, clock: str) -> None:
    """Nobody opened an urgent case in time: the next duty officer, else the supervisors."""
    name = _next_officer(tx, rulebook, one)
    if name is None:
        tell_supervisor(tx, rulebook, one, clock)
        return
    told = CaseEscalated(clock, OFFICER, one.unit, name)
    tx.record(told, subject=one.id)
    call_desk(tx, one, unit=one.unit, people=[name], why="unopened")


def change_line(tx: Tx, rulebook: Rulebook, one: Case) -> None:
    """`one` has gone to another unit: who was let in by lateness and is not above that unit sees it
    no more. Where it is still late, the superior there looks in their place."""
    out = excluded_units(tx.connection, one.id)
    stay = stays_above(rulebook.units, one.unit, out, lambda unit: bool(supervisors(tx, one, unit)))
    climbs = escalations_of(tx.connection, one.id)
    gone = {unit: level for unit, level in climbs.items() if unit not in stay}
    for unit in gone:
        end_escalation(tx.connection, one.id, unit)
        if unit != one.unit:
            tx.record(EscalationEnded(unit), subject=one.id)
    clocks = clocks_of(tx.connection, one.id)
    late = [run.name for run in clocks if run.is_running and run.breached_at]
    if late and SUPERIOR in gone.values():
        _climb(tx, one, late[0], SUPERIOR, _above(tx, rulebook, one, one.unit))


def _next_officer(tx: Tx, rulebook: Rulebook, one: Case) -> str | None:
    """By the unit's roster: whoever is on duty today, then who comes next, without those in
    conflict with the case or called to it before; else investigators take turns by the day."""
    officers = clear_people(tx.connection, one.id, one.unit, READERS)
    today = today_in(rulebook, one.unit, tx.at)
    roster = in_turn(duties_from(tx.connection, one.unit, today), today)
    called = officers_called(tx.connection, one.id)
    free = [name for name in roster if name in officers and name not in called]
    return free[0] if free else next_officer(officers, today)


def _above(tx: Tx, rulebook: Rulebook, one: Case, unit: str) -> str | None:
    out = excluded_units(tx.connection, one.id) | {one.unit}
    return above(rulebook.units, unit, out, lambda found: bool(supervisors(tx, one, found)))


def _climb(tx: Tx, one: Case, clock: str, level: str, to: str | None) -> None:
    if to is None or not add_escalation(tx.connection, one.id, unit=to, level=level, at=tx.at):
        return
    tx.record(CaseEscalated(clock, level, to, ""), subject=one.id)
    call_desk(tx, one, unit=to, people=supervisors(tx, one, to), why=level)
