"""Working time: how much of it lies between two instants, and when so much of it is used up."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from shared.rulebook.clocks import Place
from shared.rulebook.regions import zone_info

Span = tuple[datetime, datetime]


def work_between(place: Place, start: datetime, end: datetime) -> timedelta:
    """The part of `start` to `end` that lies on working days, local midnight to midnight."""
    return sum((until - since for since, until in _spans(place, start, end)), timedelta())


def after_work(place: Place, start: datetime, end: datetime, work: timedelta) -> datetime:
    """When `work` of the working time from `start` on is used up; `end` when it never is by then.

    UTC; falls on a working day, and never before `start`.
    """
    for since, until in _spans(place, start, end):
        if work < until - since:
            return max(since + work, start)
        work -= until - since
    return end


def days_later(place: Place, at: datetime, days: int) -> datetime:
    """The same local time on the `days`-th working day after the local day of `at`."""
    tz = zone_info(place.zone)
    local = at.astimezone(tz)
    last = place.calendar.add_working_days(local.date(), days, place.region)
    return datetime.combine(last, local.time(), tz).astimezone(UTC)


def _spans(place: Place, start: datetime, end: datetime) -> Iterator[Span]:
    """The working days between the two, the first and the last cut to size."""
    tz = zone_info(place.zone)
    day = start.astimezone(tz).date()
    while (morning := _midnight(day, tz)) < end:
        night = _midnight(day + timedelta(days=1), tz)
        if place.calendar.is_working_day(day, place.region):
            yield max(morning, start), min(night, end)
        day += timedelta(days=1)


def _midnight(day: date, tz: tzinfo) -> datetime:
    return datetime.combine(day, time(), tz).astimezone(UTC)
