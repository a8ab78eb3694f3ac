"""Let happen what is due: warnings, breaches, escalations, and waiting that is over."""

from __future__ import annotations

from services.triage.actions.breach import breach
from services.triage.actions.escalate import escalate
from services.triage.actions.turn_clocks import place_of
from services.triage.actions.warn import warn
from services.triage.domain.clocks import REPORTER
from services.triage.domain.stages import BREACH, NAMES, OVER, stage_at, stage_reached
from services.triage.store.cases import Case, case_by_id
from services.triage.store.clocks import Clock, advance, due_clocks
from shared.messaging.tx import Tx
from shared.rulebook import Rulebook

BATCH = 100


def tick(tx: Tx, rulebook: Rulebook, most: int = BATCH) -> int:
    """Act on at most `most` running clocks whose next stage was reached before tx.now.

    Returns how many were due. Each stage of a round happens once, however many ask: whoever finds
    the clock gone on already does nothing.
    """
    found = due_clocks(tx.connection, tx.now, most)
    for run in found:
        one = case_by_id(tx.connection, run.case)
        if one is not None:
            _go_on(tx, rulebook, one, run)
    return len(found)


def _go_on(tx: Tx, rulebook: Rulebook, one: Case, run: Clock) -> None:
    rule = rulebook.clocks.get(run.name)
    if rule is None:  # a rule that is no more: the round runs on unwatched
        advance(tx.connection, run, stage=OVER, next_at=None, breached_at=run.breached_at)
        return
    place = place_of(rulebook, one)
    stage = stage_reached(place, run, run.stage, tx.now)
    breached_at = tx.at if stage == BREACH else run.breached_at
    next_at = stage_at(place, run, stage + 1, one.priority)
    if not advance(tx.connection, run, stage=stage + 1, next_at=next_at, breached_at=breached_at):
        return
    if stage < BREACH:
        warn(tx, rule, one, stage)
    elif stage == BREACH:
        breach(tx, rulebook, one, run)
    elif rule.holder != REPORTER:
        escalate(tx, rulebook, one, run.name, NAMES[stage])
