"""A changed calendar moves due dates by one audited act, and nothing else does."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from services.triage.actions.recompute_due import ReasonTooShort, recompute_due
from services.triage.actions.tick import tick
from services.triage.service import SERVICE
from shared.rulebook import Rulebook
from shared.rulebook.calendar import Override
from tests.service.triage.desk import Desk
from tests.service.triage.test_moving import _move
from tests.service.triage.test_ticking import told

REASON = "SKB tiga menteri: cuti bersama tambahan"


def _with_day_off(desk: Desk, day: date, region: str = "ID") -> Rulebook:
    off = Override(day, True, region, "cuti bersama", "SKB", date(2026, 11, 23))
    rulebook = desk.house.rulebook
    return replace(rulebook, calendar=replace(rulebook.calendar, overrides=(off,)))


def _recompute(desk: Desk, rulebook: Rulebook, reason: str = REASON) -> int:
    with desk.house.transactions.begin() as tx:
        return recompute_due(tx, rulebook, reason)[1]


def _due_on(desk: Desk, name: str) -> str:
    query = "SELECT due_at FROM clock WHERE name = :name AND stopped_at IS NULL"
    return str(desk.rows(query, name=name)[0][0])[:10]


def test_a_new_day_off_moves_the_date_once_with_a_fact(desk: Desk) -> None:
    desk.file()  # to be verified by Thursday the 26th
    changed = _with_day_off(desk, date(2026, 11, 25))

    moved = [_recompute(desk, changed) for _ in range(2)]

    assert moved == [1, 0]
    assert _due_on(desk, "verify") == "2026-11-27"
    assert told(desk, "clock.recomputed") == [
        '{"clock":"verify","new_on":"2026-11-27","was_on":"2026-11-26"}'
    ]
    assert REASON in told(desk, "clock.adjusted")[0]
    nearest = desk.rows('SELECT due_at FROM "case"')[0][0]
    assert str(nearest)[:10] == "2026-11-27"


def test_warnings_follow_the_new_date(desk: Desk) -> None:
    desk.file()
    before = desk.rows("SELECT next_at FROM clock")[0][0]

    _recompute(desk, _with_day_off(desk, date(2026, 11, 25)))

    assert desk.rows("SELECT next_at FROM clock")[0][0] > before


def test_a_local_holiday_moves_only_what_is_there(desk: Desk) -> None:
    desk.file()

    assert _recompute(desk, _with_day_off(desk, date(2026, 11, 25), "73")) == 0
    assert _recompute(desk, _with_day_off(desk, date(2026, 11, 25), "16.71")) == 1


def test_a_paused_and_resumed_clock_is_recomputed_through_its_pause(desk: Desk) -> None:
    case = desk.file()
    number, rani = desk.number(case), desk.client("rani")
    _move(rani, number, "verifying")
    _move(rani, number, "waiting_reporter", alasan="Perlu tanggalnya.")
    desk.clock.advance(timedelta(days=30))
    with desk.house.transactions.begin() as tx:
        tick(tx, desk.house.rulebook)

    assert _recompute(desk, desk.house.rulebook) == 0, "the same calendar gives the same date"


def test_what_was_missed_stays_missed_and_nobody_is_late_in_hindsight(desk: Desk) -> None:
    desk.file()
    desk.clock.advance(timedelta(days=3, hours=20))  # Friday 06.00: late since midnight
    with desk.house.transactions.begin() as tx:
        tick(tx, desk.house.rulebook)

    assert _recompute(desk, _with_day_off(desk, date(2026, 11, 25))) == 0
    assert len(told(desk, "clock.breached")) == 1


def test_a_recount_without_a_reason_is_refused(desk: Desk) -> None:
    desk.file()

    with pytest.raises(ReasonTooShort):
        _recompute(desk, _with_day_off(desk, date(2026, 11, 25)), reason="  ")
    assert SERVICE.verbs["recompute"](desk.house, []) == 2


def test_the_verb_walks_every_case_and_says_how_many_moved(
    small_desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    for _ in range(3):
        small_desk.file()
    changed = _with_day_off(small_desk, date(2026, 11, 25))
    house = replace(small_desk.house, rulebook=changed)

    assert SERVICE.verbs["recompute"](house, REASON.split()) == 0
    assert capsys.readouterr().out == '{"moved": 3}\n'


def test_nothing_else_writes_a_due_date_of_a_clock() -> None:
    sources = {str(path): path.read_text() for path in Path("services/triage").rglob("*.py")}

    writers = [name for name, text in sources.items() if re.search(r"\bclock\s*\.update\(", text)]

    assert writers == ["services/triage/store/clocks.py"]
    assert sources[writers[0]].count("due_at=") == 1, "move_due alone"
