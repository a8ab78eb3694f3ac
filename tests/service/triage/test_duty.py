"""Supervisors say who is on duty; an urgent case nobody opens calls whoever that is."""

from __future__ import annotations

import json
import re
from datetime import date, timedelta

import pytest

from services.triage.domain.duty import gaps, in_turn
from services.triage.store.duties import Duty
from tests.service.triage.desk import OTHER_UNIT, Desk
from tests.service.triage.test_ticking import ticks, told

URGENT = {"coercion": "violence"}
MONDAY = date(2026, 11, 23)


def _set(desk: Desk, who: str, first: date, last: date, by: str = "bagus") -> int:
    form = {"siapa": who, "dari": first.isoformat(), "sampai": last.isoformat()}
    return desk.client(by).post("/piket", form).status_code


def _days(n: int) -> date:
    return MONDAY + timedelta(days=n)


def _called(desk: Desk, case: str | None = None) -> list[str]:
    found = [json.loads(one) for one in told(desk, "desk.called")]
    return [one["people"][0] for one in found if one["why"] == "unopened"]


def _unopened(desk: Desk, **facts: object) -> None:
    desk.file(**URGENT, **facts)
    desk.clock.advance(timedelta(minutes=31))
    ticks(desk, 3)


@pytest.mark.parametrize("name", ["rani", "tirta"])
def test_an_urgent_case_nobody_opens_calls_whoever_is_on_duty(small_desk: Desk, name: str) -> None:
    other = {"rani": "tirta", "tirta": "rani"}[name]
    assert _set(small_desk, name, MONDAY, _days(6)) == 303
    assert _set(small_desk, other, _days(7), _days(13)) == 303

    _unopened(small_desk)

    assert _called(small_desk) == [name]


def test_who_is_in_conflict_with_the_case_is_passed_by(small_desk: Desk) -> None:
    _set(small_desk, "tirta", MONDAY, _days(6))
    _set(small_desk, "rani", _days(7), _days(13))

    _unopened(small_desk, exclude=["inspektorat-sumsel"])  # tirta is tied to it

    assert _called(small_desk) == ["rani"]


def test_the_days_are_those_of_the_units_own_time_zone(small_desk: Desk) -> None:
    small_desk.clock.advance(timedelta(hours=14, minutes=30))  # 00.30 WIB: Tuesday there
    _set(small_desk, "rani", MONDAY + timedelta(days=1), _days(1))
    _set(small_desk, "tirta", _days(2), _days(2))
    small_desk.clock.advance(timedelta(hours=23))  # 23.30 WIB: still Tuesday there

    _unopened(small_desk)  # 00.01 WIB on Wednesday

    assert _called(small_desk) == ["tirta"]


def test_without_a_roster_investigators_take_turns_as_before(small_desk: Desk) -> None:
    _unopened(small_desk)

    assert len(_called(small_desk)) == 1


def test_who_was_called_before_is_not_called_again(small_desk: Desk) -> None:
    _set(small_desk, "rani", MONDAY, _days(6))
    _set(small_desk, "tirta", _days(7), _days(13))
    _unopened(small_desk)
    with small_desk.house.transactions.begin() as tx:
        again = (
            "UPDATE clock SET stage = 2, next_at = due_at, breached_at = NULL WHERE name = 'open'"
        )
        tx.connection.exec_driver_sql(again)
    ticks(small_desk, 3)

    assert _called(small_desk) == ["rani", "tirta"]


def test_each_change_is_a_fact_and_can_be_taken_back(desk: Desk) -> None:
    _set(desk, "rani", MONDAY, _days(6))
    bagus = desk.client("bagus")
    path = re.findall(r'action="(/piket/[^"]+)/hapus"', bagus.get("/piket").text)[0]

    dropped = bagus.post(f"{path}/hapus", {}, page="/piket")
    assert "Belum ada piket" in bagus.get("/piket").text
    page = bagus.get(dropped.headers["Location"]).text
    assert "Urungkan" in page
    bagus.post(f"{path}/pulih", {}, page="/piket")

    assert "Rani N." in bagus.get("/piket").text.partition("Atur piket")[0]
    made = {"unit": "inspektorat-kota-palembang", "person": "rani", "first": "2026-11-23",
            "last": "2026-11-29"}  # fmt: skip
    assert [json.loads(one) for one in told(desk, "duty.set")] == [made, made]
    assert [json.loads(one) for one in told(desk, "duty.dropped")] == [made]


def test_days_without_anybody_are_shown(small_desk: Desk) -> None:
    _set(small_desk, "rani", MONDAY, _days(9))
    _set(small_desk, "tirta", _days(12), _days(30))

    page = small_desk.client("rani").get("/piket").text

    assert "Hari tanpa petugas piket" in page
    assert "Kamis, 3 Desember 2026 sampai Jumat, 4 Desember 2026" in page
    assert "Atur piket" not in page, "who looks sets nothing"


@pytest.mark.parametrize(
    ("who", "first", "last"),
    [("sari", 0, 1), ("bagus", 0, 1), ("nobody", 0, 1), ("", 0, 1), ("a\x00b", 0, 1),
     ("rani", 2, 1), ("rani", -3, -1), ("rani", 0, 900)],
)  # fmt: skip
def test_what_makes_no_duty_is_refused(small_desk: Desk, who: str, first: int, last: int) -> None:
    assert _set(small_desk, who, _days(first), _days(last)) == 422
    assert told(small_desk, "duty.set") == []


def test_another_units_roster_is_out_of_reach(small_desk: Desk) -> None:
    _set(small_desk, "rani", MONDAY, _days(6))
    id = small_desk.rows("SELECT id FROM duty")[0][0]
    with small_desk.house.transactions.begin() as tx:
        move = f"UPDATE person SET unit = '{OTHER_UNIT}' WHERE name = 'bagus'"
        tx.connection.exec_driver_sql(move)
    bagus = small_desk.client("bagus")

    assert bagus.post(f"/piket/{id}/hapus", {}, page="/piket").status_code == 404
    assert "Rani" not in bagus.get(f"/piket?terhapus={id}").text


def test_whose_turn_it_is_and_where_nobody_is() -> None:
    def duty(name: str, first: int, last: int) -> Duty:
        return Duty(name, "u", name, _days(first), _days(last))

    roster = [duty("b", 5, 6), duty("a", 0, 3), duty("c", 2, 2), duty("old", -5, -1)]

    assert in_turn(roster, MONDAY) == ["a", "c", "b"]
    assert in_turn(roster, _days(4)) == ["b"]
    assert gaps(roster, MONDAY)[0] == (_days(4), _days(4))
    assert gaps([], MONDAY) == [(MONDAY, _days(27))]
    assert gaps([duty("a", 0, 40)], MONDAY) == []
