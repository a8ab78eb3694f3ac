"""An investigator at the desk: keys are made, used and forgotten in the browser."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Browser, CDPSession

from tests.browser.people import Citizen, Investigator
from tests.browser.walk import person_of, wait_for_case

pytestmark = [pytest.mark.browser, pytest.mark.timeout(400)]

MARK = "kenari-meja-4711"
STORY = f"FIKTIF. {MARK} diminta di belakang loket."
QUESTION = "kenari-surat-4712: pada hari apa?"
ANSWER = "kenari-jawab-4713: hari Senin."


@dataclass
class Filed:
    """A complaint that has become a case."""

    receipt: str
    number: str


@pytest.fixture(scope="module")
def filed(browser: Browser, table: dict[str, Any]) -> Filed:
    """One complaint, filed without JavaScript, and the number of its case."""
    citizen = Citizen(browser, table["urls"]["public"])
    receipt = citizen.report(STORY)
    wait_for_case(citizen, receipt)
    citizen.leave()
    one = Investigator(browser, table["urls"]["desk"], person_of(table, "investigator"))
    one.sign_in()
    number = max(one.numbers())
    one.leave()
    return Filed(receipt, number)


@pytest.fixture
def inside(investigator: Investigator) -> Investigator:
    """An investigator who is signed in, and has unlocked nothing."""
    investigator.sign_in()
    return investigator


@pytest.fixture
def heap(inside: Investigator) -> Iterator[Heap]:
    """What the page's memory holds."""
    session = inside.context.new_cdp_session(inside.page)
    yield Heap(session)
    session.detach()


class Heap:
    """The memory of a page, after its garbage was taken out."""

    def __init__(self, session: CDPSession) -> None:
        self._session = session

    def holds(self, pattern: str) -> bool:
        """Whether some string in it matches."""
        pieces: list[str] = []
        self._session.on("HeapProfiler.addHeapSnapshotChunk", lambda e: pieces.append(e["chunk"]))
        self._session.send("HeapProfiler.enable")
        self._session.send("HeapProfiler.collectGarbage")
        self._session.send("HeapProfiler.takeHeapSnapshot", {"reportProgress": False})
        self._session.send("HeapProfiler.disable")
        strings = json.loads("".join(pieces))["strings"]
        return any(re.search(pattern, one) for one in strings)


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


def test_the_whole_way_there_and_back(
    inside: Investigator, citizen: Citizen, plain_citizen: Citizen, filed: Filed
) -> None:
    """Move, an illegal move, a letter, the mailbox both ways, an answer, read at the desk."""
    inside.move(filed.number, "verifying", "Diperiksa.")
    inside.page.wait_for_url(f"**/kasus/{filed.number}")
    assert inside.page.locator(".identitas .cap").first.inner_text() == "Diverifikasi"

    inside.page.goto(f"/kasus/{filed.number}/pindah")
    inside.page.evaluate("() => { document.querySelector('input[name=ke]').value = 'closed'; }")
    inside.page.locator("input[name=ke]").first.check()
    inside.page.get_by_role("button", name="Simpan status").click()
    refusal = inside.page.locator("[data-galat]").inner_text()
    assert "Diverifikasi" in refusal
    assert "Selesai" in refusal

    inside.write(filed.number, QUESTION)
    assert QUESTION.encode() not in inside.notes.sent()

    _letter_arrives(plain_citizen, filed.receipt)
    assert plain_citizen.page.get_by_text("Diverifikasi").count()
    assert plain_citizen.page.get_by_text("Paling lambat").count()

    _letter_arrives(citizen, filed.receipt)
    assert citizen.page.get_by_text("Diverifikasi").count()
    assert citizen.page.get_by_text("Paling lambat").count()
    citizen.reply(ANSWER)
    sent = citizen.notes.sent()
    assert ANSWER.encode() not in sent
    for digits in (filed.receipt, filed.receipt[:8]):
        assert digits.encode() not in sent
    assert b"kentongan-signature" in sent.lower(), "something was recorded at all"

    _answer_arrives(inside, filed.number)
    assert ANSWER in inside.page.locator('[data-surat="in-1"]').inner_text()


def test_an_answer_without_javascript_reaches_the_case(
    inside: Investigator, plain_citizen: Citizen, filed: Filed
) -> None:
    plain_citizen.open_mailbox(filed.receipt)
    plain_citizen.reply("kenari-polos-4714")

    for _ in range(100):
        inside.open(filed.number)
        inside.unlock()
        if inside.page.get_by_text("kenari-polos-4714").count():
            return
        inside.page.wait_for_timeout(300)
    raise AssertionError("the answer never came")


def _letter_arrives(citizen: Citizen, receipt: str) -> None:
    for _ in range(60):
        citizen.open_mailbox(receipt)
        if citizen.page.get_by_text(QUESTION).count():
            return
        citizen.page.wait_for_timeout(300)
    raise AssertionError("the letter never came")


def _answer_arrives(one: Investigator, number: str) -> None:
    for _ in range(60):
        one.open(number)
        if one.page.locator('[data-surat="in-1"]').count():
            return one.unlock()
        one.page.wait_for_timeout(300)
    raise AssertionError("the answer never came")
