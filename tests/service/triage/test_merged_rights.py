"""A reporter whose case is worked with another keeps their rights: to rate, object, withdraw."""

from __future__ import annotations

from datetime import timedelta

import pytest

from services.triage.actions.tick import tick
from shared.contracts.reporting import ResultObjected, ResultRated
from tests.service.triage.desk import Desk
from tests.service.triage.test_merging import _heard, merge, part
from tests.service.triage.test_moving import _move, _running, _state
from tests.service.triage.test_withdrawal import CHECKED, ask, decide


def _main_has_result(desk: Desk, number: str) -> None:
    rani = desk.client("rani")
    _move(rani, number, "verifying")
    _move(rani, number, "assigned", penerima="rani")
    _move(rani, number, "investigating", **{"bebas-benturan": "on"})
    _move(rani, number, "proposed", hasil="money_returned", alasan="x", tindakan=["site_visited"])
    assert _move(desk.client("bagus"), number, "reporter_response").status_code == 303


@pytest.fixture
def two(small_desk: Desk) -> tuple[Desk, str, str]:
    """A merged case and its main one: (desk, the merged one's id, the main one's number)."""
    one, main = small_desk.file(), small_desk.number(small_desk.file())
    assert merge(small_desk.client("rani"), small_desk.number(one), main).status_code == 303
    return small_desk, one, main


def test_a_merged_reporters_objection_reopens_the_main_case_once(
    two: tuple[Desk, str, str],
) -> None:
    desk, one, main = two
    _main_has_result(desk, main)

    desk.hear(desk.fact(ResultObjected(1, 1), one, {}))

    assert _state(desk, main) == "reopened"
    assert _state(desk, desk.number(one)) == "merged"
    assert [step["state"] for step in _heard(desk, one, "case.main_moved")][-1] == "reopened"
    other = desk.rows('SELECT id FROM "case" WHERE number = :n', n=main)[0][0]
    desk.hear(desk.fact(ResultObjected(1, 1), other, {}))
    moves = desk.rows("SELECT to_state FROM move WHERE to_state = 'reopened'")
    assert len(moves) == 1, "for the joint work an objection counts once a result"
    assert desk.rows("SELECT count(*) FROM objection")[0][0] == 2, "each is kept with its mailbox"


def test_it_counts_after_the_main_case_closed_until_the_promised_day(
    two: tuple[Desk, str, str],
) -> None:
    desk, one, main = two
    _main_has_result(desk, main)
    other = desk.rows('SELECT id FROM "case" WHERE number = :n', n=main)[0][0]
    desk.hear(desk.fact(ResultRated(1, True, 5), other, {}))
    assert _state(desk, main) == "closed"

    desk.hear(desk.fact(ResultObjected(1, 1), one, {}))

    assert _state(desk, main) == "reopened"


def test_after_the_promised_day_it_changes_nothing(two: tuple[Desk, str, str]) -> None:
    desk, one, main = two
    _main_has_result(desk, main)
    desk.clock.advance(timedelta(days=20))
    with desk.house.transactions.begin() as tx:
        tick(tx, desk.house.rulebook)

    desk.hear(desk.fact(ResultObjected(1, 1), one, {}))

    assert _state(desk, main) == "closed"


def test_a_merged_reporters_rating_stands_on_both_pages_and_closes_nothing_for_the_other(
    two: tuple[Desk, str, str],
) -> None:
    desk, one, main = two
    _main_has_result(desk, main)

    desk.hear(desk.fact(ResultRated(1, False, 2), one, {}))
    desk.hear(desk.fact(ResultRated(1, False, 3), one, {}))

    assert _state(desk, main) == "reporter_response", "its own reporter has not spoken"
    for number in (main, desk.number(one)):
        page = desk.client("rani").get(f"/kasus/{number}").text
        assert "2 dari 5" in page
        assert "3 dari 5" not in page, "once each"


def test_what_was_said_stays_when_the_cases_are_parted(two: tuple[Desk, str, str]) -> None:
    desk, one, main = two
    _main_has_result(desk, main)
    number = desk.number(one)
    desk.hear(desk.fact(ResultRated(1, False, 2), one, {}))

    assert part(desk.client("rani"), number).status_code == 303

    assert "2 dari 5" in desk.client("rani").get(f"/kasus/{number}").text
    assert "2 dari 5" not in desk.client("rani").get(f"/kasus/{main}").text
    desk.hear(desk.fact(ResultObjected(1, 1), one, {}))
    assert _state(desk, main) == "reporter_response", "it is another's case again"
    assert _state(desk, number) == "verifying"


def test_results_of_both_are_counted_on_as_the_mailbox_counts_them(
    two: tuple[Desk, str, str],
) -> None:
    desk, one, main = two
    _main_has_result(desk, main)
    number, rani = desk.number(one), desk.client("rani")
    part(rani, number)
    _move(rani, number, "assigned", penerima="rani")
    _move(rani, number, "investigating", **{"bebas-benturan": "on"})
    _move(rani, number, "proposed", hasil="money_returned", alasan="x", tindakan=["site_visited"])
    _move(desk.client("bagus"), number, "reporter_response")

    desk.hear(desk.fact(ResultRated(1, True, 5), one, {}))
    assert _state(desk, number) == "reporter_response", "that was of the joint work's result"
    desk.hear(desk.fact(ResultRated(2, True, 5), one, {}))

    assert _state(desk, number) == "closed"


def test_a_merged_reporter_withdraws_their_own_part_only(two: tuple[Desk, str, str]) -> None:
    desk, one, main = two
    number, bagus = desk.number(one), desk.client("bagus")
    ask(desk, one)
    assert number in bagus.get("/").text.split("Minta dicabut")[1]
    assert "hanya laporan ini yang keluar" in bagus.get(f"/kasus/{number}/cabut").text
    unchecked = {name: text for name, text in CHECKED.items() if name != "bebas-tekanan"}
    assert decide(bagus, number, **unchecked).status_code == 422, "coercion is looked for"

    assert decide(bagus, number, **CHECKED).status_code == 303

    assert _state(desk, number) == "closed"
    assert _state(desk, main) == "received"
    assert "Diperiksa bersama kasus ini" not in desk.client("rani").get(f"/kasus/{main}").text
    _move(desk.client("rani"), main, "verifying")
    assert _heard(desk, one, "case.main_moved")[-1]["state"] == "received", "it is told no more"


def test_a_merged_reporter_who_is_pressed_makes_the_main_case_urgent(
    two: tuple[Desk, str, str],
) -> None:
    desk, one, main = two

    ask(desk, one, pressed="yes")

    assert desk.rows('SELECT priority FROM "case" WHERE number = :n', n=main) == [("P1",)]


def test_the_main_reporters_withdrawal_leaves_the_others_reports_standing(
    two: tuple[Desk, str, str],
) -> None:
    desk, one, main = two
    desk.clock.advance(timedelta(days=20))  # too late for a person to part them
    other = desk.rows('SELECT id FROM "case" WHERE number = :n', n=main)[0][0]
    ask(desk, other)
    bagus = desk.client("bagus")
    assert "kembali diverifikasi" in bagus.get(f"/kasus/{main}/cabut").text

    assert decide(bagus, main, **CHECKED).status_code == 303

    assert _state(desk, main) == "closed"
    assert _state(desk, desk.number(one)) == "verifying"
    assert _running(desk, one) == {"verify"}
    assert [step["state"] for step in _heard(desk, one, "case.main_moved")] == ["received"]
