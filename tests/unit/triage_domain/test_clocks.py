"""Clocks start, stop, pause and resume as a case moves (domain.md, Lifecycle)."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from services.triage.domain.clocks import Start, Step, Turn, renew, shifted, stopping_at, turn
from services.triage.domain.states import STATES
from shared.rulebook.clocks import Place, due, latest_due
from tests.unit.triage_domain.demo import RULEBOOK

RULES = RULEBOOK.clocks
PLACE = Place(RULEBOOK.calendar, "WIB", "32.73")
MONDAY = datetime(2026, 11, 23, 3, tzinfo=UTC)  # 10.00 WIB


def _end_of(day: str) -> datetime:
    return datetime.fromisoformat(f"{day}T23:59:00+07:00").astimezone(UTC)


@dataclass
class Round:
    """As the store keeps it."""

    name: str
    started_at: datetime
    due_at: datetime
    stopped_at: datetime | None = None
    limit: str = ""
    spent_seconds: int = 0
    stage: int = 0
    breached_at: datetime | None = None


def as_round(start: Start) -> Round:
    """What the store makes of a start."""
    return Round(start.name, start.started_at, start.due_at, None, start.limit,
                 start.spent_seconds, start.stage, start.breached_at)  # fmt: skip


class Case:
    """Walks a case through states and keeps its rounds."""

    def __init__(self, priority: str = "P3", at: datetime = MONDAY) -> None:
        self.priority, self.at, self.state, self.reopened = priority, at, "", False
        self.rounds: list[Round] = []
        self.go("received", at)

    def go(self, to: str, at: datetime) -> Turn:
        self.reopened |= to == "reopened"
        step = Step(self.state, to, at, self.at, self.priority, self.reopened)
        found = turn(RULES, PLACE, step, self.rounds)
        for one in self.rounds:
            if one.name in found.stop and one.stopped_at is None:
                one.stopped_at = stopping_at(one, at)
        self.rounds += [as_round(one) for one in found.start]
        self.state, self.at = to, at
        return found

    def running(self) -> dict[str, datetime]:
        return {one.name: one.due_at for one in self.rounds if one.stopped_at is None}


def test_every_clock_runs_in_known_states_and_says_its_source() -> None:
    for rule in RULES.values():
        assert {*rule.starts_in, *rule.runs_in, *rule.pauses_in} <= STATES.keys()
        assert rule.source


def test_every_open_state_has_a_clock() -> None:
    running = {state for rule in RULES.values() for state in rule.runs_in}
    assert running == {state.code for state in STATES.values() if state.is_open}


@pytest.mark.parametrize(
    ("priority", "due_at"),
    [
        ("P1", MONDAY + timedelta(hours=4)),
        ("P2", _end_of("2026-11-24")),
        ("P3", _end_of("2026-11-26")),
        ("P4", _end_of("2026-11-26")),
    ],
)
def test_a_new_case_must_be_verified_in_time(priority: str, due_at: datetime) -> None:
    assert Case(priority).running()["verify"] == due_at


def test_a_p1_runs_through_the_night_and_the_weekend() -> None:
    saturday = datetime(2026, 11, 21, 16, tzinfo=UTC)

    assert Case("P1", saturday).running()["verify"] == saturday + timedelta(hours=4)


def test_claiming_does_not_restart_the_clock() -> None:
    case = Case()
    before = case.running()["verify"]

    case.go("verifying", MONDAY + timedelta(days=1))

    assert case.running() == {"verify": before}


def test_the_final_answer_comes_within_sixty_days_of_assignment() -> None:
    case = Case()
    case.go("verifying", MONDAY)
    case.go("assigned", MONDAY)

    assert case.running()["final"] == _end_of("2027-01-22")
    assert case.running()["accept"] == _end_of("2026-11-24")
    assert "verify" not in case.running()


def test_waiting_pauses_the_handling_clock_and_starts_the_reporters() -> None:
    case = Case()
    case.go("verifying", MONDAY)

    case.go("waiting_reporter", MONDAY)

    assert case.running() == {"reporter": _end_of("2026-12-07")}


def test_the_answer_resumes_the_clock_later_by_the_working_days_passed() -> None:
    case = Case()
    case.go("verifying", MONDAY)
    case.go("waiting_reporter", MONDAY)

    found = case.go("verifying", MONDAY + timedelta(days=7))

    (resumed,) = found.start
    assert (resumed.due_at, resumed.resumed) == (_end_of("2026-12-03"), True)
    assert "reporter" not in case.running()


def test_an_answer_floored_to_before_the_pause_still_resumes() -> None:
    case = Case()
    case.go("verifying", MONDAY)
    case.go("waiting_reporter", MONDAY + timedelta(minutes=20))

    case.go("verifying", MONDAY)

    assert case.running() == {"verify": _end_of("2026-11-26")}


def test_a_plan_already_handed_in_does_not_come_back_after_a_pause() -> None:
    case = Case()
    for state in ("verifying", "assigned", "investigating"):
        case.go(state, MONDAY)
    next(one for one in case.rounds if one.name == "plan").stopped_at = MONDAY + timedelta(hours=1)

    case.go("waiting_reporter", MONDAY + timedelta(hours=2))
    case.go("investigating", MONDAY + timedelta(days=1))

    assert set(case.running()) == {"news", "final", "target"}


def test_another_assignee_gets_the_whole_time() -> None:
    case = Case()
    case.go("verifying", MONDAY)
    case.go("assigned", MONDAY)

    found = case.go("assigned", MONDAY + timedelta(days=2))

    assert found.stop == {"accept"}
    assert [one.due_at for one in found.start] == [_end_of("2026-11-26")]


def test_a_declined_case_is_verified_on_a_new_clock() -> None:
    case = Case()
    case.go("verifying", MONDAY)
    case.go("assigned", MONDAY)

    case.go("verifying", MONDAY + timedelta(days=1))

    assert case.running()["verify"] == _end_of("2026-11-27")
    assert "final" in case.running()


def test_a_reopened_case_has_three_and_thirty_days() -> None:
    case = Case()
    for state in ("verifying", "assigned", "investigating", "proposed", "reporter_response"):
        case.go(state, MONDAY)
    case.go("closed", MONDAY)
    assert case.running() == {}

    case.go("reopened", MONDAY)

    assert case.running() == {"plan": _end_of("2026-11-26"), "final": _end_of("2027-01-08")}
    case.go("investigating", MONDAY)
    assert set(case.running()) == {"plan", "final", "news"}


@pytest.mark.parametrize(("priority", "due_on"), [("P1", "2026-12-07"), ("P4", "2026-12-07")])
def test_the_reporter_has_time_to_respond(priority: str, due_on: str) -> None:
    assert due(RULES["response"], PLACE, MONDAY, priority) == _end_of(due_on)


def test_a_referral_is_confirmed_and_looked_after() -> None:
    case = Case()
    case.go("verifying", MONDAY)

    case.go("referred", MONDAY)

    assert case.running() == {"confirm": _end_of("2026-11-30"), "look": _end_of("2026-12-23")}


def test_news_is_due_again_after_it_was_given() -> None:
    assert renew(RULES["news"], PLACE, MONDAY, "P3") == Start(
        "news", MONDAY, _end_of("2026-12-07"), "14d"
    )
    assert renew(RULES["final"], PLACE, MONDAY, "P3") is None


def test_hours_shift_by_the_pause_itself() -> None:
    due_at = MONDAY + timedelta(hours=4)
    resumed_at = MONDAY + timedelta(hours=10)

    assert shifted(PLACE, due_at, MONDAY + timedelta(hours=1), resumed_at) == due_at + timedelta(
        hours=9
    )


def test_at_the_door_the_longest_time_is_promised() -> None:
    assert latest_due(RULES["verify"], PLACE, MONDAY) == _end_of("2026-11-26")
