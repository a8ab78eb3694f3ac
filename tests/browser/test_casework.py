"""Work on one case in the browser: letters held against samples, notes, the queue by keyboard."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Browser, Page, expect
from werkzeug.serving import make_server

from shared.crypto.attachment import seal_attachment
from tests.service.triage import desk as building
from tests.service.triage.desk import Desk
from tests.support.media import PAINTED_JPEG

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """The desk alone, with its people."""
    folder: Path = tmp_path_factory.mktemp("desk")
    with building.desk(f"sqlite:///{folder / 'one.db'}", folder) as made:
        yield made


@pytest.fixture(scope="module")
def address(desk: Desk) -> Iterator[str]:
    """Its pages over HTTP."""
    server = make_server("127.0.0.1", 0, desk.app, threaded=True)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def page(browser: Browser, desk: Desk, address: str) -> Iterator[Page]:
    """Rani, signed in; nothing is unlocked yet."""
    context = browser.new_context(base_url=address, locale="id-ID")
    for one in desk.client("rani").http._cookies.values():
        context.add_cookies([{"name": one.key, "value": one.value, "url": address}])
    yield context.new_page()
    context.close()


def test_a_sample_must_become_a_letter_about_this_case(desk: Desk, page: Page) -> None:
    number = desk.number(desk.file())
    page.goto(f"/kasus/{number}/surat")
    send = page.get_by_role("button", name="Segel dan kirim")
    page.locator("#contoh").select_option("started")
    page.get_by_role("button", name="Pakai").click()

    send.click()
    expect(page.locator("#galat")).to_contain_text("contoh yang belum diubah")
    text = page.locator("#isi-surat").input_value()
    page.locator("#isi-surat").fill(text.replace("[tanggal]", "Rabu"))
    send.click()
    expect(page.locator("#galat")).to_contain_text("Masih ada [layanan]")
    filled = re.sub(r"\[[^]]+\]", "KTP", text)
    page.locator("#isi-surat").fill(filled)
    expect(page.locator("#mirip")).to_contain_text("persen sama dengan contoh")
    send.click()
    expect(page.locator("#galat")).to_contain_text("tekan sekali lagi")
    assert desk.rows("SELECT 1 FROM letter WHERE direction = 'out'") == []

    own = "Kami sudah bertemu kepala loket kemarin; Rabu kami periksa buku kasnya."
    page.locator("#isi-surat").fill(own)
    expect(page.locator("#mirip")).to_be_hidden()
    expect(page.locator("#pratinjau")).to_contain_text("Dari petugas, Senin, 23 November 2026")
    assert page.locator("#pratinjau-isi p").inner_text() == own
    page.locator("#sandi").fill(building.passphrase("rani"))
    send.click()
    page.get_by_text("terkirim ke kotak pelapor").wait_for()
    opened = desk.client("rani").open_case("rani", number)
    assert opened["out", 1] == own


def unlock(page: Page) -> None:
    """Type the passphrase and wait until the story is open."""
    page.locator("#sandi").fill(building.passphrase("rani"))
    page.locator("#buka button").click()
    page.locator("#terbuka").wait_for(state="visible")


def test_a_note_is_sealed_in_the_browser_and_opens_with_the_story(desk: Desk, page: Page) -> None:
    number = desk.number(desk.file())
    page.goto(f"/kasus/{number}/catatan")
    sent: list[bytes] = []
    page.on("request", lambda asked: sent.append(asked.post_data_buffer or b""))

    page.locator("#isi-catatan").fill("kenari catatan 4712")
    page.get_by_role("button", name="Segel dan simpan").click()
    page.wait_for_url("**#catatan")

    assert any(b"amplop=" in body for body in sent)
    assert not [body for body in sent if b"4712" in body]
    assert "4712" not in page.content()
    unlock(page)
    assert page.locator('[data-surat="unit-1"]').inner_text() == "kenari catatan 4712"
    page.locator("#kepingan").click()
    assert "4712" not in page.content()


HOSTILE = """<!doctype html><meta charset="utf-8">
<meta http-equiv="refresh" content="0;url=/canary-0"><link rel="stylesheet" href="/canary-1">
<img src="/canary-2"><video src="/canary-3"></video><iframe src="/canary-4"></iframe>
<object data="/canary-5"></object><script src="/canary-6"></script>
<script>fetch("/canary-7"); new Image().src = "/canary-8"; parent.document.title = "taken"</script>
<link rel="prefetch" href="/canary-9">"""
PLANT = """html => new Promise(done => {
  const frame = document.querySelector("iframe.bingkai").cloneNode();
  frame.onload = () => setTimeout(done, 1000);
  frame.src = URL.createObjectURL(new Blob([html], {type: "text/html"}));
  document.querySelector("#bukti li").append(frame);
})"""


def test_evidence_is_shown_in_a_frame_that_reaches_nothing(desk: Desk, page: Page) -> None:
    sealed, attachment = seal_attachment(PAINTED_JPEG, "image/jpeg")
    desk.house.blobs.put_part("ab" * 16, 0, sealed)
    desk.house.blobs.join("ab" * 16, len(sealed), hashlib.sha256(sealed).hexdigest())
    files = [{"name": attachment.name, "size": len(sealed), "sha256": attachment.sha256}]
    number = desk.number(desk.file(evidence_files=files, attachments=[attachment]))
    asked: list[str] = []
    page.context.on("request", lambda one: asked.append(one.url))
    page.goto(f"/kasus/{number}")
    unlock(page)

    page.get_by_role("button", name="Lihat").click()
    frame = page.locator("iframe.bingkai")
    frame.wait_for()
    assert frame.get_attribute("sandbox") == ""
    expect(page.frame_locator("iframe.bingkai").locator("img")).to_have_js_property(
        "complete", True
    )
    page.evaluate(PLANT, HOSTILE)
    page.evaluate("fetch('/canary-control')")

    assert [url for url in asked if "canary" in url] == [
        f"{page.url.split('/kasus')[0]}/canary-control"
    ]
    assert "taken" not in page.title()
    address = str(frame.first.get_attribute("src"))
    page.evaluate("dispatchEvent(new Event('pagehide'))")
    assert page.locator("iframe").count() == 0
    assert page.locator("#terkunci").is_visible()
    assert page.evaluate("url => fetch(url).then(() => true, () => false)", address) is False


def test_the_queue_is_walked_by_keys_and_help_names_them(desk: Desk, page: Page) -> None:
    for _ in range(2):
        desk.file()
    page.goto("/")
    links = page.locator(".antrean th a")

    page.keyboard.press("?")
    expect(page.locator("#pintasan")).to_be_visible()
    page.keyboard.press("Escape")
    for key, row in (("j", 0), ("j", 1), ("k", 0)):
        page.keyboard.press(key)
        expect(links.nth(row)).to_be_focused()
    page.keyboard.press("/")
    expect(page.locator("#cari")).to_be_focused()
    page.keyboard.type("jk?a")
    assert page.locator("#cari").input_value() == "jk?a"
    links.nth(1).focus()
    there = str(links.nth(1).get_attribute("href"))
    page.keyboard.press("a")
    page.wait_for_url(f"**{there}/pindah?ke=assigned")
    page.go_back()
    links.nth(1).focus()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{there}")
