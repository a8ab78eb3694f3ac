"""A withdrawal waits for a supervisor who has looked for coercion; nobody else sees it."""

from __future__ import annotations

from typing import Any

import pytest

from shared.contracts.reporting import WithdrawalAsked, WithdrawalTakenBack
from shared.crypto import sealing
from shared.crypto.age import recipient_of
from shared.messaging.inbox import NotYet
from tests.service.triage.desk import Browser, Desk
from tests.service.triage.test_moving import _move, _running, _state

CHECKED = {"putusan": "setuju", "bebas-tekanan": "on", "alasan": "Dijawab lewat surat."}


def ask(desk: Desk, case: str, pressed: str = "no", nth: int = 1) -> None:
    """The reporter's wish arrives."""
    sealed = sealing.seal_json({"v": 1, "pressed": pressed}, recipient_of(desk.identity))
    desk.hear(desk.fact(WithdrawalAsked(nth), case, {"disclosed": sealed}))


def decide(browser: Browser, number: str, **form: Any) -> Any:
    """Post the withdrawal page with what it shows."""
    path = f"/kasus/{number}/cabut"
    page = browser.get(path).text
    shown = {name: _hidden(page, name) for name in ("versi", "ke")}
    return browser.post(path, {**shown, **form})


def _hidden(page: str, name: str) -> str:
    found = page.split(f'name="{name}" value="')
    return found[1].split('"')[0] if len(found) > 1 else ""


def _told(desk: Desk) -> list[str]:
    query = "SELECT payload FROM fact WHERE type = 'withdrawal.decided'"
    return [row[0] for row in desk.rows(query)]


def test_a_confirmed_withdrawal_closes_the_case_with_its_outcome(desk: Desk) -> None:
    case = desk.file()
    number, bagus = desk.number(case), desk.client("bagus")
    ask(desk, case)
    assert _state(desk, number) == "received", "asking alone ends nothing"
    assert number in bagus.get("/").text.split("Minta dicabut")[1]

    answers = [decide(bagus, number, **CHECKED)]
    answers.append(decide(bagus, number, **CHECKED))

    assert [answer.status_code for answer in answers] == [303, 409]
    assert _state(desk, number) == "closed"
    assert _running(desk, case) == set()
    outcomes = desk.rows("SELECT outcome FROM move")
    assert outcomes[-1][0] == "withdrawn"
    assert _told(desk) == ['{"is_confirmed":true,"round":1}']


def test_the_same_decision_sent_twice_is_one(small_desk: Desk) -> None:
    case = small_desk.file()
    number, bagus = small_desk.number(case), small_desk.client("bagus")
    ask(small_desk, case)
    path = f"/kasus/{number}/cabut"
    form = {"versi": "1", "ke": "1", "putusan": "tolak", "alasan": "Perlu dijelaskan."}

    answers = [bagus.post(path, form).status_code for _ in range(2)]

    assert answers == [303, 303]
    assert len(_told(small_desk)) == 1
    assert _state(small_desk, number) == "received"


@pytest.mark.parametrize(
    ("form", "words"),
    [({"putusan": "setuju", "alasan": "Sudah."}, "tidak ditekan"),
     ({"putusan": "setuju", "bebas-tekanan": "on", "alasan": " "}, "Tulis apa"),
     ({"putusan": "", "alasan": "x"}, "Pilihan ini")],
)  # fmt: skip
def test_nothing_is_confirmed_without_a_check_and_a_reason(
    small_desk: Desk, form: dict[str, str], words: str
) -> None:
    case = small_desk.file()
    number = small_desk.number(case)
    ask(small_desk, case)

    answer = decide(small_desk.client("bagus"), number, **form)

    assert answer.status_code in {409, 422}
    assert words in answer.text
    assert form["alasan"].strip() in answer.text
    assert _state(small_desk, number) == "received"
    assert _told(small_desk) == []


def test_an_investigator_neither_sees_nor_decides_it(small_desk: Desk) -> None:
    case = small_desk.file()
    number, rani = small_desk.number(case), small_desk.client("rani")
    ask(small_desk, case, "yes")

    pages = [rani.get(path) for path in ("/", f"/kasus/{number}")]
    own = rani.get(f"/kasus/{number}/cabut")
    decide(small_desk.client("bagus"), number, putusan="tolak", alasan="Ada tekanan.")
    later = rani.get(f"/kasus/{number}")

    assert own.status_code == 403
    for page in [*pages, later]:
        assert page.status_code == 200
        assert "abut" not in page.text
    assert "tidak disetujui" in small_desk.client("bagus").get(f"/kasus/{number}").text


def test_the_move_page_no_longer_closes_an_open_case(small_desk: Desk) -> None:
    case = small_desk.file()
    number, bagus = small_desk.number(case), small_desk.client("bagus")

    page = bagus.get(f"/kasus/{number}/pindah").text
    forced = _move(bagus, number, "closed", hasil="withdrawn", alasan="x", dicabut="on")

    assert 'value="closed"' not in page
    assert forced.status_code == 422
    assert "halaman pencabutan" in forced.text
    assert _state(small_desk, number) == "received"


def test_a_pressed_reporter_makes_a_case_a_p1(small_desk: Desk) -> None:
    case = small_desk.file()
    number = small_desk.number(case)

    ask(small_desk, case, "yes")

    row = small_desk.rows('SELECT priority, raises FROM "case"')[0]
    assert tuple(row) == ("P1", '["retaliation"]')
    page = small_desk.client("bagus").get(f"/kasus/{number}/cabut").text
    assert "Ya, ada yang menekan" in page
    assert "LPSK" in page


def test_what_is_taken_back_cannot_be_confirmed(small_desk: Desk) -> None:
    case = small_desk.file()
    number, bagus = small_desk.number(case), small_desk.client("bagus")
    with pytest.raises(NotYet):
        small_desk.hear(small_desk.fact(WithdrawalTakenBack(1), case, {}))
    ask(small_desk, case)

    small_desk.hear(small_desk.fact(WithdrawalTakenBack(1), case, {}))
    answer = bagus.post(f"/kasus/{number}/cabut", {"versi": "1", "ke": "1", **CHECKED}, page="/")

    assert answer.status_code == 409
    assert _state(small_desk, number) == "received"
    ask(small_desk, case, nth=2)
    assert decide(bagus, number, **CHECKED).status_code == 303


def test_a_page_from_before_the_case_changed_is_stale(small_desk: Desk) -> None:
    case = small_desk.file()
    number, bagus = small_desk.number(case), small_desk.client("bagus")
    ask(small_desk, case)
    _move(small_desk.client("rani"), number, "verifying")

    answer = bagus.post(f"/kasus/{number}/cabut", {"versi": "1", "ke": "1", **CHECKED})

    assert answer.status_code == 409
    assert "Rani N." in answer.text
    assert _state(small_desk, number) == "verifying"


def test_another_units_supervisor_finds_no_such_page(small_desk: Desk) -> None:
    number = small_desk.number(small_desk.file())

    assert small_desk.client("bagus").get(f"/kasus/{number}/cabut").status_code == 409
    assert small_desk.client("bagus").get("/kasus/KTG-2026-11-9999/cabut").status_code == 404
