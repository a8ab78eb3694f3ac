"""Any path a case can take: no guard skipped, no clock backwards, no breach gone, no date moved.

Hypothesis walks a case by arbitrary people at arbitrary times, with the wall clock jumping; what
must hold is said over the path that was taken, not over single moves.
"""

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from services.triage.domain.clocks import Step, stopping_at, turn, working_days_between
from services.triage.domain.guards import MoveFacts
from services.triage.domain.lifecycle import MOVES, ROLES, IllegalMove, MoveNeeds, move
from services.triage.domain.stages import BREACH, stage_at, stage_reached
from services.triage.domain.states import OUTCOMES
from shared.rulebook.clocks import Place
from shared.runtime.clock import floor
from tests.unit.triage_domain.demo import RULEBOOK
from tests.unit.triage_domain.test_clocks import MONDAY, Round, as_round

PEOPLE = ("ani", "budi")
PLACES = [
    Place(RULEBOOK.calendar, zone, region)
    for zone, region in (("WIB", "32.73"), ("WITA", "53.01"), ("WIT", "91.71"))
]
HOUR = timedelta(hours=1)
rarely = st.sampled_from((False, False, False, False, True))
one_of = st.sampled_from
ENDS = ("closed", "rejected", "merged")


@dataclass(frozen=True)
class Walked:
    """A move that was allowed: by whom, with what in hand."""

    from_state: str
    to_state: str
    at: Any
    role: str
    by: str
    facts: MoveFacts


class AnyPath(RuleBasedStateMachine):
    """One case and whoever meets it."""

    @initialize(place=st.sampled_from(PLACES), priority=st.sampled_from(("P1", "P2", "P3", "P4")))
    def open(self, place: Place, priority: str) -> None:
        self.place, self.priority, self.state = place, priority, "received"
        self.now = self.entered_at = MONDAY
        self.path: list[Walked] = []
        self.rounds: list[Round] = []
        self.dates: dict[int, Any] = {}
        self.breached: dict[int, Any] = {}
        self.stages: dict[int, int] = {}
        self._turn("", MONDAY)

    @rule(hours=st.sampled_from((1, 3, 9, 30, 24 * 4, 24 * 16)))
    def time_passes(self, hours: int) -> None:
        self.now += hours * HOUR

    @rule(days=st.sampled_from((-1, 1)))
    def the_wall_clock_jumps_a_day(self, days: int) -> None:
        self.now += timedelta(days=days)
        self.dates_and_breaches_stand()

    @rule()
    def a_promise_runs_out(self) -> None:
        running = [run.due_at for run in self.rounds if run.stopped_at is None]
        self.now = max(self.now, min(running, default=self.now) + timedelta(minutes=1))
        self.somebody_looks()

    @rule()
    def somebody_looks(self) -> None:
        for run in self.rounds:
            at = stage_at(self.place, run, run.stage, self.priority)
            if run.stopped_at is None and at is not None and at <= self.now:
                stage = stage_reached(self.place, run, run.stage, self.now)
                run.stage = stage + 1
                if stage == BREACH:
                    run.breached_at = self.now

    @rule(data=st.data(), by=st.sampled_from(PEOPLE))
    def somebody_moves(self, data: st.DataObject, by: str) -> None:
        moves = [m for m in MOVES if m.from_state == self.state]
        onward = [m for m in moves if m.to_state not in ENDS]  # else most paths would be short
        wanted = data.draw(one_of(moves if data.draw(rarely) or not onward else onward))
        role = data.draw(st.sampled_from(ROLES) if data.draw(rarely) else one_of(wanted.roles))
        said = dict.fromkeys(_SAID, True) | {"is_false_report": False}
        asked = [_ASKED[name] for name in wanted.guards if name in _ASKED]  # what it turns on
        for name in data.draw(st.sets(one_of(asked or _SAID), max_size=1)):
            said[name] = not said[name]
        to, outcome = wanted.to_state, data.draw(st.sampled_from(_OUTCOMES))
        facts = replace(
            self._facts(by, **said), outcome=outcome, logged_actions=not data.draw(rarely)
        )
        try:
            move(self.state, to, role, facts)
        except (IllegalMove, MoveNeeds):
            return
        at = floor(self.now, HOUR) if role == "reporter" else self.now
        self.path.append(Walked(self.state, to, at, role, by, facts))
        came_from, self.state = self.state, to
        self._turn(came_from, at)

    @rule(data=st.data(), by=st.sampled_from(PEOPLE))
    def somebody_else_moves(self, data: st.DataObject, by: str) -> None:
        self.somebody_moves(data, by)  # twice as often as anything else: paths grow long

    @invariant()
    def dates_and_breaches_stand(self) -> None:
        for n, run in enumerate(self.rounds):
            assert self.dates.setdefault(n, run.due_at) == run.due_at, "a due date moved"
            assert self.stages.get(n, 0) <= run.stage
            self.stages[n] = run.stage
            if run.breached_at is not None:
                self.breached.setdefault(n, run.breached_at)
        for n, at in self.breached.items():
            assert self.rounds[n].breached_at == at, "a breach disappeared"

    @invariant()
    def no_clock_runs_backwards(self) -> None:
        last: dict[str, Round] = {}
        for run in self.rounds:
            assert run.stopped_at is None or run.stopped_at >= run.started_at
            before = last.get(run.name)
            if before is not None:
                assert before.stopped_at is not None
                assert run.started_at >= before.stopped_at
                assert run.due_at >= before.due_at or self._was_reopened()
            last[run.name] = run

    @invariant()
    def a_resumed_clock_is_as_late_as_it_was(self) -> None:
        last: dict[str, Round] = {}
        for run in self.rounds:
            before = last.get(run.name)
            if before is not None and run.spent_seconds:
                assert (before.breached_at is None) or run.breached_at == before.breached_at
            last[run.name] = run

    @invariant()
    def no_guard_was_skipped(self) -> None:
        if self.path:
            _check(self.path[-1], self.path[:-1], self.priority)

    def _turn(self, came_from: str, at: Any) -> None:
        step = Step(came_from, self.state, at, self.entered_at, self.priority, self._was_reopened())
        turned = turn(RULEBOOK.clocks, self.place, step, self.rounds)
        for run in self.rounds:
            if run.name in turned.stop and run.stopped_at is None:
                run.stopped_at = stopping_at(run, at)
        self.rounds += [as_round(start) for start in turned.start]
        self.entered_at = at

    def _was_reopened(self) -> bool:
        return any("reopened" in (m.from_state, m.to_state) for m in self.path)

    def _facts(self, by: str, **said: bool) -> MoveFacts:
        """What the path decides, beside what is said."""
        waits = [n for n, m in enumerate(self.path) if m.to_state == "waiting_reporter"]
        proposers = [m.by for m in self.path if m.to_state == "proposed"]
        return MoveFacts(
            priority=self.priority,
            came_from=self.path[waits[-1]].from_state if waits else "",
            pauses=len(waits),
            paused_working_days=sum(
                working_days_between(self.place, self.path[n].at, self.path[n + 1].at)
                for n in waits
                if n + 1 < len(self.path)
            ),
            declines=sum(
                (m.from_state, m.to_state) == ("assigned", "verifying") for m in self.path
            ),
            reopenings=sum(m.to_state == "reopened" for m in self.path),
            is_other_person=not proposers or proposers[-1] != by,
            is_other_investigator=by
            not in {m.by for m in self.path if m.to_state == "investigating"},
            **said,
        )


