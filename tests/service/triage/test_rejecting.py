"""A false report takes two persons, and a tenth of all rejections is looked at again."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from typing import Any

import pytest

from services.triage.domain.sampling import SHARE, drawn, lot
from tests.service.triage.desk import Browser, Desk
from tests.service.triage.test_moving import _move, _running, _state

WHY = "Kantor itu tutup sejak 2024, fotonya dari kota lain"
ELSE = "Ombudsman Sumatera Selatan"


def ask(desk: Desk, number: str, name: str = "rani") -> Any:
    """Press "rejected" with the mark of a false report."""
    return _move(desk.client(name), number, "rejected", alasan=WHY, rujukan=ELSE, palsu="on")


def decide(browser: Browser, number: str, choice: str = "setuju", nth: str = "1") -> Any:
    form = {"putusan": choice, "alasan": "Sudah saya periksa sendiri", "ke": nth}
    return browser.post(f"/kasus/{number}/palsu", form, page=f"/kasus/{number}")


@pytest.fixture
def case(desk: Desk) -> str:
    made = desk.file(exclude=["inspektorat-sumsel"])
    assert _move(desk.client("rani"), desk.number(made), "verifying").status_code == 303
    return made


def test_one_person_alone_rejects_nothing_as_false(desk: Desk, case: str) -> None:
    number, running = desk.number(case), _running(desk, case)

    assert ask(desk, number).status_code == 303

    assert _state(desk, number) == "verifying"
    assert _running(desk, case) == running, "clocks run on"
    assert decide(desk.client("rani"), number).status_code in {409, 422}
    assert _state(desk, number) == "verifying"


def test_another_person_looks_and_rejects(desk: Desk, case: str) -> None:
    number, bagus = desk.number(case), desk.client("bagus")
    ask(desk, number)
    assert f"/kasus/{number}/palsu" in bagus.get(f"/kasus/{number}").text
    assert WHY in bagus.get(f"/kasus/{number}/palsu").text

    assert decide(bagus, number).status_code == 303

    assert _state(desk, number) == "rejected"
    query = "SELECT type, by, payload FROM fact WHERE type LIKE 'case.false%' ORDER BY position"
    told = [(row[0], row[1], json.loads(row[2])) for row in desk.rows(query)]
    assert [one[:2] for one in told] == [
        ("case.false_report_asked", "rani"), ("case.false_report_ended", "bagus"),
    ]  # fmt: skip
    assert told[1][2]["is_confirmed"] is True
    assert "Orang kedua menolak laporan sebagai palsu" in bagus.get(f"/kasus/{number}").text


def test_the_second_person_may_say_no(desk: Desk, case: str) -> None:
    number, bagus = desk.number(case), desk.client("bagus")
    ask(desk, number)

    assert decide(bagus, number, "tolak").status_code == 303

    assert _state(desk, number) == "verifying"
    assert decide(bagus, number).status_code == 409, "it is over"


def test_a_wish_about_a_case_that_moved_on_is_over(desk: Desk, case: str) -> None:
    number = desk.number(case)
    ask(desk, number)
    _move(desk.client("rani"), number, "assigned", penerima="rani")

    assert decide(desk.client("bagus"), number).status_code == 409
    assert _state(desk, number) == "assigned"


def test_a_wish_needs_what_a_rejection_needs(desk: Desk, case: str) -> None:
    number = desk.number(case)

    answer = _move(desk.client("rani"), number, "rejected", alasan=WHY, palsu="on")

    assert answer.status_code == 422
    assert desk.rows("SELECT count(*) FROM rejection")[0][0] == 0


def test_who_is_excluded_learns_nothing_of_the_wish(desk: Desk, case: str) -> None:
    number = desk.number(case)
    ask(desk, number)

    for name in ("tirta", "sari"):
        browser = desk.client(name)
        assert browser.get(f"/kasus/{number}/palsu").status_code == 404
        assert decide(browser, number).status_code in {400, 404}
    assert _state(desk, number) == "verifying"


def test_a_tenth_is_drawn_and_at_least_one() -> None:
    cases = [f"case-{n}" for n in range(5000)]

    chosen = drawn(b"k" * 32, "2026-11", cases)

    assert 400 < len(chosen) < 600
    assert all(one < SHARE for one in chosen.values())
    assert len(drawn(b"k" * 32, "2026-11", ["one"])) == 1
    assert drawn(b"k" * 32, "2026-11", []) == {}
    assert chosen.keys() != drawn(b"k" * 32, "2026-12", cases).keys()
    assert lot(b"k" * 32, "2026-11", "x") != lot(b"l" * 32, "2026-11", "x"), "nobody without it"


def test_an_auditor_sees_the_drawn_rejections_and_no_hidden_one(small_desk: Desk) -> None:
    seen, hidden = (small_desk.file(exclude=e) for e in ([], ["inspektorat-sumsel"]))
    rani = small_desk.client("rani")
    for one in (seen, hidden):
        _move(rani, small_desk.number(one), "verifying")
        _move(rani, small_desk.number(one), "rejected", alasan="Bukan pungutan", rujukan=ELSE)
    with small_desk.house.transactions.begin() as tx:
        tx.connection.exec_driver_sql(
            "INSERT INTO person_tie (person, unit) VALUES ('kirana', 'inspektorat-sumsel')"
        )

    page = small_desk.client("kirana").get("/cuplikan").text

    assert re.findall(r"KTG-2026-11-\d+", page)[:1] == [small_desk.number(seen)]
    assert small_desk.number(hidden) not in page
    assert "1 dari 1 penolakan" in page
    read = small_desk.rows("SELECT payload FROM fact WHERE type = 'trail.read'")
    assert json.loads(read[-1][0])["what"] == "sample 2026-11"
    small_desk.clock.advance(timedelta(days=40))
    assert "Tidak ada penolakan" in small_desk.client("kirana").get("/cuplikan").text
    assert small_desk.client("kirana").get("/cuplikan?bulan=2019-01").status_code == 422
