"""Working days and due times (domain.md, Working days)."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.rulebook import load
from shared.rulebook.calendar import Calendar, Override
from shared.rulebook.regions import zone_info

CALENDAR = load().calendar
COUNTS = (1, 3, 5, 10, 14, 60)
VECTORS = {
    "2026-11-21": "2026-11-23 2026-11-25 2026-11-27 2026-12-04 2026-12-10 2027-02-19",
    "2026-12-22": "2026-12-23 2026-12-29 2026-12-31 2027-01-11 2027-01-15 2027-04-02",
    "2027-03-05": "2027-03-16 2027-03-18 2027-03-22 2027-03-31 2027-04-06 2027-06-17",
}


def _cases() -> list[tuple[str, int, str]]:
    return [
        (start, count, due)
        for start, dues in VECTORS.items()
        for count, due in zip(COUNTS, dues.split(), strict=True)
    ]


def _local(text: str, zone: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone_info(zone)).astimezone(UTC)


@pytest.mark.parametrize(("start", "count", "due"), _cases())
def test_working_days_are_counted_as_the_vectors_say(start: str, count: int, due: str) -> None:
    assert CALENDAR.add_working_days(date.fromisoformat(start), count) == date.fromisoformat(due)


@pytest.mark.parametrize("zone", ["WIB", "WITA", "WIT"])
@pytest.mark.parametrize(("start", "count", "due"), _cases())
def test_a_morning_report_is_due_at_2359_local(start: str, count: int, due: str, zone: str) -> None:
    found = CALENDAR.due(_local(f"{start}T09:00", zone), count, zone)

    assert found == _local(f"{due}T23:59", zone)
    assert found.tzinfo is UTC


@pytest.mark.parametrize(
    ("received", "due"),
    [
        ("2026-11-24T15:59", "2026-11-25"),
        ("2026-11-24T16:00", "2026-11-26"),
        ("2026-11-27T16:30", "2026-11-30"),
        ("2026-11-28T16:30", "2026-11-30"),
        ("2026-11-29T23:59", "2026-11-30"),
        ("2026-12-23T17:00", "2026-12-28"),
    ],
)
def test_after_1600_a_working_day_counts_as_the_following_day(received: str, due: str) -> None:
    assert CALENDAR.due(_local(received, "WIB"), 1, "WIB") == _local(f"{due}T23:59", "WIB")


def test_1600_is_local_not_utc() -> None:
    at = datetime(2026, 11, 24, 8, 30, tzinfo=UTC)  # 15.30 WIB, 17.30 WIT

    assert CALENDAR.due(at, 1, "WIB") == _local("2026-11-25T23:59", "WIB")
    assert CALENDAR.due(at, 1, "WIT") == _local("2026-11-26T23:59", "WIT")


@given(
    st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 1)),  # noqa: DTZ001
    st.integers(0, 60 * 24 * 20),
    st.integers(1, 60),
    st.sampled_from(["WIB", "WITA", "WIT"]),
)
def test_a_later_report_is_never_due_earlier(
    start: datetime, minutes: int, count: int, zone: str
) -> None:
    earlier = start.replace(tzinfo=UTC)
    later = earlier + timedelta(minutes=minutes)

    assert CALENDAR.due(earlier, count, zone) <= CALENDAR.due(later, count, zone)


def test_cuti_bersama_is_no_working_day() -> None:
    assert not CALENDAR.is_working_day(date(2026, 12, 24))


def test_sixty_days_are_calendar_days() -> None:
    due = CALENDAR.due_days(_local("2026-11-21T20:00", "WIB"), 60, "WIB")

    assert due == _local("2027-01-20T23:59", "WIB")


def _moved(*overrides: tuple[str, bool, str]) -> Calendar:
    made = (
        Override(date.fromisoformat(d), off, r, "", "", date(2026, 1, 1)) for d, off, r in overrides
    )
    return replace(CALENDAR, overrides=tuple(made))


def test_a_local_holiday_is_free_there_and_nowhere_else() -> None:
    calendar = _moved(("2026-11-24", True, "51"))

    assert not calendar.is_working_day(date(2026, 11, 24), "51.03")
    assert calendar.is_working_day(date(2026, 11, 24), "52.01")


def test_the_nearest_override_wins() -> None:
    calendar = _moved(("2026-11-24", True, "ID"), ("2026-11-24", False, "51.03"))

    assert calendar.is_working_day(date(2026, 11, 24), "51.03.01")
    assert not calendar.is_working_day(date(2026, 11, 24), "51")


def test_a_moved_idul_fitri_changes_the_due_day() -> None:
    calendar = _moved(("2027-03-16", True, "ID"))

    assert calendar.add_working_days(date(2027, 3, 5), 1) == date(2027, 3, 17)