_ASKED = {
    "reason": "has_reason",
    "where_else": "says_where_else",
    "two_persons_for_false_report": "is_false_report",
    "main_case": "has_main_case",
    "timed_out": "is_timed_out",
    "no_conflict_declared": "declares_no_conflict",
    "new_evidence": "has_new_evidence",
    "objected_in_time": "objects_in_time",
    "withdrawal": "is_withdrawal",
    "checked_for_coercion": "is_checked_for_coercion",
}
_OUTCOMES = ("service_fixed", "service_fixed", "expired", "withdrawn", "")
_SAID = (
    "has_reason", "has_main_case", "has_new_evidence", "objects_in_time", "says_where_else",
    "is_false_report", "is_timed_out", "is_withdrawal", "is_checked_for_coercion",
    "second_person", "declares_no_conflict",
)  # fmt: skip


def _check(last: Walked, before: list[Walked], priority: str) -> None:
    """What domain.md asks of a path, in its words and not in the table's."""
    step, facts = (last.from_state, last.to_state), last.facts
    if last.to_state == "waiting_reporter":
        assert sum(m.to_state == "waiting_reporter" for m in before) < 2, "at most 2 pauses"
        assert facts.paused_working_days < 20, "20 working days in all"
    if step[0] == "waiting_reporter" and step[1] in ("verifying", "investigating"):
        assert before[-1].from_state == step[1], "back to where it came from"
    if step == ("waiting_reporter", "closed") and facts.outcome != "withdrawn":
        assert priority in ("P3", "P4"), "a timeout never ends a P1 or P2"
    if step == ("assigned", "investigating"):
        assert facts.declares_no_conflict
    if step == ("verifying", "assigned") and facts.declines >= 3:
        assert last.role == "supervisor", "third decline: the supervisor"
    if last.to_state == "proposed":
        assert facts.logged_actions, "at least one logged action"
        assert facts.outcome in OUTCOMES
        assert facts.has_reason
    if last.to_state == "rejected":
        assert facts.has_reason
        assert facts.says_where_else
        assert facts.second_person or not facts.is_false_report, "false report: two persons"
    if last.to_state == "reporter_response":
        assert [m.by for m in before if m.to_state == "proposed"][-1] != last.by
        assert last.role == "supervisor"
    if last.to_state == "closed" and last.role == "supervisor":
        assert (facts.is_withdrawal, facts.is_checked_for_coercion) == (True, True)
    if last.role == "system":
        assert facts.is_timed_out, "the system moves a case only when a time is over"
    if step[0] == "reopened" and step[1] != "closed" and facts.reopenings >= 2:
        assert last.by not in {m.by for m in before if m.to_state == "investigating"}
    if last.to_state == "merged":
        assert facts.has_main_case


def test_no_path_skips_a_guard_runs_back_loses_a_breach_or_moves_a_date() -> None:
    walks = settings(max_examples=150, stateful_step_count=40, deadline=None)
    run_state_machine_as_test(AnyPath, settings=walks)
