"""Late cases climb the tree, past everybody in conflict, and open nothing else."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from functools import cache
from typing import Any

import pytest

from services.triage.actions.seed_demo import Enrolment, enrol, seed_demo
from tests.service.triage.desk import DEPLOYMENT, UNIT, Desk, passphrase
from tests.service.triage.test_ticking import ticks, told

OTHER_LINE = "ombudsman-ri"  # above FREE, as PROVINCE is above the case's first unit
PROVINCE, MINISTRY, NATIONAL = "inspektorat-sumsel", "itjen-kemendagri", "meja-nasional"
ABOVE = (
    {"name": "yusuf", "title": "Yusuf P.", "unit": PROVINCE, "role": "supervisor"},
    {"name": "wati", "title": "Wati D.", "unit": MINISTRY, "role": "supervisor"},
    {"name": "nur", "title": "Nur H.", "unit": NATIONAL, "role": "supervisor"},
    {"name": "ratna", "title": "Ratna O.", "unit": OTHER_LINE, "role": "supervisor"},
    {"name": "dedi", "title": "Dedi R.", "unit": PROVINCE, "role": "investigator"},
)
URGENT = {"coercion": "violence"}


@cache
def _enrolled() -> tuple[Enrolment, ...]:
    return tuple(enrol({**one, "passphrase": passphrase(one["name"])}, DEPLOYMENT) for one in ABOVE)


@pytest.fixture
def tall_desk(small_desk: Desk) -> Desk:
    """The desk with people in the units above."""
    with small_desk.house.transactions.begin() as tx:
        seed_demo(tx, _enrolled(), [])
    return small_desk


def _calls(desk: Desk) -> list[tuple[str, str, list[str]]]:
    """(why, unit, people) of every call but that to a new case."""
    found = [json.loads(one) for one in told(desk, "desk.called")]
    return [(one["why"], one["unit"], one["people"]) for one in found if one["why"] != "new"]


def _climbs(desk: Desk) -> list[tuple[str, str]]:
    found = [json.loads(one) for one in told(desk, "case.escalated")]
    return [(one["level"], one["unit"]) for one in found]


def _later(desk: Desk, **span: Any) -> None:
    desk.clock.advance(timedelta(**span))
    ticks(desk, 3)


def test_a_late_case_climbs_to_the_superior_and_then_to_the_oversight_unit(
    tall_desk: Desk,
) -> None:
    tall_desk.file()  # to be verified by Thursday

    _later(tall_desk, days=4)  # Friday
    assert _climbs(tall_desk) == []
    _later(tall_desk, days=5)  # Wednesday: 3 working days after Thursday are not over before 23:59
    _later(tall_desk, days=1)
    assert _climbs(tall_desk) == [("superior", PROVINCE)]
    _later(tall_desk, days=12)
    assert _climbs(tall_desk) == [("superior", PROVINCE), ("oversight", NATIONAL)]
    _later(tall_desk, days=60)
    assert len(_climbs(tall_desk)) == 2, "each once"


def test_an_urgent_case_climbs_after_one_working_day(tall_desk: Desk) -> None:
    tall_desk.file(**URGENT)

    _later(tall_desk, hours=5)
    assert _climbs(tall_desk)[-1][0] == "officer"
    _later(tall_desk, days=1)

    assert ("superior", PROVINCE) in _climbs(tall_desk)


def test_who_it_climbed_to_sees_that_case_and_nothing_else_of_the_unit(tall_desk: Desk) -> None:
    late = tall_desk.number(tall_desk.file())
    _later(tall_desk, days=11)
    other = tall_desk.number(tall_desk.file())
    yusuf = tall_desk.client("yusuf")

    shown = yusuf.get("/naik").text

    assert late in shown
    assert other not in shown
    assert yusuf.get(f"/kasus/{late}").status_code == 200
    assert yusuf.get(f"/kasus/{other}").status_code == 404
    assert "KTG" not in yusuf.get("/").text, "the queue is the own unit's"
    for page in ("pindah", "cabut"):
        assert yusuf.get(f"/kasus/{late}/{page}").status_code == 404
    for page in ("amplop", "kunci", "surat"):
        assert yusuf.get(f"/kasus/{late}/{page}").status_code == 403, "facts, never stories"
    offered = set(
        re.findall(f'(?:href|action)="(/kasus/{late}/[^"]+)"', yusuf.get(f"/kasus/{late}").text)
    )
    assert offered == set(), "nothing is offered that would be refused"
    assert tall_desk.client("dedi").get(f"/kasus/{late}").status_code == 404
    assert tall_desk.client("wati").get(f"/kasus/{late}").status_code == 404


def test_an_excluded_unit_is_passed_by_and_never_told(tall_desk: Desk) -> None:
    number = tall_desk.number(tall_desk.file(exclude=[PROVINCE]))

    for _ in range(30):
        _later(tall_desk, days=1)

    assert _climbs(tall_desk) == [("superior", MINISTRY), ("oversight", NATIONAL)]
    assert PROVINCE not in {unit for _, unit, _ in _calls(tall_desk)}
    yusuf = tall_desk.client("yusuf")
    assert yusuf.get(f"/kasus/{number}").status_code == 404
    assert number not in yusuf.get("/naik").text


def test_an_excluded_persons_unit_gets_no_post_about_the_case(tall_desk: Desk) -> None:
    tall_desk.file(exclude=[PROVINCE])  # tirta of the case's own unit is tied to it

    _later(tall_desk, days=4)

    assert _calls(tall_desk) == [("breach", "", ["bagus"])]


def test_the_excluded_supervisors_breach_goes_to_the_next_level(tall_desk: Desk) -> None:
    with tall_desk.house.transactions.begin() as tx:
        tx.connection.exec_driver_sql(
            "INSERT INTO person_tie VALUES ('bagus', 'inspektorat-sumsel')"
        )
    number = tall_desk.number(tall_desk.file(exclude=[PROVINCE]))

    _later(tall_desk, days=4)

    assert _climbs(tall_desk) == [("away", MINISTRY)]
    assert all("bagus" not in people for _, _, people in _calls(tall_desk))
    assert tall_desk.client("wati").get(f"/kasus/{number}").status_code == 200
    _later(tall_desk, days=7)
    assert _climbs(tall_desk)[-1] == ("superior", NATIONAL)


def test_a_breach_calls_the_supervisor_and_a_warning_the_holder(tall_desk: Desk) -> None:
    tall_desk.file()

    _later(tall_desk, days=2)
    _later(tall_desk, days=2)

    assert [(why, people) for why, _, people in _calls(tall_desk)] == [
        ("half", ["bagus", "rani", "tirta"]),
        ("breach", ["bagus"]),
    ]
    assert {unit for _, unit, _ in _calls(tall_desk)} == {UNIT}


def test_an_urgent_case_nobody_opens_in_half_an_hour_calls_the_next_officer(
    tall_desk: Desk,
) -> None:
    tall_desk.file(**URGENT)

    _later(tall_desk, minutes=31)

    assert _climbs(tall_desk) == [("officer", UNIT)]
    ((why, _, people),) = [one for one in _calls(tall_desk) if one[0] == "unopened"]
    assert (why, len(people)) == ("unopened", 1)


def test_an_urgent_case_somebody_reads_is_opened(tall_desk: Desk) -> None:
    number = tall_desk.number(tall_desk.file(**URGENT))
    tall_desk.client("rani").get(f"/kasus/{number}/amplop/in/0")

    _later(tall_desk, minutes=31)

    assert _climbs(tall_desk) == []
