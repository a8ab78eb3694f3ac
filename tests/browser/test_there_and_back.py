"""A case moves, letters go both ways, and only the two who write can read them."""

from __future__ import annotations

import pytest

from tests.browser.case import Filed
from tests.browser.people import Citizen, Investigator

pytestmark = [pytest.mark.browser, pytest.mark.timeout(400)]

QUESTION = "kenari-surat-4712: pada hari apa?"
ANSWER = "kenari-jawab-4713: hari Senin."


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
