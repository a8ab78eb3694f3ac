"""Count due dates again after the calendar has changed: the one act that moves them."""

from __future__ import annotations

from dataclasses import replace

from services.triage.actions.turn_clocks import nearest_due, place_of
from services.triage.domain.clocks import recomputed
from services.triage.domain.stages import stage_at
from services.triage.store.cases import Case, case_by_id, set_due
from services.triage.store.clocks import Clock, cases_in_time, clocks_of, move_due
from shared.contracts.promises import ClockAdjusted, ClockRecomputed
from shared.messaging.tx import Tx
from shared.rulebook import Rulebook
from shared.rulebook.regions import zone_info
from shared.runtime.errors import Refused

BATCH = 200


class ReasonTooShort(Refused):
    """Tulis alasan perubahan kalender, paling sedikit 10 dan paling banyak 500 huruf."""

    code = "reason_too_short"


def recompute_due(
    tx: Tx, rulebook: Rulebook, reason: str, *, after: str = "", most: int = BATCH
) -> tuple[str, int]:
    """Recompute the running clocks of at most `most` cases whose ids follow `after`.

    Returns the last case's id ("" when there was none) and how many dates moved. The same again
    moves nothing. What was missed stays missed, and a date is never moved to before now: nobody
    comes to be late in hindsight. Raises ReasonTooShort.
    """
    if not 10 <= len(reason.strip()) <= 500:
        raise ReasonTooShort("reason")
    ids, moved = cases_in_time(tx.connection, after, most), 0
    for id in ids:
        one = case_by_id(tx.connection, id)
        if one is not None:
            moved += _recompute(tx, rulebook, one, reason.strip())
    return (ids[-1] if ids else ""), moved


def _recompute(tx: Tx, rulebook: Rulebook, one: Case, reason: str) -> int:
    runs, moved = clocks_of(tx.connection, one.id), 0
    for n, run in enumerate(runs):
        if run.is_running and run.breached_at is None and run.name in rulebook.clocks:
            due_at = recomputed(rulebook.clocks, place_of(rulebook, one), runs, run.name)
            if due_at is None or due_at == run.due_at or due_at <= tx.now:
                continue
            runs[n] = replace(run, due_at=due_at)
            moved += _move(tx, rulebook, one, run, runs[n], reason)
    if moved:
        running = sorted((run for run in runs if run.is_running), key=lambda run: run.due_at)
        set_due(tx.connection, one.id, nearest_due(running))
    return moved


def _move(tx: Tx, rulebook: Rulebook, one: Case, was: Clock, new: Clock, reason: str) -> bool:
    next_at = stage_at(place_of(rulebook, one), new, new.stage, one.priority)
    if not move_due(tx.connection, was, new.due_at, next_at):
        return False
    zone = zone_info(one.zone)
    was_on, new_on = (at.astimezone(zone).date() for at in (was.due_at, new.due_at))
    tx.record(ClockAdjusted(was.name, was_on, new_on, reason), subject=one.id)
    if rulebook.clocks[was.name].promised:
        tx.record(ClockRecomputed(was.name, was_on, new_on), subject=one.id)
    return True
