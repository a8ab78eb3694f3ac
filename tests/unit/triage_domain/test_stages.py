"""When a running clock warns, is missed and climbs (domain.md, Lifecycle)."""

from datetime import UTC, datetime, timedelta

import pytest

from services.triage.domain.stages import (
    BREACH,
    HALF,
    MOST,
    OVERSIGHT,
    SUPERIOR,
    stage_at,
    stage_reached,
)
from shared.rulebook.clocks import Place, due_after
from shared.rulebook.regions import zone_info
from tests.unit.triage_domain.demo import RULEBOOK
from tests.unit.triage_domain.test_clocks import MONDAY, Case, Round

PLACE = Place(RULEBOOK.calendar, "WIB", "32.73")


def _round(limit: str, at: datetime = MONDAY, spent_seconds: int = 0) -> Round:
    due_at = due_after(PLACE, at, limit)
    return Round("x", at, due_at, limit=limit, spent_seconds=spent_seconds)


def _local(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}+07:00").astimezone(UTC)


def test_hours_are_warned_of_round_the_clock() -> None:
    saturday = _local("2026-11-21T22:00")
    run = _round("4h", saturday)

    assert stage_at(PLACE, run, HALF, "P1") == saturday + timedelta(hours=2)
    assert stage_at(PLACE, run, MOST, "P1") == saturday + timedelta(hours=3, minutes=12)
    assert stage_at(PLACE, run, BREACH, "P1") == run.due_at


def test_days_off_use_up_no_time() -> None:
    friday = _local("2026-11-20T10:00")
    run = _round("3wd", friday)  # due Wednesday 23:59: 86 working hours less a minute

    half = stage_at(PLACE, run, HALF, "P3")

    assert half == _local("2026-11-24T04:59:30"), "14 h on Friday, none at the weekend"


def test_a_warning_falls_on_a_working_day() -> None:
    for days in range(60):
        run = _round("14d", MONDAY + timedelta(days=days))
        for stage in (HALF, MOST):
            at = stage_at(PLACE, run, stage, "P3")
            assert at is not None
            day_there = at.astimezone(zone_info("WIB")).date()
            assert PLACE.calendar.is_working_day(day_there, PLACE.region)


@pytest.mark.parametrize(
    ("priority", "superior"), [("P1", "2026-11-27T23:59"), ("P3", "2026-12-01T23:59")]
)
def test_a_breach_climbs_after_working_days(priority: str, superior: str) -> None:
    run = _round("3wd")  # Thursday 2026-11-26

    assert stage_at(PLACE, run, SUPERIOR, priority) == _local(superior)
    assert stage_at(PLACE, run, OVERSIGHT, priority) == _local("2026-12-10T23:59")
    assert stage_at(PLACE, run, OVERSIGHT + 1, priority) is None


def test_a_night_nobody_looked_is_one_warning_and_never_hides_a_breach() -> None:
    run = _round("4h")

    assert stage_reached(PLACE, run, HALF, MONDAY + timedelta(hours=2)) == HALF
    assert stage_reached(PLACE, run, HALF, MONDAY + timedelta(hours=3, minutes=30)) == MOST
    assert stage_reached(PLACE, run, HALF, MONDAY + timedelta(days=40)) == BREACH


def test_after_a_pause_the_warning_comes_when_half_of_the_whole_is_used() -> None:
    case = Case("P1")
    case.go("verifying", MONDAY)
    case.go("waiting_reporter", MONDAY + timedelta(hours=1))

    case.go("verifying", MONDAY + timedelta(hours=11))

    run = case.rounds[-1]
    assert run.spent_seconds == 3600
    assert stage_at(PLACE, run, HALF, "P1") == MONDAY + timedelta(hours=12)


def test_what_was_warned_or_missed_before_a_pause_is_not_so_again() -> None:
    case = Case("P1")
    case.go("verifying", MONDAY)
    run = case.rounds[-1]
    run.stage, run.breached_at = SUPERIOR, MONDAY + timedelta(hours=4)

    case.go("waiting_reporter", MONDAY + timedelta(hours=5))
    case.go("verifying", MONDAY + timedelta(hours=6))

    resumed = case.rounds[-1]
    assert (resumed.stage, resumed.breached_at) == (SUPERIOR, run.breached_at)


def test_a_pause_is_over_when_the_reporters_time_is() -> None:
    late, in_time = Case(), Case()
    for case, answer in ((in_time, "2026-12-07T23:59"), (late, "2027-03-01T09:00")):
        case.go("verifying", MONDAY)
        case.go("waiting_reporter", MONDAY)
        case.go("verifying", _local(answer))

    assert late.running()["verify"] == in_time.running()["verify"]


def test_only_waiting_for_the_reporter_stops_a_clock() -> None:
    paused = {state for rule in RULEBOOK.clocks.values() for state in rule.pauses_in}

    assert paused == {"waiting_reporter"}
