"""Enrolling anew after a loss: two key officers, and the old keys are void."""

from __future__ import annotations

from datetime import timedelta

from werkzeug.test import TestResponse

from tests.service.triage.desk import STORY, Desk, passphrase
from tests.service.triage.staff import NEW, enrol, link_of, make_key, told

RANI = "/orang/rani"


def _ask(desk: Desk, by: str = "nila") -> TestResponse:
    return desk.client(by).post(f"{RANI}/ulang", {"sebab": "lupa frasa"}, page=RANI)


def _approve(desk: Desk, by: str = "wahyu") -> TestResponse:
    return desk.client(by).post(f"{RANI}/ulang/setuju", {}, page=RANI)


def test_two_key_officers_let_somebody_enrol_anew(desk: Desk) -> None:
    number = desk.number(desk.file())
    before = desk.client("rani")
    assert _ask(desk).status_code == 303
    assert before.get("/").status_code == 200  # asking changes nothing yet

    path = link_of(_approve(desk))

    assert before.get("/").location.startswith("/masuk")
    assert desk.client().sign_in("rani").status_code == 422
    again = desk.client()
    assert enrol(again, path, "rani", NEW).status_code == 303
    assert again.sign_in("rani", NEW).status_code == 303
    assert desk.client().sign_in("rani").status_code == 422
    make_key(desk, "tirta", passphrase("tirta"))
    assert again.open_case("rani", number, NEW)["in", 0] == STORY
    assert [one[0] for one in told(desk, "person.reset_asked")] == ["nila"]
    assert told(desk, "person.reset_approved") == [("wahyu", {"person": "rani"}, True)]


def test_one_key_officer_is_not_enough(desk: Desk) -> None:
    _ask(desk)

    answer = _approve(desk, by="nila")

    assert answer.status_code == 422
    assert "undangan/" not in answer.text
    assert desk.client().sign_in("rani").status_code == 303


def test_nothing_is_approved_that_nobody_asked(small_desk: Desk) -> None:
    assert _approve(small_desk).status_code == 409
    assert small_desk.client().sign_in("rani").status_code == 303


def test_a_request_is_over_after_a_week_or_when_dropped(small_desk: Desk) -> None:
    _ask(small_desk)
    small_desk.clock.advance(timedelta(days=7, seconds=1))
    assert _approve(small_desk).status_code == 409

    _ask(small_desk)
    small_desk.client("nila").post(f"{RANI}/ulang/batal", {}, page=RANI)
    assert _approve(small_desk).status_code == 409
    assert told(small_desk, "person.reset_refused") == [("nila", {"person": "rani"}, True)]


def test_voided_keys_are_wrapped_to_no_more(small_desk: Desk) -> None:
    _ask(small_desk)
    _approve(small_desk)

    given = small_desk.client("tirta").get("/kunci-unit/bahan").get_json()

    assert len(given["recipients"]) == 1
    assert "perlu baru" in small_desk.client("tirta").get("/kunci-unit").text
    assert make_key(small_desk, "tirta", passphrase("tirta")).status_code == 303


def test_a_key_officer_who_lost_the_phrase_needs_two_others(small_desk: Desk) -> None:
    officer = small_desk.client("nila")

    answer = officer.post("/orang/nila/ulang", {"sebab": "x"}, page=RANI)

    assert answer.status_code == 422
    assert small_desk.rows("SELECT 1 FROM person_reset") == []
