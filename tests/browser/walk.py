"""One walk past every page, as its readers meet it: what there is to look at on each."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser

from tests.browser.people import Citizen
from tests.browser.phone import PhoneCitizen
from tests.browser.walk_desk import DESK, Stop, at_the_desk

STORY = (
    "FIKTIF. Blangko KTP katanya habis sampai bulan depan.\n\n"
    "Lalu petugas loket 2 menawarkan jalan lain: bayar 250 ribu, jadi hari itu juga."
)
NOBODY = "000000000000000000000000"

PUBLIC = (
    "front", "need", "prices", "prices-found", "prices-nothing",
    "safely", "report", "step-1", "report-refused", "step-question", "step-2", "report-searched",
    "step-3", "report-unfinished", "step-4", "step-5", "step-6", "step-7", "step-8",
    "report-under-way", "report-gone", "report-sent", "receipt",
    "mailbox-closed", "mailbox-wrong-code", "mailbox-empty", "mailbox",
    "mailbox-plain", "mailbox-plain-empty", "mailbox-plain-refused", "not-found", "stale-form",
    "phone-step", "phone-refused", "phone-place", "phone-review", "phone-receipt",
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
    yield from _ends(citizen)
    yield from _in_the_phone(browser, urls["public"])
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
    citizen.begin()
    yield "step-1", citizen
    press(citizen, "next")
    yield "report-refused", citizen
    page.locator("[name=service]").select_option("kependudukan")
    page.locator("[name=story]").fill(STORY + " NIK 3273012505900001.")
    press(citizen, "next")
    yield "step-question", citizen
    citizen.go_on(2)
    yield "step-2", citizen
    page.locator("[name=search]").fill("Sukasari")
    press(citizen, "search")
    yield "report-searched", citizen
    page.locator('input[name=found][value="32.73.01"]').check()
    citizen.go_on(3)
    page.locator("[name=office_kind]").select_option("kecamatan")
    press(citizen, "list")
    page.locator("[name=exclude][value^=inspektorat]").first.check()
    yield "step-3", citizen
    page.goto("/lapor/8")
    yield "report-unfinished", citizen
    for number in (4, 5, 6, 7):
        page.goto(f"/lapor/{number}")
        yield f"step-{number}", citizen
    page.goto("/lapor/3")
    page.locator("[name=office_kind]").select_option("kecamatan")
    citizen.go_on(8)
    yield "step-8", citizen
    page.goto("/lapor")
    yield "report-under-way", citizen


def _ends(citizen: Citizen) -> Iterator[Stop]:
    """A page that was open too long; a report that is sent already; one that is gone."""
    page = citizen.page
    citizen.begin()
    page.evaluate("() => { document.querySelector('main [name=csrf_token]').value = 'lama' }")
    press(citizen, "next")
    yield "stale-form", citizen
    citizen.begin()
    page.evaluate("() => { document.querySelector('main [name=draf]').value = 'lain' }")
    press(citizen, "next")
    yield "report-gone", citizen
    citizen.report(STORY)
    page.goto("/lapor/1")
    yield "report-sent", citizen


def _in_the_phone(browser: Browser, url: str) -> Iterator[Stop]:
    """The one document: a step, its faults, the place, the last step and the receipt."""
    citizen = PhoneCitizen(browser, url)
    page = citizen.page
    citizen.begin()
    yield "phone-step", citizen
    page.locator("#lanjut").click()
    yield "phone-refused", citizen
    citizen.write(STORY)
    page.locator("#tutup-unit summary").click()
    yield "phone-review", citizen
    page.locator(".ubah").nth(1).click()
    yield "phone-place", citizen
    citizen.go_on(8)
    citizen.send()
    citizen.receipt()
    page.locator("#qr").click()
    yield "phone-receipt", citizen
    citizen.leave()


def press(citizen: Citizen, do: str) -> None:
    """Press a button of the step and wait for the page it leads to."""
    with citizen.page.expect_navigation():
        citizen.page.locator(f'main button[name=do][value="{do}"]').click()


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
