"""A confidential name in the browsers of all three: who left it, who asks, who keeps it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.people import SLOW_MS, Citizen, Investigator
from tests.browser.phone import PhoneCitizen
from tests.browser.walk import wait_for_case
from tests.browser.walk_desk import person_of

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]

NAME = "kenari-nama-4720 Sri"
WHY = "Pelapor diancam dan harus dibawa ke tempat aman."


@pytest.fixture
def phone(browser: Browser, table: dict[str, Any]) -> Iterator[PhoneCitizen]:
    """Seals in the phone."""
    one = PhoneCitizen(browser, table["urls"]["public"])
    yield one
    one.leave()


@pytest.fixture
def keeper(browser: Browser, table: dict[str, Any]) -> Iterator[Investigator]:
    """Who keeps names, signed in."""
    who = person_of(table, "investigator", "lpsk")
    one = Investigator(browser, table["urls"]["desk"], who)
    one.sign_in()
    yield one
    one.leave()


def test_a_name_is_opened_by_two_people_and_its_reporter_reads_why(
    phone: PhoneCitizen,
    inside: Investigator,
    keeper: Investigator,
    citizen: Citizen,
    plain_citizen: Citizen,
) -> None:
    receipt = phone.report("FIKTIF. kenari-cerita-4721 di loket.", name=NAME)
    wait_for_case(citizen, receipt)
    number = max(inside.numbers())

    inside.open(number)
    inside.unlock()
    assert "kenari-cerita-4721" in inside.story()
    assert NAME not in inside.page.content(), "reading a story does not open the name"
    inside.page.get_by_role("link", name="Minta nama pelapor").click()
    _ask(inside)
    _agree(keeper, number)
    inside.page.reload()
    inside.page.locator("#sandi").fill(inside.who["passphrase"])
    inside.page.get_by_role("button", name="Baca nama").click()
    expect(inside.page.locator("#nama-terbuka")).to_contain_text(NAME, timeout=SLOW_MS)

    for one in (phone, inside, keeper):
        assert NAME.encode() not in one.notes.sent(), "no server was told the name"
    assert keeper.page.get_by_text("kenari-cerita-4721").count() == 0
    for one in (citizen, plain_citizen):
        _told(one, receipt)
    assert [*inside.notes.complaints, *keeper.notes.complaints] == []


def _ask(one: Investigator) -> None:
    page = one.page
    page.get_by_label("Melindungi pelapor dari ancaman").check()
    page.get_by_label("Perlindungan saksi dan korban").check()
    page.locator("#f-alasan").fill(WHY)
    page.locator("#sandi").fill(one.who["passphrase"])
    page.get_by_role("button", name="Minta nama").click()
    page.get_by_text("Menunggu penjaga").wait_for()


def _agree(one: Investigator, number: str) -> None:
    page = one.page
    page.goto("/nama")
    page.get_by_role("link", name=number).click()
    assert page.get_by_text(WHY).count()
    page.get_by_label("Buka untuk yang meminta").check()
    page.locator("#sandi").fill(one.who["passphrase"])
    page.get_by_role("button", name="Simpan putusan").click()
    page.get_by_text("Tidak ada permintaan yang menunggu.").wait_for()


def _told(one: Citizen, receipt: str) -> None:
    for _ in range(60):
        one.open_mailbox(receipt)
        if one.page.get_by_text("Nama Anda dibuka untuk petugas yang meminta").count():
            break
        one.page.wait_for_timeout(300)
    for words in ("Nama Anda diminta", "Tujuan: Melindungi pelapor dari ancaman", "Dasar: "):
        expect(one.page.get_by_text(words).first).to_be_visible()
    assert one.page.get_by_text("Dapat dibaca sampai").count() == 1
