"""Turns "so many working days" into the instant a promise is due.

Rule (domain.md, Working days; our decision): the day of receipt is not counted; what comes on a
working day from 16:00 local time is received on the following day; due at 23:59 local time.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from hashlib import sha256
from pathlib import Path

import holidays

from shared.rulebook.reading import read_toml, rows_of
from shared.rulebook.regions import NATIONAL, contains, zone_info

DUE_AT = time(23, 59)
# The years whose days off a digest is made over: further than any promise reaches for long.
_DIGESTED = range(2026, 2032)


@dataclass(frozen=True)
class Override:
    """A day the package has wrong, or a local holiday; `off` False makes it a working day."""

    day: date
    off: bool
    region: str
    why: str
    source: str
    checked_on: date


@dataclass(frozen=True)
class Calendar:
    """`cutoff_hour` is local time. Keeps the holidays of each year it was asked about."""

    cutoff_hour: int
    source: str
    checked_on: date
    overrides: tuple[Override, ...] = ()
    years: dict[int, Mapping[date, str]] = field(default_factory=dict, compare=False, repr=False)

    @cached_property
    def digest(self) -> str:
        """12 hex digits over all that decides a due date: the hour, the overrides, and the days off
        that the package knows (a new release of it may know others)."""
        rules = sorted((o.day.isoformat(), o.off, o.region) for o in self.overrides)
        days = sorted(day.isoformat() for year in _DIGESTED for day in self._days_off(year))
        text = json.dumps([self.cutoff_hour, rules, days])
        return sha256(text.encode()).hexdigest()[:12]

    def due(
        self, start: datetime, working_days: int, zone: str, *, region: str = NATIONAL
    ) -> datetime:
        """UTC instant of 23:59 local on the last of `working_days`; `start` is UTC-aware."""
        tz = zone_info(zone)
        local = start.astimezone(tz)
        day = local.date()
        if self.is_working_day(day, region) and local.hour >= self.cutoff_hour:
            day += timedelta(days=1)
        last = self.add_working_days(day, working_days, region)
        return datetime.combine(last, DUE_AT, tz).astimezone(UTC)

    def due_days(self, start: datetime, days: int, zone: str) -> datetime:
        """As `due`, counting calendar days: "60 days" of Perpres 76/2013."""
        tz = zone_info(zone)
        last = start.astimezone(tz).date() + timedelta(days=days)
        return datetime.combine(last, DUE_AT, tz).astimezone(UTC)

    def add_working_days(self, day: date, count: int, region: str = NATIONAL) -> date:
        """The `count`-th working day after `day`, which itself is not counted."""
        while count > 0:
            day += timedelta(days=1)
            count -= self.is_working_day(day, region)
        return day

    def is_working_day(self, day: date, region: str = NATIONAL) -> bool:
        """Monday to Friday, no public holiday, no cuti bersama; the nearest override wins."""
        hits = [o for o in self.overrides if o.day == day and contains(o.region, region)]
        if hits:
            return not max(hits, key=lambda o: (o.region != NATIONAL, len(o.region))).off
        return day.weekday() < 5 and self.holiday(day) is None

    def holiday(self, day: date) -> str | None:
        """The Indonesian name of the holiday, None on an ordinary day."""
        return self._days_off(day.year).get(day)

    def _days_off(self, year: int) -> Mapping[date, str]:
        if year not in self.years:
            self.years[year] = dict(
                holidays.country_holidays(
                    "ID", years=year, categories=("public", "government"), language="id"
                )
            )
        return self.years[year]


def load_calendar(folder: Path) -> Calendar:
    """Raises BrokenRulebook."""
    table = read_toml(folder / "calendar.toml")
    overrides = table.pop("override", [])
    made = rows_of(Override, overrides, "calendar.toml override") if overrides else ()
    return rows_of(Calendar, [{**table, "overrides": list(made)}], "calendar.toml")[0]
