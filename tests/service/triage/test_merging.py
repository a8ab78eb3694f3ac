"""Cases worked together: people decide, both mailboxes stay, and it can be taken back in time."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from typing import Any

import pytest

from tests.service.triage.desk import Browser, Desk
from tests.service.triage.test_moving import _move, _running, _state

WHY = "Kantor, hari, dan jumlah sama."


def merge(browser: Browser, number: str, main: str, *, reason: str = WHY, **form: Any) -> Any:
    """Post the page with what it shows."""
    return _send(browser, f"/kasus/{number}/gabung", {"utama": main, "alasan": reason, **form})


def part(browser: Browser, number: str, *, reason: str = "Ternyata loket lain.") -> Any:
    """Post the page that undoes it."""
    return _send(browser, f"/kasus/{number}/pisah", {"alasan": reason})


def _send(browser: Browser, path: str, form: dict[str, Any]) -> Any:
    version = re.search(r'name="versi" value="(\d+)"', browser.get(path).text)
    return browser.post(path, {"versi": version[1] if version else "", **form}, page="/")


def _heard(desk: Desk, case: str, type: str) -> list[dict[str, Any]]:
    query = "SELECT payload FROM fact WHERE subject = :case AND type = :type ORDER BY position"
    return [json.loads(row[0]) for row in desk.rows(query, case=case, type=type)]


def _pair(desk: Desk, **main: Any) -> tuple[str, str, str, str]:
    one, other = desk.file(), desk.file(**main)
    return one, desk.number(one), other, desk.number(other)


def test_a_merged_case_follows_its_main_case(desk: Desk) -> None:
    one, number, main, main_number = _pair(desk)
    rani = desk.client("rani")

    assert merge(rani, number, main_number).status_code == 303
    assert _state(desk, number) == "merged"
    assert _running(desk, one) == set()
    _move(rani, main_number, "verifying")

    told = _heard(desk, one, "case.main_moved")
    assert [step["state"] for step in told] == ["received", "verifying"]
    assert [p["clock"] for p in told[-1]["promises"]] == ["verify"]
    assert _heard(desk, main, "case.main_moved") == []


def test_nothing_a_reporter_hears_names_the_other_case(desk: Desk) -> None:
    one, number, main, main_number = _pair(desk)
    rani = desk.client("rani")
    merge(rani, number, main_number)
    _move(rani, main_number, "verifying")

    public = ("case.main_moved", "case.moved", "clock.breached")
    said = json.dumps([_heard(desk, one, type) for type in public])

    assert main not in said
    assert main_number not in said
    assert WHY not in said


def test_both_pages_say_that_they_are_worked_together(small_desk: Desk) -> None:
    _, number, _, main_number = _pair(small_desk)
    rani = small_desk.client("rani")
    merge(rani, number, main_number)

    assert f'href="/kasus/{main_number}"' in rani.get(f"/kasus/{number}").text
    assert f"/kasus/{number}/pisah" in rani.get(f"/kasus/{number}").text
    assert f'href="/kasus/{number}"' in rani.get(f"/kasus/{main_number}").text


def test_it_is_undone_within_fourteen_days_and_the_clock_starts_anew(desk: Desk) -> None:
    one, number, _, main_number = _pair(desk)
    rani = desk.client("rani")
    merge(rani, number, main_number)
    desk.clock.advance(timedelta(days=14))

    assert part(desk.client("rani"), number).status_code == 303
    assert _state(desk, number) == "verifying"
    assert _running(desk, one) == {"verify"}

    _move(desk.client("rani"), main_number, "verifying")
    assert len(_heard(desk, one, "case.main_moved")) == 1, "it follows no more"


def test_after_fourteen_days_it_stays(small_desk: Desk) -> None:
    _, number, _, main_number = _pair(small_desk)
    merge(small_desk.client("rani"), number, main_number)
    small_desk.clock.advance(timedelta(days=14, seconds=1))

    later = small_desk.client("rani")
    answer = later.post(f"/kasus/{number}/pisah", {"versi": "2", "alasan": "x"}, page="/")

    assert answer.status_code == 422
    assert _state(small_desk, number) == "merged"
    assert "sudah lewat" in later.get(f"/kasus/{number}").text


def test_it_can_be_merged_again_after_it_was_parted(small_desk: Desk) -> None:
    _, number, _, main_number = _pair(small_desk)
    rani = small_desk.client("rani")
    merge(rani, number, main_number)
    part(rani, number)

    assert merge(rani, number, main_number).status_code == 303
    assert small_desk.rows("SELECT count(*) FROM case_merge")[0][0] == 2


@pytest.mark.parametrize("form", [{"reason": ""}, {"main": "KTG-2026-11-9999"}, {"main": ""}])
def test_what_is_missing_is_refused_and_what_was_typed_stays(
    small_desk: Desk, form: dict[str, str]
) -> None:
    _, number, _, main_number = _pair(small_desk)

    answer = merge(
        small_desk.client("rani"), number, form.get("main", main_number),
        reason=form.get("reason", WHY),
    )  # fmt: skip

    assert answer.status_code == 422
    assert form.get("reason", WHY) in answer.text
    assert _state(small_desk, number) == "received"


def test_a_case_is_not_merged_with_itself_or_with_one_that_is_merged(small_desk: Desk) -> None:
    _, number, _, main_number = _pair(small_desk)
    third = small_desk.number(small_desk.file())
    rani = small_desk.client("rani")

    assert merge(rani, number, number).status_code == 422
    merge(rani, number, main_number)
    assert merge(rani, third, number).status_code == 422, "chains are not made"
    answer = rani.post(
        f"/kasus/{main_number}/gabung",
        {"versi": "1", "utama": third, "alasan": WHY},
        page="/",
    )
    assert answer.status_code == 409


def test_a_main_case_hidden_from_some_who_see_this_one_is_refused(small_desk: Desk) -> None:
    _, number, _, main_number = _pair(small_desk, exclude=["inspektorat-sumsel"])
    rani = small_desk.client("rani")

    assert merge(rani, number, main_number).status_code == 422
    assert main_number not in rani.get(f"/kasus/{number}/gabung").text
    assert merge(rani, main_number, number).status_code == 303, "the other way hides nothing"

    tirta = small_desk.client("tirta")
    assert main_number not in tirta.get(f"/kasus/{number}").text
    assert "Diperiksa bersama kasus ini" not in tirta.get(f"/kasus/{number}").text


def test_a_hidden_main_case_is_refused_as_one_that_does_not_exist(small_desk: Desk) -> None:
    _, number, _, hidden = _pair(small_desk, exclude=["inspektorat-sumsel"])
    tirta = small_desk.client("tirta")

    there = merge(tirta, number, hidden)
    nowhere = merge(tirta, number, "KTG-2026-11-9999")

    assert (there.status_code, nowhere.status_code) == (422, 422)
    assert _main(there.text, hidden) == _main(nowhere.text, "KTG-2026-11-9999")


def _main(page: str, number: str) -> str:
    found = re.search(r"<main.*?</main>", page, re.DOTALL)
    assert found is not None
    return re.sub(r'name="csrf_token" value="[^"]+"', "", found[0].replace(number, ""))


def test_the_move_page_leads_nowhere_round_these_pages(small_desk: Desk) -> None:
    _, number, _, main_number = _pair(small_desk)
    rani = small_desk.client("rani")
    form = {"ke": "merged", "versi": "1", "alasan": WHY, "utama": main_number}

    assert rani.post(f"/kasus/{number}/pindah", form, page="/").status_code == 422
    merge(rani, number, main_number)
    back = {"ke": "verifying", "versi": "2", "alasan": WHY}
    assert rani.post(f"/kasus/{number}/pindah", back, page="/").status_code == 422
