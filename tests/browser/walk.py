"""One walk past every page, as its readers meet it: what there is to look at on each."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser

from tests.browser.people import Citizen
from tests.browser.walk_desk import DESK, Stop, at_the_desk

STORY = (
    "FIKTIF. Blangko KTP katanya habis sampai bulan depan.\n\n"
    "Lalu petugas loket 2 menawarkan jalan lain: bayar 250 ribu, jadi hari itu juga."
)
NOBODY = "000000000000000000000000"

PUBLIC = (
    "front", "need", "prices", "prices-found", "prices-nothing",
    "safely", "report", "report-searched", "report-refused", "report-place", "receipt",
    "receipt-differs", "mailbox-closed", "mailbox-wrong-code", "mailbox-empty", "mailbox",
    "mailbox-plain", "mailbox-plain-empty", "mailbox-plain-refused", "not-found", "stale-form",
    "front-en", "report-en", "stop", "stopped", "stop-undo", "stop-resumed", "stop-home", "ledger",
)  # fmt: skip
PAGES = (*PUBLIC, *DESK)


def walk(browser: Browser, table: dict[str, Any]) -> Iterator[Stop]:
    """(name, the person whose page shows it), for every name in PAGES and in an order that works.

    `table` is the running system's demo.json.
    """
    urls = table["urls"]
    citizen = Citizen(browser, urls["public"])
    yield from _before_filing(citizen)
    yield from _filing(citizen)
    yield from _differing(citizen)
    receipt = citizen.report(STORY, email="pelapor-jalan@contoh.example")
    yield "receipt", citizen
    wait_for_case(citizen, receipt)
    yield from at_the_desk(browser, table)
    yield from _mailbox(citizen, receipt)
    yield from _elsewhere(browser, table)
    citizen.leave()


def _before_filing(citizen: Citizen) -> Iterator[Stop]:
    for name, path in (
        ("front", "/"),
        ("need", "/urusan/berkendara"),
        ("prices", "/tarif"),
        ("safely", "/aman"),
        ("prices", "/tarif"),
        ("need", "/urusan/berkendara"),
        ("report", "/lapor"),
        ("mailbox-closed", "/kotak"),
        ("not-found", "/tidak-ada"),
        ("front-en", "/?bahasa=en"),
        ("report-en", "/lapor"),
    ):
        citizen.page.goto(path)
        yield name, citizen
    citizen.page.goto("/?bahasa=id")
    for name, words in (("prices-found", "sim c hilang"), ("prices-nothing", "uang pelicin")):
        citizen.page.fill("#q", words)
        with citizen.page.expect_navigation():
            citizen.page.press("#q", "Enter")
        yield name, citizen


def _filing(citizen: Citizen) -> Iterator[Stop]:
    page = citizen.page
    page.goto("/lapor")
    citizen.send()
    yield "report-refused", citizen
    page.goto("/lapor")
    page.locator("[name=search]").fill("Palembang")
    page.get_by_role("button", name="Cari", exact=True).click()
    yield "report-searched", citizen
    page.locator('input[name=found][value="16.71"]').check()
    page.locator("[name=office_kind]").select_option("dukcapil")
    page.get_by_role("button", name="Pilih wilayah").click()
    yield "report-place", citizen


def _differing(citizen: Citizen) -> Iterator[Stop]:
    """The same form sent a second time with another story."""
    page = citizen.page
    citizen.write(STORY)
    token = page.locator("[name=token]").input_value()
    citizen.send()
    citizen.receipt()
    citizen.write(STORY + " Lain.")
    page.evaluate("token => { document.querySelector('[name=token]').value = token }", token)
    citizen.send()
    citizen.receipt()
    yield "receipt-differs", citizen
    citizen.write(STORY)
    page.evaluate("() => { document.querySelector('[name=csrf_token]').value = 'lama' }")
    citizen.send()
    yield "stale-form", citizen


def _mailbox(citizen: Citizen, receipt: str) -> Iterator[Stop]:
    page = citizen.page
    page.goto("/kotak")
    page.locator("[name=receipt]").fill("1234")
    page.locator('button[name=do][value="open"]').click()
    page.locator(".galat:visible").first.wait_for()
    yield "mailbox-wrong-code", citizen
    citizen.open_mailbox(NOBODY)
    yield "mailbox-empty", citizen
    citizen.open_mailbox(receipt)
    yield "mailbox", citizen
    for name, code in (("mailbox-plain-empty", NOBODY), ("mailbox-plain", receipt)):
        send_past_script(citizen, code)
        yield name, citizen
    page.locator('button[name=do][value="reply"]').click()
    page.locator("[data-galat]").wait_for()
    yield "mailbox-plain-refused", citizen


def wait_for_case(citizen: Citizen, receipt: str) -> None:
    """Look into the mailbox until triage has opened the case."""
    for _ in range(100):
        send_past_script(citizen, receipt)
        if citizen.page.get_by_text("Penangan").count():
            return
        citizen.page.wait_for_timeout(300)
    raise AssertionError("the case was never opened")


def send_past_script(citizen: Citizen, receipt: str) -> None:
    """Send the digits' form as a browser without JavaScript would."""
    page = citizen.page
    page.goto("/kotak")
    page.locator("[name=receipt]").fill(receipt)
    with page.expect_navigation():
        page.evaluate("() => HTMLFormElement.prototype.submit.call(document.forms.buka)")


def _elsewhere(browser: Browser, table: dict[str, Any]) -> Iterator[Stop]:
    visitor = Citizen(browser, table["urls"]["stop"])
    page = visitor.page
    page.goto("/")
    yield "stop-home", visitor
    page.goto(stop_link(Path(table["maildir"])))
    yield "stop", visitor
    page.locator("main form button").click()
    yield "stopped", visitor
    page.goto(f"{page.url.rstrip('/')}/batal")
    yield "stop-undo", visitor
    page.locator("main form button").click()
    yield "stop-resumed", visitor
    page.goto(table["urls"]["ledger"])
    yield "ledger", visitor
    visitor.leave()


def stop_link(maildir: Path) -> str:
    """The stop link of some mail that was sent."""
    for mail in maildir.glob("*/*"):
        if mail.is_file():
            text = mail.read_text(encoding="utf-8").replace("=\n", "")
            found = [word for word in text.split() if "/berhenti/" in word]
            if found:
                return found[-1].strip("<>,")
    raise AssertionError("no mail with a stop link")
