"""Record promises that were missed, once each, and let waiting that is over end."""

from __future__ import annotations

from dataclasses import replace

from services.triage.actions.move_case import history_facts, shift
from services.triage.actions.turn_clocks import place_of
from services.triage.domain.lifecycle import move
from services.triage.store.cases import Case, case_by_id
from services.triage.store.clocks import Clock, mark_breached, overdue_clocks
from services.triage.store.moves import Moved, moves_of
from shared.contracts.facts import ClockBreached
from shared.messaging.tx import Tx
from shared.rulebook import Rulebook
from shared.rulebook.clocks import due
from shared.rulebook.regions import zone_info

BATCH = 100


def breach(tx: Tx, rulebook: Rulebook, most: int = BATCH) -> int:
    """Act on clocks that ran out before tx.now; returns how many.

    The desk's own promise: the fact clock.breached with the date now promised; the clock runs on
    and stays late. The reporter's time: the case goes on without an answer (a timeout never
    rejects). A clock nobody was promised is only marked.
    """
    overdue = overdue_clocks(tx.connection, tx.now, most)
    for run in overdue:
        one = case_by_id(tx.connection, run.case)
        if one is None or not mark_breached(tx.connection, run, tx.at):
            continue
        rule = rulebook.clocks[run.name]
        if rule.holder == "reporter":
            _go_on(tx, rulebook, one)
        elif rule.promised:
            _tell(tx, rulebook, one, run)
    return len(overdue)


def _tell(tx: Tx, rulebook: Rulebook, one: Case, run: Clock) -> None:
    place = place_of(rulebook, one)
    again = due(rulebook.clocks[run.name], place, tx.at, one.priority) or tx.at
    zone = zone_info(one.zone)
    promised_on, new_on = (at.astimezone(zone).date() for at in (run.due_at, again))
    tx.record(ClockBreached(run.name, promised_on, new_on), subject=one.id)


def _go_on(tx: Tx, rulebook: Rulebook, one: Case) -> None:
    """From waiting back to the work; from an unanswered result to its end."""
    known = history_facts(rulebook, one, moves_of(tx.connection, one.id))
    onward = {"waiting_reporter": known.came_from, "reporter_response": "closed"}
    if one.state not in onward:
        return
    to_state = onward[one.state]
    move(one.state, to_state, "system", replace(known, is_timed_out=True))
    shift(tx, rulebook, one, Moved(one.state, to_state, tx.at, None), holder=one.holder)
