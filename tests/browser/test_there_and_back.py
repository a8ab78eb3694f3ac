"""A case moves, letters go both ways, and only the two who write can read them."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import FilePayload

from tests.browser.case import Filed
from tests.browser.people import Citizen, Investigator
from tests.support import media
from tests.support.media import CANARY

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


def test_files_sent_later_are_opened_at_the_desk(
    inside: Investigator, citizen: Citizen, plain_citizen: Citizen, filed: Filed
) -> None:
    """From a phone that seals, and from a browser without JavaScript."""
    photo: FilePayload = {
        "name": "rumah.jpg", "mimeType": "image/jpeg", "buffer": media.geotagged_jpeg(),
    }  # fmt: skip
    film: FilePayload = {
        "name": "rekaman.mp4", "mimeType": "video/mp4", "buffer": media.movie(),
    }  # fmt: skip
    for one, file in ((citizen, photo), (plain_citizen, film)):
        one.open_mailbox(filed.receipt)
        one.page.get_by_role("button", name="Tambah bukti").click()
        one.page.locator("#f-files:enabled").set_input_files([file])
        one.page.locator("#f-text").fill(f"kenari-bukti: {file['name']}")
        one.page.get_by_role("button", name="Kirim bukti").click()
        one.page.get_by_text("Bukti Anda sudah masuk").wait_for()
        assert one.page.get_by_text("1 berkas terlampir").count()
    assert CANARY not in citizen.notes.sent()

    for _ in range(100):
        inside.open(filed.number)
        inside.unlock()
        if inside.page.get_by_role("button", name="Buka dan unduh").count() == 2:
            break
        inside.page.wait_for_timeout(300)
    opened = []
    for _ in (photo, film):
        with inside.page.expect_download() as download:
            inside.page.get_by_role("button", name="Buka dan unduh").first.click()
        opened.append(Path(download.value.path()).read_bytes())
    assert [content[:2] for content in opened] == [b"\xff\xd8", media.movie()[:2]]
    assert not any(CANARY in content for content in opened)


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
