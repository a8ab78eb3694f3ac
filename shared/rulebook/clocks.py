"""The clocks a case can run, and when each is due."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path

from shared.rulebook.calendar import Calendar
from shared.rulebook.reading import keyed, read_toml, rows_of
from shared.rulebook.regions import NATIONAL
from shared.rulebook.vocabulary import Named

PRIORITIES = ("P1", "P2", "P3", "P4")
LIMIT = re.compile(r"([1-9][0-9]{0,2})(m|h|d|wd)")
WARN_AT = (0.5, 0.8)  # share of the time used up when the holder is warned: domain.md, Lifecycle


@dataclass(frozen=True)
class ClockRule(Named):
    """One row of clocks.toml, whose head explains the fields; limits stay text ("60d 60wd")."""

    holder: str
    promised: bool
    once: bool
    starts_in: tuple[str, ...]
    runs_in: tuple[str, ...]
    limits: Mapping[str, str]
    source: str
    checked_on: date
    pauses_in: tuple[str, ...] = ()
    reopened: str = ""
    every: bool = False
    reminders: tuple[str, ...] = ()
    legal_basis: str = ""
    valid_from: date | None = None
    valid_until: date | None = None

    def limit(self, priority: str, *, reopened: bool = False) -> str | None:
        """None when this clock does not run for `priority`."""
        if reopened and self.reopened:
            return self.reopened
        return self.limits.get("all") or self.limits.get(priority)


@dataclass(frozen=True)
class Place:
    """Where a case is, as its clocks see it: zone WIB, WITA or WIT, and the region for holidays."""

    calendar: Calendar
    zone: str
    region: str = field(default=NATIONAL)


def due_after(place: Place, start: datetime, limit: str) -> datetime:
    """UTC: the earliest of the limits in `limit`; raises ValueError on a malformed one."""
    return min(_due(place, start, one) for one in limit.split())


def due(
    rule: ClockRule, place: Place, start: datetime, priority: str, *, reopened: bool = False
) -> datetime | None:
    """UTC; None when this clock does not run for `priority`."""
    limit = rule.limit(priority, reopened=reopened)
    return due_after(place, start, limit) if limit else None


def latest_due(rule: ClockRule, place: Place, start: datetime) -> datetime:
    """UTC: what may be promised before the urgency is known."""
    found = [due(rule, place, start, priority) for priority in PRIORITIES]
    return max(at for at in found if at is not None)


def _due(place: Place, start: datetime, limit: str) -> datetime:
    parsed = LIMIT.fullmatch(limit)
    if parsed is None:
        raise ValueError(f"limit {limit!r} is not like 4h, 30m, 3wd or 60d")
    count, unit = int(parsed[1]), parsed[2]
    if unit == "wd":
        return place.calendar.due(start, count, place.zone, region=place.region)
    if unit == "d":
        return place.calendar.due_days(start, count, place.zone)
    return start + (timedelta(hours=count) if unit == "h" else timedelta(minutes=count))


def load_clocks(folder: Path) -> Mapping[str, ClockRule]:
    """In file order; raises BrokenRulebook."""
    rows = rows_of(ClockRule, read_toml(folder / "clocks.toml").get("clock"), "clocks.toml")
    return keyed(rows, "code", "clocks.toml")
