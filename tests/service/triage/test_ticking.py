"""What time alone does to a case's clocks: each thing once, a fact each."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from services.triage.actions.tick import tick
from tests.service.triage.desk import Desk
from tests.service.triage.test_moving import _move


def ticks(desk: Desk, times: int = 1) -> int:
    """As the chore does it; returns how many clocks were due in all."""
    found = 0
    for _ in range(times):
        with desk.house.transactions.begin() as tx:
            found += tick(tx, desk.house.rulebook)
    return found


def told(desk: Desk, type: str) -> list[Any]:
    """The payloads of all facts of a type, oldest first."""
    query = "SELECT payload FROM fact WHERE type = :type ORDER BY position"
    return [row[0] for row in desk.rows(query, type=type)]


def test_the_holder_is_warned_at_half_and_at_four_fifths_once_each(desk: Desk) -> None:
    desk.file()  # a P3 on Monday 10.00: verified by Thursday 23.59, 86 hours

    for hours in (42, 2, 24, 2):
        desk.clock.advance(timedelta(hours=hours))
        ticks(desk, 2)

    assert told(desk, "clock.warned") == [
        '{"clock":"verify","used":"half"}',
        '{"clock":"verify","used":"most"}',
    ]
    assert told(desk, "clock.breached") == []


def test_a_tick_with_nothing_due_reads_and_writes_nothing(desk: Desk) -> None:
    desk.file()

    assert ticks(desk) == 0
    assert told(desk, "clock.warned") == []


def test_a_clock_that_was_met_is_silent(desk: Desk) -> None:
    case = desk.file()
    number, rani = desk.number(case), desk.client("rani")
    _move(rani, number, "verifying")
    _move(rani, number, "rejected", alasan="Bukan pungutan.", rujukan="Loket pengaduan")
    desk.clock.advance(timedelta(days=40))

    assert ticks(desk) == 0


def test_the_reporter_is_reminded_after_five_and_eight_working_days(desk: Desk) -> None:
    case = desk.file()
    number, rani = desk.number(case), desk.client("rani")
    _move(rani, number, "verifying")
    _move(rani, number, "waiting_reporter", alasan="Perlu tanggalnya.")

    for days in (5, 2, 3, 1):  # Saturday, Monday, Thursday, Friday
        desk.clock.advance(timedelta(days=days))
        ticks(desk)

    assert told(desk, "reporter.reminded") == [
        '{"clock":"reporter","used":"half"}',
        '{"clock":"reporter","used":"most"}',
    ]


def test_a_missed_internal_target_is_a_fact_the_reporter_never_hears(desk: Desk) -> None:
    case = desk.file()
    number, rani = desk.number(case), desk.client("rani")
    _move(rani, number, "verifying")
    _move(rani, number, "assigned", penerima="rani")
    desk.clock.advance(timedelta(days=3))

    ticks(desk)

    assert [one for one in told(desk, "clock.missed") if "accept" in one]
    assert told(desk, "clock.breached") == []


def test_a_missed_clock_stays_missed_when_the_case_goes_on(desk: Desk) -> None:
    case = desk.file()
    number = desk.number(case)
    desk.clock.advance(timedelta(days=8))
    ticks(desk)
    rani = desk.client("rani")

    _move(rani, number, "verifying")
    _move(rani, number, "waiting_reporter", alasan="Perlu tanggalnya.")
    desk.clock.advance(timedelta(days=30))
    ticks(desk, 3)

    assert len(told(desk, "clock.breached")) == 1
    late = desk.rows("SELECT breached_at FROM clock WHERE name = 'verify' ORDER BY round")
    assert [row[0] is not None for row in late] == [True, True]


def test_a_jump_of_the_wall_clock_moves_no_due_date(desk: Desk) -> None:
    desk.file()
    before = desk.rows('SELECT "case", name, round, due_at FROM clock')

    for jump in (timedelta(days=1), timedelta(days=-2), timedelta(days=1)):
        desk.clock.advance(jump)
        ticks(desk, 2)

    assert desk.rows('SELECT "case", name, round, due_at FROM clock') == before
