"""Which clocks of a case start, stop, pause and resume when it moves."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from shared.rulebook.clocks import ClockRule, Place, due
from shared.rulebook.regions import zone_info


class Run(Protocol):
    """One round of a clock as the store keeps it; a paused clock is a stopped round."""

    @property
    def name(self) -> str: ...
    @property
    def started_at(self) -> datetime: ...
    @property
    def due_at(self) -> datetime: ...
    @property
    def stopped_at(self) -> datetime | None: ...


@dataclass(frozen=True)
class Start:
    """A new round; `resumed` means it goes on with the time that was left."""

    name: str
    due_at: datetime
    resumed: bool = False


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
    anew = {name for name in running if _starts_anew(rules[name], step)}
    stop = {name for name in running if step.to_state not in rules[name].runs_in} | anew
    starts = (
        _start(rule, place, step, last.get(rule.code))
        for rule in rules.values()
        if rule.code not in running - stop
    )
    return Turn(frozenset(stop), tuple(one for one in starts if one))


def renew(rule: ClockRule, place: Place, at: datetime, priority: str) -> Start | None:
    """The next round of a clock that recurs ("every 14 days"), None for others."""
    due_at = due(rule, place, at, priority) if rule.every else None
    return Start(rule.code, due_at) if due_at else None


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


def _start(rule: ClockRule, place: Place, step: Step, last: Run | None) -> Start | None:
    if step.to_state not in rule.runs_in:
        return None
    if last is not None and _was_paused(rule, step, last):
        at = max(step.at, last.stopped_at or step.at)
        due_at = shifted(place, last.due_at, last.stopped_at or at, at)
        return Start(rule.code, due_at, resumed=True)
    if step.to_state not in rule.starts_in:
        return None
    if rule.once and last is not None and step.to_state != "reopened":
        return None
    due_at_first = due(rule, place, step.at, step.priority, reopened=step.reopened)
    return Start(rule.code, due_at_first) if due_at_first else None


def _was_paused(rule: ClockRule, step: Step, last: Run) -> bool:
    return (
        step.from_state in rule.pauses_in
        and last.stopped_at is not None
        and last.stopped_at >= step.entered_at
    )
