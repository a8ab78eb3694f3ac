"""Turn a case's clocks when it moves, and say which promises run from then on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime

from services.triage.domain.clocks import Step, Turn, renew, stopping_at, turn
from services.triage.domain.stages import stage_at
from services.triage.store.cases import Case, set_due
from services.triage.store.clocks import Clock, clocks_of, start_clocks, stop_clocks
from shared.contracts.facts import Promise
from shared.messaging.tx import Tx
from shared.rulebook import Rulebook
from shared.rulebook.clocks import Place
from shared.rulebook.regions import zone_info

NEWS = "news"
OPENING = "open"  # an urgent case that nobody has opened
# What the queue sorts by when no clock runs: after everything.
NEVER = datetime(9999, 12, 31, tzinfo=UTC)


def place_of(rulebook: Rulebook, one: Case) -> Place:
    """Where the case is, as its clocks see it."""
    return Place(rulebook.calendar, one.zone, one.disclosed["office_region"])


def opening_clocks(rulebook: Rulebook, one: Case, at: datetime) -> list[Clock]:
    """The clocks a new case starts with, nearest first."""
    step = Step("", one.state, at, at, one.priority)
    turned = turn(rulebook.clocks, place_of(rulebook, one), step, ())
    return _nearest_first(_started(rulebook, one, turned, ()))


def turn_clocks(tx: Tx, rulebook: Rulebook, one: Case, step: Step) -> list[Promise]:
    """Stop and start what this step asks for; keep the nearest due time beside the case."""
    runs = clocks_of(tx.connection, one.id)
    turned = turn(rulebook.clocks, place_of(rulebook, one), step, runs)
    started = _started(rulebook, one, turned, runs)
    stop_clocks(tx.connection, one.id, set(turned.stop), step.at)
    start_clocks(tx.connection, started)
    going_on = [run for run in runs if run.is_running and run.name not in turned.stop]
    running = _nearest_first([*going_on, *started])
    set_due(tx.connection, one.id, nearest_due(running))
    return promises(rulebook, one, running)


def promises(rulebook: Rulebook, one: Case, running: Sequence[Clock]) -> list[Promise]:
    """The running clocks the reporter is told about."""
    zone = zone_info(one.zone)
    return [
        Promise(run.name, run.due_at.astimezone(zone).date())
        for run in running
        if rulebook.clocks[run.name].promised
    ]


def nearest_due(running: Sequence[Clock]) -> datetime:
    """What the queue sorts a case by."""
    return running[0].due_at if running else NEVER


def renew_news(tx: Tx, rulebook: Rulebook, one: Case) -> None:
    """The reporter has just heard from the desk: a running `news` clock starts its next round."""
    runs = clocks_of(tx.connection, one.id)
    running = next((run for run in runs if run.is_running and run.name == NEWS), None)
    if running is None:
        return
    at = stopping_at(running, tx.at)
    start = renew(rulebook.clocks[NEWS], place_of(rulebook, one), at, one.priority)
    turned = Turn(frozenset({NEWS}), (start,) if start else ())
    started = _started(rulebook, one, turned, runs)
    stop_clocks(tx.connection, one.id, {NEWS}, tx.at)
    start_clocks(tx.connection, started)
    others = [run for run in runs if run.is_running and run.name != NEWS]
    set_due(tx.connection, one.id, nearest_due(_nearest_first([*others, *started])))


def stop_clock(tx: Tx, one: Case, name: str) -> None:
    """What this clock promised is done, though the case stays where it is."""
    running = [run for run in clocks_of(tx.connection, one.id) if run.is_running]
    if name in {run.name for run in running}:
        stop_clocks(tx.connection, one.id, {name}, tx.at)
        others = [run for run in running if run.name != name]
        set_due(tx.connection, one.id, nearest_due(_nearest_first(others)))


def _started(rulebook: Rulebook, one: Case, turned: Turn, runs: Sequence[Clock]) -> list[Clock]:
    """The next round of each clock that starts."""
    rounds = Counter(run.name for run in runs)
    place = place_of(rulebook, one)
    return [
        Clock(
            case=one.id,
            name=start.name,
            round=rounds[start.name],
            started_at=start.started_at,
            due_at=start.due_at,
            stopped_at=None,
            breached_at=start.breached_at,
            limit=start.limit,
            spent_seconds=start.spent_seconds,
            stage=start.stage,
            next_at=stage_at(place, start, start.stage, one.priority),
            unit=one.unit,
        )
        for start in turned.start
    ]


def _nearest_first(clocks: Sequence[Clock]) -> list[Clock]:
    return sorted(clocks, key=lambda clock: clock.due_at)
