"""The queue: a unit's own cases, nearest deadline first, a page at a time."""

from __future__ import annotations

import re

import pytest

from services.triage.web.queue.pages import PAGE
from tests.service.triage.desk import OTHER_UNIT, Desk

URGENT = {"coercion": "violence", "timing": "le48h"}


def _bare(page: str, number: str) -> str:
    """The page without the number asked for and the token, which tells the second it was made."""
    return re.sub(r'name="csrf_token" value="[^"]+"', "", page.replace(number, ""))


def _numbers(page: str) -> list[str]:
    return re.findall(r'<a href="/kasus/(KTG-[0-9-]+)"', page)


def test_the_nearest_deadline_stands_first(desk: Desk) -> None:
    slow, urgent = desk.file(), desk.file(**URGENT)

    page = desk.client("rani").get("/").text

    assert _numbers(page) == [desk.number(urgent), desk.number(slow)]


def test_an_empty_queue_says_so(small_desk: Desk) -> None:
    assert "Belum ada kasus untuk unit ini" in small_desk.client("rani").get("/").text


def test_filters_live_in_the_address_and_can_be_taken_away(desk: Desk) -> None:
    desk.file()
    urgent = desk.file(**URGENT)

    page = desk.client("rani").get("/?prioritas=P1&status=received").text

    assert _numbers(page) == [desk.number(urgent)]
    assert 'href="/?status=received"' in page
    assert 'href="/?prioritas=P1"' in page


def test_a_filter_that_finds_nothing_says_so(small_desk: Desk) -> None:
    small_desk.file()

    page = small_desk.client("rani").get("/?status=closed").text

    assert "Tidak ada kasus dengan saringan ini" in page


def test_pages_follow_one_another_without_gap_or_repeat(desk: Desk) -> None:
    cases = {desk.number(desk.file()) for _ in range(PAGE + 3)}
    browser, path, seen = desk.client("rani"), "/", []

    while path:
        page = browser.get(path).text
        seen += _numbers(page)
        onward = re.search(r'href="([^"]+)" rel="next"', page)
        path = onward[1].replace("&amp;", "&") if onward else ""

    assert len(seen) == PAGE + 3
    assert set(seen) == cases


def _link(page: str, rel: str) -> str:
    found = re.search(rf'href="([^"]+)" rel="{rel}"', page)
    return found[1].replace("&amp;", "&") if found else ""


def test_back_leads_to_the_page_one_came_from(desk: Desk) -> None:
    for _ in range(2 * PAGE + 3):
        desk.file()
    browser = desk.client("rani")
    first = browser.get("/").text
    second = browser.get(_link(first, "next")).text
    third = browser.get(_link(second, "next")).text

    again = browser.get(_link(third, "prev")).text

    assert _numbers(again) == _numbers(second)
    assert _link(first, "prev") == _link(third, "next") == ""
    assert _numbers(browser.get(_link(again, "prev")).text) == _numbers(first)
    assert _link(browser.get(_link(again, "prev")).text, "prev") == ""


def test_a_case_that_comes_meanwhile_neither_repeats_nor_hides_another(desk: Desk) -> None:
    for _ in range(PAGE + 3):
        desk.file()
    browser = desk.client("rani")
    first = browser.get("/").text
    urgent = desk.number(desk.file(**URGENT))

    second = browser.get(_link(first, "next")).text

    assert len(_numbers(second)) == 3
    assert not {urgent, *_numbers(first)} & set(_numbers(second))
    back = browser.get(_link(second, "prev")).text
    assert _numbers(back) == _numbers(first)
    assert _numbers(browser.get(_link(back, "prev")).text)[0] == urgent


@pytest.mark.parametrize(
    "query",
    [
        "status=apa",
        "prioritas=P9",
        "lanjut=kemarin",
        "lanjut=2026-01-01_x",
        "status=%00",
        "pemegang=rani",
        "sebelum=kemarin",
        f"cari={'x' * 61}",
        "cari=%00",
    ],
)
def test_a_filter_nobody_knows_is_refused(small_desk: Desk, query: str) -> None:
    answer = small_desk.client("rani").get(f"/?{query}")

    assert answer.status_code == 422
    assert "Saringan ini tidak dikenal" in answer.text


def test_another_units_cases_are_not_there(desk: Desk) -> None:
    number = desk.number(desk.file())
    browser = desk.client("sari")

    page = browser.get("/").text

    assert number not in page
    assert desk.house.rulebook.units.unit(OTHER_UNIT).name in page
    foreign, unknown = browser.get(f"/kasus/{number}"), browser.get("/kasus/KTG-2026-11-9999")
    assert (foreign.status_code, _bare(foreign.text, number)) == (
        404,
        _bare(unknown.text, "KTG-2026-11-9999"),
    )


def test_a_person_tied_to_an_excluded_unit_sees_no_sign_of_the_case(desk: Desk) -> None:
    open_case = desk.number(desk.file())
    hidden = desk.number(desk.file(exclude=["inspektorat-sumsel"]))

    tied, free = desk.client("tirta"), desk.client("rani")

    assert _numbers(tied.get("/").text) == [open_case]
    assert "1 kasus" in tied.get("/").text
    assert tied.get(f"/kasus/{hidden}").status_code == 404
    assert set(_numbers(free.get("/").text)) == {open_case, hidden}
