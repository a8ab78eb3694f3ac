"""An investigator at the desk: keys are made, used and forgotten in the browser."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Route

from shared.crypto import age
from tests.browser.case import MARK, STORY, Filed
from tests.browser.heap import Heap
from tests.browser.people import Investigator
from tests.browser.walk_desk import person_of

pytestmark = [pytest.mark.browser, pytest.mark.timeout(400)]


@pytest.fixture
def heap(inside: Investigator) -> Iterator[Heap]:
    """What the page's memory holds."""
    session = inside.context.new_cdp_session(inside.page)
    yield Heap(session)
    session.detach()


def test_the_passphrase_never_leaves_the_browser(inside: Investigator, filed: Filed) -> None:
    inside.open(filed.number)
    inside.unlock()

    sent = inside.notes.sent()

    secret = inside.who["passphrase"].encode()
    for form in (secret, base64.b64encode(secret), secret.hex().encode()):
        assert form not in sent
    assert b"kunci=" in sent, "something was recorded at all"


def test_a_wrong_passphrase_and_an_unknown_name_sound_alike(investigator: Investigator) -> None:
    sentences = []
    for name in (investigator.who["name"], "tidak-ada"):
        investigator.page.goto("/masuk")
        investigator.who = {**investigator.who, "name": name}
        investigator.try_the_door("bukan frasa ini")
        sentences.append(investigator.page.locator("[data-galat]").inner_text())

    assert sentences[0] == sentences[1] != ""


def test_the_queue_shows_the_case_and_no_story(inside: Investigator, filed: Filed) -> None:
    assert filed.number in inside.numbers()
    assert MARK not in inside.page.content()


def test_a_locked_case_holds_no_word_of_the_story(inside: Investigator, filed: Filed) -> None:
    with inside.page.expect_response(re.compile(filed.number)) as answer:
        inside.open(filed.number)

    assert MARK not in answer.value.text()
    assert MARK not in inside.page.content()
    assert inside.page.locator("#terkunci").is_visible()


def test_the_story_is_read_in_the_browser_and_gone_after_locking(
    inside: Investigator, filed: Filed, heap: Heap
) -> None:
    inside.open(filed.number)
    inside.unlock()
    assert inside.story().startswith(STORY)
    inside.page.evaluate("words => { globalThis.planted = words }", "kenari-ditanam-4715")

    inside.page.locator("#kepingan").click()

    assert inside.page.locator("#terkunci").is_visible()
    assert MARK not in inside.page.content()
    assert heap.holds("kenari-ditanam-4715"), "one can look into the page's memory"
    assert not heap.holds(MARK)
    assert not heap.holds("AGE-SECRET-KEY-PQ-1[A-Z0-9]{20}")


def test_no_answer_of_the_desk_holds_the_story(inside: Investigator, filed: Filed) -> None:
    bodies: list[bytes] = []
    inside.page.on("requestfinished", lambda asked: bodies.append(asked.response().body()))
    inside.open(filed.number)
    inside.unlock()

    assert len(bodies) > 3
    assert not [body for body in bodies if MARK.encode() in body]


def test_coming_back_to_a_case_finds_it_locked(inside: Investigator, filed: Filed) -> None:
    inside.open(filed.number)
    inside.unlock()

    inside.page.goto("/")
    inside.page.go_back()

    inside.page.locator("#terkunci").wait_for(state="visible")
    assert MARK not in inside.page.content()


def test_a_wrong_passphrase_opens_nothing(inside: Investigator, filed: Filed) -> None:
    inside.open(filed.number)

    inside.page.locator("#sandi").fill("bukan frasa ini")
    inside.page.locator("#buka button").click()

    inside.page.get_by_text("Frasa sandi tidak cocok").wait_for()
    assert inside.page.locator("#terbuka").is_hidden()


def test_a_supervisor_reads_facts_and_no_story(
    browser: Browser, table: dict[str, Any], filed: Filed
) -> None:
    supervisor = Investigator(browser, table["urls"]["desk"], person_of(table, "supervisor"))
    supervisor.sign_in()
    supervisor.open(filed.number)

    assert supervisor.page.locator("#buka").count() == 0
    assert supervisor.page.get_by_text("Tersegel untuk penyidik").is_visible()
    answer = supervisor.page.request.get(f"/kasus/{filed.number}/kunci")
    assert answer.status in {403, 404}
    supervisor.leave()


def test_another_unit_does_not_see_the_case(
    browser: Browser, table: dict[str, Any], filed: Filed
) -> None:
    stranger = person_of(table, "investigator", "inspektorat-kota-bandung")
    other = Investigator(browser, table["urls"]["desk"], stranger)
    other.sign_in()

    assert filed.number not in other.numbers()
    assert other.page.request.get(f"/kasus/{filed.number}").status == 404
    assert other.page.request.get(f"/kasus/{filed.number}/kunci").status == 404
    other.leave()


def test_a_letter_is_not_sealed_to_a_key_the_story_does_not_name(
    inside: Investigator, filed: Filed
) -> None:
    """The server hands out a key of its own for the reporter's; the browser asks the story."""
    page, lie = inside.page, age.recipient_of(age.new_identity())

    def lying(route: Route) -> None:
        answer = route.fetch()
        told = re.sub(r"age1pq1[0-9a-z]+", lie, answer.text(), count=1)
        route.fulfill(response=answer, body=told)

    page.route(re.compile(r"/surat$"), lying)
    page.goto(f"/kasus/{filed.number}/surat")
    assert lie in str(page.locator("#surat").get_attribute("data-tempat"))
    page.locator("#isi-surat").fill("kenari-bohong-4715")
    page.locator("#sandi").fill(inside.who["passphrase"])
    page.get_by_role("button", name="Segel dan kirim").click()

    page.get_by_text("kunci dari server bukan kunci yang ditulis pelapor").wait_for()
    assert page.locator("#amplop").input_value() == ""
    assert page.locator("#isi-surat").input_value() == "kenari-bohong-4715"
    assert not [one for one in inside.notes.requests if one.method == "POST" and "surat" in one.url]
