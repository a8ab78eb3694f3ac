"""Moves: what the lifecycle allows happens with its clocks; the rest is refused by name."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from services.triage.actions.tick import tick
from tests.service.triage.desk import Browser, Desk
from tests.service.triage.test_letters import _form, _sealed


def _move(browser: Browser, number: str, to: str, **more: Any) -> Any:
    path = f"/kasus/{number}/pindah"
    version = browser.get(path).text.split('name="versi" value="')
    shown = version[1].split('"')[0] if len(version) > 1 else "1"
    return browser.post(path, {"ke": to, "versi": shown, **more})


def _state(desk: Desk, number: str) -> str:
    return str(desk.rows('SELECT state FROM "case" WHERE number = :n', n=number)[0][0])


def _running(desk: Desk, case: str) -> set[str]:
    query = 'SELECT name FROM clock WHERE "case" = :id AND stopped_at IS NULL'
    return {row[0] for row in desk.rows(query, id=case)}


def test_a_case_walks_from_received_to_the_reporters_response(desk: Desk) -> None:
    case = desk.file()
    number, rani, bagus = desk.number(case), desk.client("rani"), desk.client("bagus")

    steps = [
        _move(rani, number, "verifying"),
        _move(rani, number, "assigned", penerima="rani"),
        _move(rani, number, "investigating", **{"bebas-benturan": "on"}),
        _move(rani, number, "proposed", hasil="money_returned", alasan="Uang kembali.",
              tindakan=["site_visited"]),
        _move(bagus, number, "reporter_response"),
    ]  # fmt: skip

    assert [step.status_code for step in steps] == [303] * 5
    assert _state(desk, number) == "reporter_response"
    told = desk.rows("SELECT payload FROM fact WHERE type = 'case.moved' ORDER BY position")
    assert len(told) == 5


def test_moving_turns_the_clocks(desk: Desk) -> None:
    case = desk.file()
    number, rani = desk.number(case), desk.client("rani")
    assert _running(desk, case) == {"verify"}

    _move(rani, number, "verifying")
    _move(rani, number, "assigned")

    assert "verify" not in _running(desk, case)
    assert {"accept", "final"} <= _running(desk, case)
    due = desk.rows('SELECT due_at FROM "case" WHERE id = :id', id=case)[0][0]
    nearest = desk.rows(
        'SELECT min(due_at) FROM clock WHERE "case" = :id AND stopped_at IS NULL', id=case
    )[0][0]
    assert due == nearest


def test_a_move_the_lifecycle_does_not_know_is_refused_by_name(desk: Desk) -> None:
    case = desk.file()
    number, rani = desk.number(case), desk.client("rani")

    answer = _move(rani, number, "closed", alasan="selesai saja")

    assert answer.status_code in {409, 422}
    assert "Diterima" in answer.text
    assert "Selesai" in answer.text
    assert "selesai saja" in answer.text, "what was typed is still there"
    assert _state(desk, number) == "received"


def test_a_move_that_lacks_something_says_what(desk: Desk) -> None:
    number, rani = desk.number(desk.file()), desk.client("rani")
    _move(rani, number, "verifying")

    answer = _move(rani, number, "rejected")

    assert answer.status_code == 422
    assert "tulis alasannya" in answer.text
    assert _state(desk, number) == "verifying"


def test_who_proposed_cannot_release(desk: Desk) -> None:
    number, rani = desk.number(desk.file()), desk.client("rani")
    _move(rani, number, "verifying")
    _move(rani, number, "assigned")
    _move(rani, number, "investigating", **{"bebas-benturan": "on"})
    _move(rani, number, "proposed", hasil="not_proven", alasan="x", tindakan=["witness_heard"])

    answer = _move(rani, number, "reporter_response")

    assert answer.status_code == 409
    assert _state(desk, number) == "proposed"


def test_a_stale_page_says_who_changed_what(desk: Desk) -> None:
    number, rani, tirta = desk.number(desk.file()), desk.client("rani"), desk.client("tirta")
    _move(tirta, number, "verifying")

    answer = rani.post(f"/kasus/{number}/pindah", {"ke": "verifying", "versi": "1"})

    assert answer.status_code == 409
    assert "Tirta K." in answer.text
    assert "Diverifikasi" in answer.text


@pytest.mark.parametrize(
    "form",
    [{"ke": ""}, {"ke": "entah"}, {"ke": "verifying", "hasil": "apa"}, {"ke": "verifying"},
     {"ke": "verifying", "versi": "satu"}, {"ke": "verifying", "tindakan": "terbang"},
     {"ke": "assigned", "versi": "1", "penerima": "sari"},
     {"ke": "verifying", "versi": "1", "alasan": "x" * 2001}],
)  # fmt: skip
def test_bad_input_changes_nothing(small_desk: Desk, form: dict[str, str]) -> None:
    case = small_desk.file()
    number = small_desk.number(case)

    answer = small_desk.client("rani").post(f"/kasus/{number}/pindah", form)

    assert answer.status_code in {409, 422}
    assert _state(small_desk, number) == "received"


def test_a_reply_wakes_a_case_that_waited(desk: Desk) -> None:
    complaint = desk.complaint()
    desk.hear(complaint)
    case = str(complaint.subject)
    number, rani = desk.number(case), desk.client("rani")
    _move(rani, number, "verifying")
    _move(rani, number, "waiting_reporter", alasan="Perlu tanggalnya.")
    assert _running(desk, case) == {"reporter"}

    desk.clock.advance(timedelta(hours=30))
    desk.hear(desk.reply(case, "Tanggal 17.", seq=1, prev=complaint.parts["envelope"]))

    assert _state(desk, number) == "verifying"
    assert _running(desk, case) == {"verify"}


def test_a_letter_renews_the_promise_of_news(desk: Desk) -> None:
    case = desk.file()
    number, rani = desk.number(case), desk.client("rani")
    _move(rani, number, "verifying")
    _move(rani, number, "assigned")
    _move(rani, number, "investigating", **{"bebas-benturan": "on"})
    desk.clock.advance(timedelta(days=5))
    rani = desk.client("rani")

    seq, envelope = _sealed(rani, number, "Masih diperiksa.")
    rani.post(f"/kasus/{number}/surat", _form(seq, envelope))

    rounds = desk.rows("SELECT stopped_at, due_at FROM clock WHERE name = 'news' ORDER BY round")
    assert [row[0] is None for row in rounds] == [False, True]
    assert rounds[0][1] < rounds[1][1]


def test_a_missed_clock_is_a_breach_once(desk: Desk) -> None:
    case = desk.file()
    desk.clock.advance(timedelta(days=8))

    for _ in range(2):
        with desk.house.transactions.begin() as tx:
            tick(tx, desk.house.rulebook)

    told = desk.rows("SELECT payload FROM fact WHERE type = 'clock.breached'")
    assert len(told) == 1
    assert '"clock":"verify"' in told[0][0]
    page = desk.client("rani").get("/").text
    assert "Terlambat" in page
    assert desk.number(case) in page


def test_silence_ends_the_waiting_but_never_rejects(desk: Desk) -> None:
    case = desk.file()
    number, rani = desk.number(case), desk.client("rani")
    _move(rani, number, "verifying")
    _move(rani, number, "waiting_reporter", alasan="Perlu tanggalnya.")
    desk.clock.advance(timedelta(days=30))

    with desk.house.transactions.begin() as tx:
        tick(tx, desk.house.rulebook)

    assert _state(desk, number) == "verifying"
    assert desk.rows("SELECT 1 FROM fact WHERE type = 'clock.breached'") == []
