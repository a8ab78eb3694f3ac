"""Turn a case's clocks when it moves, and say which promises run from then on."""

from __future__ import annotations

from datetime import UTC, datetime

from services.triage.domain.clocks import Step, renew, turn
from services.triage.store.cases import Case, set_due
from services.triage.store.clocks import (
    clocks_of,
    running_clocks,
    start_clock,
    stop_clocks,
)
from shared.contracts.facts import Promise
from shared.messaging.tx import Tx
from shared.rulebook import Rulebook
from shared.rulebook.clocks import Place
from shared.rulebook.regions import zone_info

NEWS = "news"
# What the queue sorts by when no clock runs: after everything.
NEVER = datetime(9999, 12, 31, tzinfo=UTC)


def place_of(rulebook: Rulebook, one: Case) -> Place:
    """Where the case is, as its clocks see it."""
    return Place(rulebook.calendar, one.zone, one.disclosed["office_region"])


def turn_clocks(tx: Tx, rulebook: Rulebook, one: Case, step: Step) -> list[Promise]:
    """Stop and start what this step asks for; keep the nearest due time beside the case."""
    runs = clocks_of(tx.connection, one.id)
    turned = turn(rulebook.clocks, place_of(rulebook, one), step, runs)
    stop_clocks(tx.connection, one.id, set(turned.stop), step.at)
    for start in turned.start:
        start_clock(tx.connection, one.id, start.name, started_at=step.at, due_at=start.due_at)
    return promises(tx, rulebook, one)


def promises(tx: Tx, rulebook: Rulebook, one: Case) -> list[Promise]:
    """The running clocks the reporter is told about; the case's due time follows them all."""
    running = running_clocks(tx.connection, one.id)
    set_due(tx.connection, one.id, min((run.due_at for run in running), default=NEVER))
    zone = zone_info(one.zone)
    return [
        Promise(run.name, run.due_at.astimezone(zone).date())
        for run in running
        if rulebook.clocks[run.name].promised
    ]


def renew_news(tx: Tx, rulebook: Rulebook, one: Case) -> None:
    """The reporter has just heard from the desk: a running `news` clock starts its next round."""
    if NEWS not in {run.name for run in running_clocks(tx.connection, one.id)}:
        return
    start = renew(rulebook.clocks[NEWS], place_of(rulebook, one), tx.at, one.priority)
    stop_clocks(tx.connection, one.id, {NEWS}, tx.at)
    if start is not None:
        start_clock(tx.connection, one.id, NEWS, started_at=tx.at, due_at=start.due_at)
    promises(tx, rulebook, one)
