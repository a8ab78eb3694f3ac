"""A supervisor excuses a breach, which stays counted, and reminds whoever holds the case."""

from __future__ import annotations

import json
from datetime import timedelta

from tests.service.triage.desk import Browser, Desk
from tests.service.triage.test_moving import _move
from tests.service.triage.test_ticking import ticks, told

WHY = "Kantor tutup tiga hari karena banjir."


def _late(desk: Desk) -> tuple[str, Browser]:
    """A case that was not verified in time, and the supervisor's browser."""
    number = desk.number(desk.file())
    desk.clock.advance(timedelta(days=4))
    ticks(desk)
    return number, desk.client("bagus")


def _excuse(browser: Browser, number: str, reason: str = WHY, which: str = "verify-0") -> int:
    path = f"/kasus/{number}/alasan-terlambat"
    return browser.post(path, {"tenggat": which, "alasan": reason}).status_code


def test_an_excused_breach_stays_counted(desk: Desk) -> None:
    number, bagus = _late(desk)

    assert _excuse(bagus, number) == 303

    (fact,) = told(desk, "breach.excused")
    assert json.loads(fact) == {"clock": "verify", "round": 0, "reason": WHY}
    assert len(told(desk, "clock.breached")) == 1
    assert desk.rows("SELECT breached_at FROM clock WHERE name = 'verify'")[0][0] is not None
    board = bagus.get("/papan").text
    assert "janji=verify&amp;hasil=terlambat" in board, "still one that was not kept"
    assert WHY in bagus.get(f"/kasus/{number}").text


def test_whoever_holds_the_case_excuses_nothing(desk: Desk) -> None:
    number, bagus = _late(desk)
    with desk.house.transactions.begin() as tx:
        tx.connection.exec_driver_sql("UPDATE \"case\" SET holder = 'bagus'")

    assert _excuse(bagus, number) == 422
    assert told(desk, "breach.excused") == []


def test_an_excuse_needs_a_reason_and_a_breach_and_comes_once(desk: Desk) -> None:
    number, bagus = _late(desk)

    short = bagus.post(
        f"/kasus/{number}/alasan-terlambat", {"tenggat": "verify-0", "alasan": "sibuk"}
    )
    answers = [
        _excuse(bagus, number, which="final-0"),
        _excuse(bagus, number, which="x"),
        _excuse(bagus, number),
        _excuse(bagus, number),
    ]

    assert short.status_code == 422
    assert "sibuk" in short.text, "what was typed is still there"
    assert answers == [409, 422, 303, 409]


def test_a_case_that_was_never_late_has_nothing_to_excuse(small_desk: Desk) -> None:
    number = small_desk.number(small_desk.file())

    page = small_desk.client("bagus").get(f"/kasus/{number}")

    assert "alasan-terlambat" not in page.text


def test_the_holder_is_reminded_once_a_day(desk: Desk) -> None:
    number, bagus = _late(desk)
    _move(desk.client("rani"), number, "verifying")
    with desk.house.transactions.begin() as tx:
        tx.connection.exec_driver_sql("UPDATE \"case\" SET holder = 'rani'")
    path, page = f"/kasus/{number}/ingatkan", f"/kasus/{number}"

    answers = [bagus.post(path, {}, page=page).status_code for _ in range(2)]
    desk.clock.advance(timedelta(days=1))
    answers.append(desk.client("bagus").post(path, {}, page=page).status_code)

    assert answers == [303, 409, 303]
    assert told(desk, "holder.reminded") == ['{"holder":"rani"}'] * 2
    calls = [json.loads(one) for one in told(desk, "desk.called")]
    assert [one["people"] for one in calls if one["why"] == "reminder"] == [["rani"]] * 2


def test_an_investigator_is_offered_neither(small_desk: Desk) -> None:
    number, _ = _late(small_desk)

    page = small_desk.client("rani").get(f"/kasus/{number}").text

    assert "alasan-terlambat" not in page
    assert "ingatkan" not in page
