"""A citizen writes, seals and sends in one document: nothing leaves the phone before "Kirim"."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Dialog, Route

from shared.rulebook import DisclosedSchema
from tests.browser.books import count, files_with
from tests.browser.people import Investigator
from tests.browser.phone import PhoneCitizen
from tests.browser.walk import wait_for_case

pytestmark = [pytest.mark.browser, pytest.mark.timeout(400)]

MARK = "kenari-ponsel"
STORY = f"FIKTIF. {MARK} diminta di loket 2."
FACTS = set(DisclosedSchema().fields) - {"excluded"} | {"exclude"}


@pytest.fixture
def phone(browser: Browser, table: dict[str, Any]) -> Iterator[PhoneCitizen]:
    """Somebody whose browser seals by itself."""
    one = PhoneCitizen(browser, table["urls"]["public"])
    yield one
    one.leave()


def test_a_search_before_the_places_have_arrived_is_answered_when_they_have(
    phone: PhoneCitizen,
) -> None:
    held: list[Route] = []
    phone.page.route("**/regions.json*", lambda route: held.append(route))
    phone.begin()
    phone.page.locator("[name=service]").select_option("kependudukan")
    phone.page.locator("[name=story]").fill(STORY)
    with phone.page.expect_request("**/regions.json*"):
        phone.go_on(2)
    phone.page.locator("[name=search]").fill("Ilir Timur")
    phone.page.locator("[name=search]").press("Enter")

    for one in held:
        one.continue_()

    phone.page.locator('[name=pilih][value="16.71.05"]').check()


def test_a_report_sealed_in_the_phone_is_read_at_the_desk(
    phone: PhoneCitizen, investigator: Investigator, home: Path
) -> None:
    phone.write(STORY, asked="dua ratus lima puluh ribu")

    before = [one for one in phone.asked_for() if one != "static"]
    question = next(one for one in phone.requests() if one.url.endswith("/api/v1/route"))
    assert before == ["POST /api/v1/route"]
    assert set(json.loads(question.post_data_buffer or b"")) <= FACTS

    noted = phone.noted()
    phone.send()

    assert phone.receipt() == noted
    assert MARK.encode() not in phone.notes.sent()
    assert noted.encode() not in phone.notes.sent()
    assert phone.notes.complaints == []
    assert phone.page.evaluate("() => document.activeElement.id") == "judul"
    phone.page.locator("#qr").click()
    phone.page.wait_for_function(
        "() => document.querySelector('#gambar-qr img').naturalWidth > 200"
    )
    assert files_with(home, MARK) == []
    phone.page.locator("#selesai button").click()
    phone.page.wait_for_url("**/selesai")
    assert phone.page.inner_text("body") == ""

    wait_for_case(phone, noted)
    investigator.sign_in()
    investigator.open(max(investigator.numbers()))
    investigator.unlock()
    assert MARK in investigator.story()


def test_a_lost_answer_gives_the_same_receipt_and_one_complaint(
    phone: PhoneCitizen, home: Path
) -> None:
    bodies: list[bytes] = []

    def lose_the_first(route: Route) -> None:
        bodies.append(route.request.post_data_buffer or b"")
        answer = route.fetch()
        route.abort() if len(bodies) == 1 else route.fulfill(response=answer)

    before = count(home, "complaints", "complaint")
    phone.page.route("**/api/v1/complaints", lose_the_first)
    phone.write(STORY)
    noted = phone.noted()
    phone.send()
    phone.page.locator("#ringkasan").wait_for()
    assert phone.page.evaluate("() => document.activeElement.id") == "ringkasan"
    phone.send()

    assert phone.receipt() == noted
    assert len(bodies) == 2
    assert bodies[0] == bodies[1]
    assert count(home, "complaints", "complaint") == before + 1


def test_leaving_asks_quick_exit_does_not_and_back_shows_nothing(phone: PhoneCitizen) -> None:
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    page = phone.page
    page.on("dialog", stay)
    phone.begin()
    page.locator("#lanjut").click()
    assert page.evaluate("() => document.activeElement.id") == "ringkasan"
    page.locator("[name=service]").select_option("kependudukan")
    page.locator("[name=story]").fill(STORY)
    phone.go_on(2)
    page.go_back()
    assert page.locator("[name=story]").input_value() == STORY
    page.locator(".bahasa a").click(no_wait_after=True)
    page.wait_for_timeout(200)
    assert asked == ["beforeunload"]

    for _ in range(3):
        page.keyboard.press("Shift")
    page.wait_for_url("**/keluar")
    page.go_back()

    page.wait_for_url("**/lapor")
    assert asked == ["beforeunload"]
    assert MARK not in page.content()
