"""The case page in a real browser: what it opens, when it locks, what it refuses to show."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from playwright.sync_api import Browser, Page, Request
from werkzeug.serving import make_server

from services.triage.store.tables import letter
from shared.crypto.attachment import seal_attachment
from tests.browser.chromium import chromium, program
from tests.service.triage.desk import STORY, Desk, passphrase

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One Chromium for the module; each test has its own profile."""
    if program() is None:
        pytest.skip("Chromium is not installed")
    with chromium() as running:
        yield running


@pytest.fixture
def sent() -> list[Request]:
    """Every request the browser made."""
    return []


@pytest.fixture
def page(browser: Browser, small_desk: Desk, sent: list[Request]) -> Iterator[Page]:
    """A browser signed in as Rani, on the desk's own server."""
    server = make_server("127.0.0.1", 0, small_desk.app, threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    context = browser.new_context(
        base_url=f"http://127.0.0.1:{server.server_port}", locale="id-ID", accept_downloads=True
    )
    tab = context.new_page()
    tab.on("request", lambda request: sent.append(request))
    tab.goto("/masuk")
    tab.locator("#nama").fill("rani")
    tab.locator("#sandi").fill(passphrase("rani"))
    tab.get_by_role("button", name="Masuk", exact=True).click()
    tab.wait_for_url("**/")
    yield tab
    context.close()
    server.shutdown()


def _unlock(page: Page, number: str, phrase: str | None = None) -> None:
    page.goto(f"/kasus/{number}")
    page.locator("#sandi").fill(phrase or passphrase("rani"))
    page.locator("#buka button").click()


def _unlocked(page: Page, number: str) -> None:
    _unlock(page, number)
    page.locator("#terbuka").wait_for(state="visible", timeout=60_000)


def test_the_passphrase_opens_the_story_here_and_is_sent_nowhere(
    small_desk: Desk, page: Page, sent: list[Request]
) -> None:
    _unlocked(page, small_desk.number(small_desk.file()))

    assert page.locator('[data-surat="in-0"]').inner_text() == STORY
    assert page.locator("#sandi").input_value() == ""
    assert not any(passphrase("rani") in (one.post_data or "") + one.url for one in sent)


def test_nothing_is_left_on_the_device(small_desk: Desk, page: Page) -> None:
    _unlocked(page, small_desk.number(small_desk.file()))

    kept = page.evaluate("[localStorage.length, sessionStorage.length]")
    stores = page.evaluate("indexedDB.databases().then((all) => all.length)")
    assert (kept, stores) == ([0, 0], 0)
    assert [cookie["name"] for cookie in page.context.cookies()] == ["k"]


def test_a_wrong_passphrase_opens_nothing_and_says_so(small_desk: Desk, page: Page) -> None:
    _unlock(page, small_desk.number(small_desk.file()), "bukan-frasanya")

    page.get_by_text("Frasa sandi tidak cocok").wait_for(timeout=60_000)
    assert page.locator("#terbuka").is_hidden()


@pytest.mark.parametrize("how", ["button", "leaving", "idle"])
def test_the_page_locks(small_desk: Desk, page: Page, how: str) -> None:
    number = small_desk.number(small_desk.file())
    if how == "idle":
        page.clock.install()
    _unlocked(page, number)

    if how == "button":
        page.locator("#kepingan").click()
    elif how == "leaving":
        page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide'))")
    else:
        page.clock.run_for(601_000)

    page.locator("#terkunci").wait_for(state="visible")
    assert "KANARI" not in page.content()
    assert page.locator("#kepingan").is_hidden()


def test_text_moved_from_another_case_is_not_shown(small_desk: Desk, page: Page) -> None:
    """Whoever can write triage's database cannot pass one reporter's words for another's."""
    first, second = small_desk.file(), small_desk.file()
    taken = small_desk.rows('SELECT envelope FROM letter WHERE "case" = :id', id=second)[0][0]
    with small_desk.house.database.begin() as connection:
        connection.execute(
            sa.update(letter).where(letter.c.case == first).values(envelope=bytes(taken))
        )

    _unlocked(page, small_desk.number(first))

    assert "berasal dari tempat lain" in page.locator('[data-surat="in-0"]').inner_text()
    assert "KANARI" not in page.content()


def test_a_letter_taken_away_is_noticed(small_desk: Desk, page: Page) -> None:
    complaint = small_desk.complaint()
    small_desk.hear(complaint)
    case, before = str(complaint.subject), complaint.parts["envelope"]
    for seq in (1, 2):
        reply = small_desk.reply(case, f"balasan {seq}", seq=seq, prev=before)
        small_desk.hear(reply)
        before = reply.parts["envelope"]
    with small_desk.house.database.begin() as connection:
        connection.execute(sa.delete(letter).where(letter.c.direction == "in", letter.c.seq == 1))

    _unlocked(page, small_desk.number(case))

    assert "berasal dari tempat lain" in page.locator('[data-surat="in-2"]').inner_text()


def test_evidence_is_opened_here_and_handed_over_as_a_file(small_desk: Desk, page: Page) -> None:
    sealed, attachment = seal_attachment(b"foto kuitansi", "image/jpeg")
    small_desk.house.blobs.put_part("ab" * 16, 0, sealed)
    small_desk.house.blobs.join("ab" * 16, len(sealed), hashlib.sha256(sealed).hexdigest())
    files = [{"name": attachment.name, "size": len(sealed), "sha256": attachment.sha256}]
    number = small_desk.number(small_desk.file(attachments=[attachment], evidence_files=files))
    _unlocked(page, number)

    with page.expect_download() as handed:
        page.locator("#bukti button").first.click()

    assert handed.value.suggested_filename == f"{number}-1.jpg"
    assert Path(handed.value.path()).read_bytes() == b"foto kuitansi"


def test_a_letter_leaves_the_page_sealed_only(
    small_desk: Desk, page: Page, sent: list[Request]
) -> None:
    number = small_desk.number(small_desk.file())
    page.goto(f"/kasus/{number}/surat")
    page.locator("#isi-surat").fill("KANARI surat untuk pelapor")
    page.locator("#sandi").fill(passphrase("rani"))

    page.get_by_role("button", name="Segel dan kirim").click()
    page.wait_for_url("**?terkirim=1**")

    assert not any("KANARI" in (one.post_data or "") for one in sent)
    _unlocked(page, number)
    assert page.locator('[data-surat="out-1"]').inner_text() == "KANARI surat untuk pelapor"
