"""The stretches of time that figures and filters share."""

from __future__ import annotations

import itertools
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.triage.domain.periods import (
    AGES,
    DEADLINES,
    WEEKS,
    age_span,
    deadline_span,
    last_mondays,
    week_code,
    week_span,
)

NOW = datetime(2026, 11, 23, 20, 0, tzinfo=UTC)  # Tuesday 05.00 in WIT, 03.00 in WIB
MOMENTS = st.datetimes(
    min_value=datetime(2020, 1, 1),  # noqa: DTZ001 - hypothesis adds the zone
    max_value=datetime(2035, 1, 1),  # noqa: DTZ001
    timezones=st.just(UTC),
)
ZONES = st.sampled_from(["WIB", "WITA", "WIT"])


def _in(at: datetime, span: tuple[datetime | None, datetime | None]) -> bool:
    since, until = span
    return (since is None or at >= since) and (until is None or at < until)


def test_today_ends_at_the_local_midnight() -> None:
    west, east = (deadline_span("hari-ini", NOW, zone)[1] for zone in ("WIB", "WIT"))

    assert west == datetime(2026, 11, 24, 17, tzinfo=UTC)
    assert east == datetime(2026, 11, 24, 15, tzinfo=UTC)


@given(now=MOMENTS, at=MOMENTS, zone=ZONES)
def test_a_deadline_is_late_or_today_or_soon_or_none_of_them(
    now: datetime,
    at: datetime,
    zone: str,
) -> None:
    hits = [code for code in DEADLINES if _in(at, deadline_span(code, now, zone))]

    assert len(hits) <= 1
    assert (hits == ["lewat"]) == (at < now)


@given(now=MOMENTS, days=st.integers(0, 4000), zone=ZONES)
def test_every_case_has_exactly_one_age(now: datetime, days: int, zone: str) -> None:
    opened = now - timedelta(days=days)

    assert sum(_in(opened, age_span(code, now, zone)) for code in AGES) == 1


@given(at=MOMENTS, zone=ZONES)
def test_a_week_holds_the_moment_it_is_named_after(at: datetime, zone: str) -> None:
    monday = last_mondays(at, zone)[-1]
    span = week_span(week_code(monday), zone)

    assert span is not None
    assert _in(at, span)
    assert len(last_mondays(at, zone)) == WEEKS


def test_weeks_follow_one_another_without_gap() -> None:
    mondays = last_mondays(NOW, "WIB")
    spans = [week_span(week_code(monday), "WIB") for monday in mondays]

    ends = [(span or (None, None)) for span in spans]
    assert all(one[1] == following[0] for one, following in itertools.pairwise(ends))
    assert mondays[-1] == date(2026, 11, 23)


@pytest.mark.parametrize("code", ["", "2026-W54", "2026-W00", "2025-W53", "0000-W01", "2026-47"])
def test_a_week_that_is_none_is_refused(code: str) -> None:
    assert week_span(code, "WIB") is None
