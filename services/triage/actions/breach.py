"""Record a promise that was missed, or let waiting that is over end."""

from __future__ import annotations

from dataclasses import replace

from services.triage.actions.escalate import call_next_officer, tell_supervisor
from services.triage.actions.move_case import history_facts, shift
from services.triage.actions.turn_clocks import OPENING, place_of
from services.triage.domain.clocks import REPORTER
from services.triage.domain.lifecycle import move
from services.triage.store.cases import Case
from services.triage.store.clocks import Clock
from services.triage.store.merges import followers_of
from services.triage.store.moves import Moved, moves_of
from shared.contracts.facts import ClockBreached
from shared.contracts.promises import ClockMissed
from shared.messaging.tx import Tx
from shared.rulebook import Rulebook
from shared.rulebook.clocks import due
from shared.rulebook.regions import zone_info


def breach(tx: Tx, rulebook: Rulebook, one: Case, run: Clock) -> None:
    """Act on a clock that ran out.

    The desk's own promise: the fact clock.breached with the date now promised; the clock runs on
    and stays late. The reporter's time: the case goes on without an answer (a timeout never
    rejects). A clock nobody was promised: a fact that stays in the house. An urgent case nobody
    opened goes to the next duty officer, everything else to the supervisor.
    """
    rule = rulebook.clocks[run.name]
    if rule.holder == REPORTER:
        _go_on(tx, rulebook, one)
        return
    _record(tx, rulebook, one, run)
    if run.name == OPENING:
        call_next_officer(tx, rulebook, one, run.name)
    else:
        tell_supervisor(tx, rulebook, one, run.name)


def _record(tx: Tx, rulebook: Rulebook, one: Case, run: Clock) -> None:
    rule = rulebook.clocks[run.name]
    zone = zone_info(one.zone)
    due_on = run.due_at.astimezone(zone).date()
    if not rule.promised:
        tx.record(ClockMissed(run.name, due_on), subject=one.id)
        return
    again = due(rule, place_of(rulebook, one), tx.at, one.priority) or tx.at
    new_on = again.astimezone(zone).date()
    for id in (one.id, *followers_of(tx.connection, one.id)):
        tx.record(ClockBreached(run.name, due_on, new_on), subject=id)


def _go_on(tx: Tx, rulebook: Rulebook, one: Case) -> None:
    """From waiting back to the work; from an unanswered result to its end."""
    known = history_facts(rulebook, one, moves_of(tx.connection, one.id))
    onward = {"waiting_reporter": known.came_from, "reporter_response": "closed"}
    if one.state not in onward:
        return
    to_state = onward[one.state]
    move(one.state, to_state, "system", replace(known, is_timed_out=True))
    shift(tx, rulebook, one, Moved(one.state, to_state, tx.at, None), holder=one.holder)
