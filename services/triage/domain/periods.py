"""Stretches of time that the board counts by and the queue filters by: the same words, both ways.

A span is (from, until): UTC instants, `from` within it and `until` not; None is without end.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

from shared.rulebook.regions import zone_info

Span = tuple[datetime | None, datetime | None]

LATE, TODAY, SOON = "lewat", "hari-ini", "tiga-hari"
DEADLINES = (LATE, TODAY, SOON)
# Days since a case was opened: from, until. Our decision, 2026-11-22: a week, the 30 days people
# remember as a month, and the 60 days of the final answer (domain.md, Lifecycle).
AGES = {"0-7": (0, 7), "8-30": (8, 30), "31-60": (31, 60), "61": (61, None)}
WEEKS = 12
MONTHS = 12
_MONTH = re.compile(r"(\d{4})-(\d{2})", re.ASCII)
_WEEK = re.compile(r"(\d{4})-W(\d{2})", re.ASCII)


def deadline_span(code: str, now: datetime, zone: str) -> Span:
    """What is `lewat` was due before now, `hari-ini` still today, `tiga-hari` in the three days
    after today (local days of `zone`)."""
    midnight = _start(now.astimezone(zone_info(zone)).date() + timedelta(days=1), zone)
    spans: dict[str, Span] = {
        LATE: (None, now),
        TODAY: (now, midnight),
        SOON: (midnight, midnight + timedelta(days=3)),
    }
    return spans[code]


def age_span(code: str, now: datetime, zone: str) -> Span:
    """When cases of this age in whole local days were opened."""
    least, most = AGES[code]
    today = now.astimezone(zone_info(zone)).date()
    until = _start(today - timedelta(days=least - 1), zone)
    return None if most is None else _start(today - timedelta(days=most), zone), until


def week_span(code: str, zone: str) -> Span | None:
    """Monday to Sunday of an ISO 8601 week `2026-W47`, local; None when there is no such week."""
    found = _WEEK.fullmatch(code)
    try:
        monday = date.fromisocalendar(int(found[1]), int(found[2]), 1) if found else None
        return None if monday is None else week_of(monday, zone)
    except (ValueError, OverflowError):
        return None


def week_of(day: date, zone: str) -> Span:
    """The week that starts on this Monday."""
    return _start(day, zone), _start(day + timedelta(days=7), zone)


def week_code(day: date) -> str:
    """`2026-W47`."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02d}"


def month_span(code: str, zone: str) -> Span | None:
    """The local days of a month `2026-11`; None when there is no such month."""
    first = month_start(code)
    if first is None or first.year == date.max.year:
        return None
    return _start(first, zone), _start((first + timedelta(days=31)).replace(day=1), zone)


def month_start(code: str) -> date | None:
    """The first day of `2026-11`; None when there is no such month."""
    found = _MONTH.fullmatch(code)
    try:
        return date(int(found[1]), int(found[2]), 1) if found else None
    except ValueError:
        return None


def last_months(now: datetime, zone: str) -> list[str]:
    """The codes of the last MONTHS months, this one first."""
    today = now.astimezone(zone_info(zone)).date()
    count = today.year * 12 + today.month - 1
    return [f"{back // 12}-{back % 12 + 1:02d}" for back in range(count, count - MONTHS, -1)]


def last_mondays(now: datetime, zone: str) -> list[date]:
    """The Mondays of the last WEEKS weeks, this one last."""
    today = now.astimezone(zone_info(zone)).date()
    monday = today - timedelta(days=today.weekday())
    return [monday - timedelta(weeks=back) for back in reversed(range(WEEKS))]


def _start(day: date, zone: str) -> datetime:
    return datetime.combine(day, time(), zone_info(zone))
