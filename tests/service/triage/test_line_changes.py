"""Who was let in by lateness sees a case no more when it goes to a unit they are not above."""

from __future__ import annotations

import json

import pytest

from services.triage.actions.publish_unit_key import publish_unit_key
from services.triage.actions.seed_demo import seed_demo
from services.triage.store.people import readers_of
from tests.service.triage.desk import UNIT, Desk
from tests.service.triage.test_escalation import NATIONAL, PROVINCE, _enrolled, _later
from tests.service.triage.test_rerouting import FREE, send
from tests.service.triage.test_ticking import told


@pytest.fixture
def tall_desk(small_desk: Desk) -> Desk:
    """The desk with people in the units above."""
    with small_desk.house.transactions.begin() as tx:
        seed_demo(tx, _enrolled(), [])
    return small_desk


def _goes(desk: Desk, number: str, unit: str) -> None:
    with desk.house.transactions.begin() as tx:
        publish_unit_key(tx, unit, readers_of(tx.connection, UNIT))
    assert send(desk.client("bagus"), number, unit).status_code == 303


def _sees(desk: Desk, name: str, number: str) -> bool:
    browser = desk.client(name)
    is_listed = number in browser.get("/naik").text
    assert (browser.get(f"/kasus/{number}").status_code == 200) is is_listed
    return is_listed


def test_the_superior_of_the_unit_before_loses_sight_when_the_case_goes_elsewhere(
    tall_desk: Desk,
) -> None:
    number = tall_desk.number(tall_desk.file())
    _later(tall_desk, days=22)
    assert [name for name in ("yusuf", "nur", "ratna") if _sees(tall_desk, name, number)] == [
        "yusuf",
        "nur",
    ]

    _goes(tall_desk, number, FREE)

    assert not _sees(tall_desk, "yusuf", number), "the province is not above the Ombudsman"
    assert _sees(tall_desk, "nur", number), "the oversight line is above both"
    assert _sees(tall_desk, "ratna", number), "late it still is: the superior there looks now"
    ended = [json.loads(one)["unit"] for one in told(tall_desk, "case.escalation_ended")]
    assert ended == [PROVINCE]


def test_a_superior_who_gets_the_case_itself_works_it_and_no_climb_is_left(
    tall_desk: Desk,
) -> None:
    number = tall_desk.number(tall_desk.file())
    _later(tall_desk, days=11)
    assert _sees(tall_desk, "yusuf", number)

    _goes(tall_desk, number, PROVINCE)

    yusuf = tall_desk.client("yusuf")
    assert number in yusuf.get("/").text
    assert number not in yusuf.get("/naik").text
    assert _sees(tall_desk, "wati", number), "who is above the province"


def test_a_case_that_is_late_no_more_climbs_nowhere_by_going(tall_desk: Desk) -> None:
    number = tall_desk.number(tall_desk.file())
    _later(tall_desk, days=11)
    with tall_desk.house.transactions.begin() as tx:
        tx.connection.exec_driver_sql("UPDATE clock SET stopped_at = due_at, next_at = NULL")

    _goes(tall_desk, number, FREE)

    assert not _sees(tall_desk, "yusuf", number)
    assert not _sees(tall_desk, "ratna", number)


def test_an_overseer_the_case_excludes_sees_nothing_after_it_went(tall_desk: Desk) -> None:
    number = tall_desk.number(tall_desk.file())
    _later(tall_desk, days=22)
    with tall_desk.house.transactions.begin() as tx:
        tx.connection.exec_driver_sql(
            f"UPDATE case_candidate SET excluded = 1 WHERE unit = '{NATIONAL}'"
        )

    _goes(tall_desk, number, FREE)

    assert not _sees(tall_desk, "nur", number)
    assert tall_desk.rows("SELECT 1 FROM escalation WHERE unit = :u", u=NATIONAL) == []
