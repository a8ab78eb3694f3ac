"""Which clocks of a case start, stop, pause and resume when it moves."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from services.triage.domain.stages import HALF, Timed, used
from shared.rulebook.clocks import ClockRule, Place, due_after
from shared.rulebook.regions import zone_info

REPORTER = "reporter"  # the holder of a clock that runs while we wait


class Run(Timed, Protocol):
    """One round of a clock as the store keeps it; a paused clock is a stopped round.

    `stage`: the next of stages.py. `breached_at`: when its promise was found missed.
    """

    @property
    def name(self) -> str: ...
    @property
    def stopped_at(self) -> datetime | None: ...
    @property
    def breached_at(self) -> datetime | None: ...
    @property
    def stage(self) -> int: ...


@dataclass(frozen=True)
class Start:
    """A new round; `resumed` means it goes on with the time that was left.

    `limit` is what the rule allowed when it was started first: "3wd". A resumed round is as far
    as the paused one was: what was warned, missed or escalated is not so again. It has spent a
    second at least.
    """

    name: str
    started_at: datetime
    due_at: datetime
    limit: str
    resumed: bool = False
    spent_seconds: int = 0
    stage: int = HALF
    breached_at: datetime | None = None


@dataclass(frozen=True)
class Turn:
    """What one move does to the clocks: stop these rounds, then start those."""

    stop: frozenset[str]
    start: tuple[Start, ...]


@dataclass(frozen=True)
class Step:
    """A move as the clocks see it. `from_state` is "" when the case is opened.

    `entered_at`: when the case came into `from_state`; a round stopped at or after it was paused.
    `reopened`: the case was opened again at least once, this move included.
    """

    from_state: str
    to_state: str
    at: datetime
    entered_at: datetime
    priority: str
    reopened: bool = False


def turn(rules: Mapping[str, ClockRule], place: Place, step: Step, runs: Iterable[Run]) -> Turn:
    """`runs`: every round of this case so far, oldest first."""
    last = {run.name: run for run in runs}
    running = {name for name, run in last.items() if run.stopped_at is None}
    ends = [last[name].due_at for name in running if rules[name].holder == REPORTER]
    resume_at = min([step.at, *ends])  # a pause is over when the reporter's time is
    anew = {name for name in running if _starts_anew(rules[name], step)}
    stop = {name for name in running if step.to_state not in rules[name].runs_in} | anew
    starts = (
        _start(rule, place, step, last.get(rule.code), resume_at)
        for rule in rules.values()
        if rule.code not in running - stop
    )
    return Turn(frozenset(stop), tuple(one for one in starts if one))


def recomputed(
    rules: Mapping[str, ClockRule], place: Place, runs: Sequence[Run], name: str
) -> datetime | None:
    """When the newest round of a clock would be due had it been started under `place.calendar`.

    `runs`: every round of the case, oldest first. None where its limit was not kept.
    """
    due_at, before = None, None
    for run in (run for run in runs if run.name == name):
        if not run.limit:
            due_at = None
        elif before and due_at and before.stopped_at and run.spent_seconds:
            ends = [
                one.due_at
                for one in runs
                if rules[one.name].holder == REPORTER and one.stopped_at == run.started_at
            ]
            due_at = shifted(place, due_at, before.stopped_at, min([run.started_at, *ends]))
        else:
            due_at = due_after(place, run.started_at, run.limit)
        before = run
    return due_at


def renew(rule: ClockRule, place: Place, at: datetime, priority: str) -> Start | None:
    """The next round of a clock that recurs ("every 14 days"), None for others."""
    limit = rule.limit(priority) if rule.every else None
    return _first(rule, place, at, limit) if limit else None


def stopping_at(run: Run, at: datetime) -> datetime:
    """When a round stops and the next may start: a time never lies before one that was kept,
    though a reporter's deed carries the hour and a wall clock may jump back."""
    return max(run.started_at, run.stopped_at or at, at)


def shifted(place: Place, due_at: datetime, stopped_at: datetime, at: datetime) -> datetime:
    """The due time after a pause: later by the working days that passed, never earlier.

    Hours pass round the clock: a due time that is not 23:59 local moves by the pause itself.
    """
    if at <= stopped_at:
        return due_at
    tz = zone_info(place.zone)
    local = due_at.astimezone(tz)
    if (local.hour, local.minute) != (23, 59):
        return due_at + (at - stopped_at)
    passed = working_days_between(place, stopped_at, at)
    last = place.calendar.add_working_days(local.date(), passed, place.region)
    return due_at + timedelta(days=(last - local.date()).days)


def working_days_between(place: Place, start: datetime, end: datetime) -> int:
    """Working days after the local day of `start`, up to and with the local day of `end`."""
    tz = zone_info(place.zone)
    day, last, count = start.astimezone(tz).date(), end.astimezone(tz).date(), 0
    while day < last:
        day += timedelta(days=1)
        count += place.calendar.is_working_day(day, place.region)
    return count


def _starts_anew(rule: ClockRule, step: Step) -> bool:
    """Handing an assigned case to somebody else gives that person the whole time."""
    return step.from_state == step.to_state and step.to_state in rule.starts_in and not rule.once


def _start(
    rule: ClockRule, place: Place, step: Step, last: Run | None, resume_at: datetime
) -> Start | None:
    if step.to_state not in rule.runs_in:
        return None
    if last is not None and _was_paused(rule, step, last):
        return _resumed(place, step, last, resume_at)
    if step.to_state not in rule.starts_in:
        return None
    if rule.once and last is not None and step.to_state != "reopened":
        return None
    limit = rule.limit(step.priority, reopened=step.reopened)
    at = stopping_at(last, step.at) if last else step.at
    return _first(rule, place, at, limit) if limit else None


def _first(rule: ClockRule, place: Place, at: datetime, limit: str) -> Start:
    return Start(rule.code, at, due_after(place, at, limit), limit)


def _resumed(place: Place, step: Step, last: Run, resume_at: datetime) -> Start:
    paused_at = last.stopped_at or step.at
    return Start(
        last.name,
        max(step.at, paused_at),
        shifted(place, last.due_at, paused_at, resume_at),
        last.limit,
        resumed=True,
        spent_seconds=max(round(used(place, last, paused_at).total_seconds()), 1),
        stage=last.stage,
        breached_at=last.breached_at,
    )


def _was_paused(rule: ClockRule, step: Step, last: Run) -> bool:
    return (
        step.from_state in rule.pauses_in
        and last.stopped_at is not None
        and last.stopped_at >= step.entered_at
    )
