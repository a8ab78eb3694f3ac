"""A changed calendar is noticed by itself, and every date it moves is a fact."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta

from services.triage.actions.tick import tick
from services.triage.chores import meet_calendar, recount, uncounted_calendar
from shared.rulebook.calendar import Override
from shared.service import House
from tests.service.triage.desk import Desk
from tests.service.triage.test_ticking import told


def _living_by(desk: Desk, *days: date, region: str = "ID") -> House:
    """The desk after a restart under a calendar with these days off."""
    off = tuple(Override(day, True, region, "cuti bersama", "SKB", days[0]) for day in days)
    rules = desk.house.rulebook
    return replace(
        desk.house, rulebook=replace(rules, calendar=replace(rules.calendar, overrides=off))
    )


def _restart(house: House) -> None:
    meet_calendar(house)
    recount(house)


def _due(desk: Desk) -> list[str]:
    query = "SELECT due_at FROM clock WHERE name = 'verify' ORDER BY \"case\""
    return [str(row[0])[:10] for row in desk.rows(query)]


def test_a_day_off_that_is_decreed_moves_the_dates_by_itself_with_a_fact_each(desk: Desk) -> None:
    _restart(desk.house)
    for _ in range(3):
        desk.file()  # to be verified by Thursday the 26th
    house = _living_by(desk, date(2026, 11, 25))

    for _ in range(2):
        _restart(house)

    assert _due(desk) == ["2026-11-27"] * 3
    moved = [json.loads(one) for one in told(desk, "clock.adjusted")]
    assert [(one["was_on"], one["new_on"]) for one in moved] == [("2026-11-26", "2026-11-27")] * 3
    assert all("Kalender hari kerja berubah" in one["reason"] for one in moved)
    assert len(told(desk, "clock.recomputed")) == 3, "each reporter is told once"
    changes = [json.loads(one) for one in told(desk, "calendar.changed")]
    assert [one["before"] for one in changes] == ["", desk.house.rulebook.calendar.digest]


def test_the_same_days_under_another_date_of_checking_move_nothing(small_desk: Desk) -> None:
    _restart(small_desk.house)
    small_desk.file()
    rules = small_desk.house.rulebook
    again = replace(rules, calendar=replace(rules.calendar, checked_on=date(2027, 1, 1)))

    _restart(replace(small_desk.house, rulebook=again))

    assert len(told(small_desk, "calendar.changed")) == 1
    assert told(small_desk, "clock.adjusted") == []


def test_a_breach_stays_and_nobody_comes_to_be_late_in_hindsight(small_desk: Desk) -> None:
    _restart(small_desk.house)
    small_desk.file()
    small_desk.clock.advance(timedelta(days=3, hours=20))
    with small_desk.house.transactions.begin() as tx:
        tick(tx, small_desk.house.rulebook)

    _restart(_living_by(small_desk, date(2026, 11, 25)))

    assert len(told(small_desk, "clock.breached")) == 1
    assert _due(small_desk) == ["2026-11-26"]
    query = "SELECT breached_at FROM clock WHERE name = 'verify'"
    assert small_desk.rows(query)[0][0] is not None


def test_what_comes_in_while_it_counts_is_not_moved_twice(small_desk: Desk) -> None:
    _restart(small_desk.house)
    small_desk.file()
    house = _living_by(small_desk, date(2026, 11, 25))
    meet_calendar(house)
    replace(small_desk, house=house).file()

    recount(house)
    recount(house)

    assert _due(small_desk) == ["2026-11-27"] * 2
    assert len(told(small_desk, "clock.adjusted")) == 1


def test_a_process_of_the_old_calendar_counts_nothing_back(small_desk: Desk) -> None:
    _restart(small_desk.house)
    small_desk.file()
    new = _living_by(small_desk, date(2026, 11, 25))
    meet_calendar(new)

    recount(small_desk.house)
    assert _due(small_desk) == ["2026-11-26"]
    assert uncounted_calendar(small_desk.house) == 1
    recount(new)
    recount(small_desk.house)

    assert _due(small_desk) == ["2026-11-27"]
    assert uncounted_calendar(new) == 0


def test_the_gauge_and_the_board_say_so_until_it_is_done(small_desk: Desk) -> None:
    assert uncounted_calendar(small_desk.house) == 1
    _restart(small_desk.house)
    assert uncounted_calendar(small_desk.house) == 0
    assert "Kalender hari kerja berubah" not in small_desk.client("bagus").get("/papan").text
    house = _living_by(small_desk, date(2026, 11, 25))
    meet_calendar(house)

    assert uncounted_calendar(house) == 1
    assert "sedang dihitung ulang" in small_desk.client("bagus").get("/papan").text
    recount(house)
    assert uncounted_calendar(house) == 0
    assert "dihitung ulang sampai" in small_desk.client("bagus").get("/papan").text
    small_desk.clock.advance(timedelta(days=8))
    assert "Kalender hari kerja berubah" not in small_desk.client("bagus").get("/papan").text
