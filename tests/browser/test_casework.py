"""Work on one case in the browser: letters held against samples, notes, the queue by keyboard."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Browser, Page, expect
from werkzeug.serving import make_server

from tests.service.triage import desk as building
from tests.service.triage.desk import Desk

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
