"""What a reporter says of a result moves the case: rated it closes, objected to it reopens."""

from __future__ import annotations

from datetime import timedelta

import pytest

from services.triage.actions.tick import tick
from shared.contracts.reporting import ResultObjected, ResultRated
from tests.service.triage.desk import Desk
from tests.service.triage.test_moving import _move, _running, _state


@pytest.fixture
def told(small_desk: Desk) -> tuple[Desk, str, str]:
    """A case whose result the reporter has been told, P3: ten working days to answer."""
    case = small_desk.file()
    number, rani = small_desk.number(case), small_desk.client("rani")
    _move(rani, number, "verifying")
    _move(rani, number, "assigned", penerima="rani")
    _move(rani, number, "investigating", **{"bebas-benturan": "on"})
    _move(rani, number, "proposed", hasil="money_returned", alasan="x", tindakan=["site_visited"])
    _move(small_desk.client("bagus"), number, "reporter_response")
    assert _running(small_desk, case) == {"response"}
    return small_desk, case, number


def test_a_rating_closes_the_case_and_stands_on_its_page(told: tuple[Desk, str, str]) -> None:
    desk, case, number = told
    fact = desk.fact(ResultRated(1, False, 2), case, {})

    desk.hear(fact)

    assert _state(desk, number) == "closed"
    page = desk.client("rani").get(f"/kasus/{number}").text
    assert "Belum terselesaikan" in page
    assert "2 dari 5" in page


def test_an_objection_opens_the_case_again(told: tuple[Desk, str, str]) -> None:
    desk, case, number = told

    desk.hear(desk.fact(ResultObjected(1, 1), case, {}))

    assert _state(desk, number) == "reopened"
    assert {"plan", "final"} <= _running(desk, case)


def test_who_rated_may_still_object_until_the_promised_day(told: tuple[Desk, str, str]) -> None:
    desk, case, number = told
    desk.hear(desk.fact(ResultRated(1, True, 5), case, {}))

    desk.clock.advance(timedelta(days=13))
    desk.hear(desk.fact(ResultObjected(1, 1), case, {}))

    assert _state(desk, number) == "reopened"


def test_silence_closes_and_an_objection_after_the_day_changes_nothing(
    told: tuple[Desk, str, str],
) -> None:
    desk, case, number = told
    desk.clock.advance(timedelta(days=20))
    with desk.house.transactions.begin() as tx:
        tick(tx, desk.house.rulebook)
    assert _state(desk, number) == "closed"

    desk.hear(desk.fact(ResultObjected(1, 1), case, {}))

    assert _state(desk, number) == "closed"


def test_an_objection_overtaken_by_the_timer_still_counts(told: tuple[Desk, str, str]) -> None:
    desk, case, number = told
    due = desk.rows("SELECT due_at FROM clock WHERE name = 'response'")[0][0]
    desk.clock.advance(timedelta(days=13))
    fact = desk.fact(ResultObjected(1, 1), case, {})
    desk.clock.advance(timedelta(days=7))
    with desk.house.transactions.begin() as tx:
        tick(tx, desk.house.rulebook)
    assert _state(desk, number) == "closed", due

    desk.hear(fact)

    assert _state(desk, number) == "reopened"


def test_a_word_on_an_older_result_moves_nothing(told: tuple[Desk, str, str]) -> None:
    desk, case, number = told

    desk.hear(desk.fact(ResultRated(0, True, 5), case, {}))

    assert _state(desk, number) == "reporter_response"
