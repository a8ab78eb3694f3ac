"""The receipt again, on paper and as a QR code; and a way out that leaves nothing."""

from __future__ import annotations

import re
from datetime import timedelta
from io import BytesIO
from typing import Any

import pypdf
import pytest

from services.complaints.domain.base64url import from_base64url
from shared.crypto import receipt
from shared.crypto.encoding import to_base64url
from tests.service.complaints.citizen import STORY, Citizen, digits_on, hidden
from tests.service.complaints.world import World
from tests.support.qr import read_qr

FORMS = ("/terima", "/terima/pdf", "/terima/qr")
PROMISED = {
    "id": ("Tercatat Senin, 23 November 2026", "Kamis, 26 November 2026", "Telaah awal"),
    "en": (
        "Recorded on Monday, 23 November 2026",
        "Thursday, 26 November 2026",
        "First examination",
    ),
}


class Holder:
    """A citizen before a receipt page: its digits and what its buttons post."""

    def __init__(self, world: World, language: str = "id") -> None:
        self._citizen = Citizen(world.browser, language)
        self.answer = self._citizen.send(self._citizen.write())
        self.page = self.answer.get_data(as_text=True)
        self.digits = digits_on(self.page)
        self.fields = hidden(self.page)

    def press(self, path: str, **changes: str) -> Any:
        """Press the button that posts to `path`."""
        return self._citizen.client.post(
            path, data={**self.fields, **changes}, headers=self._citizen.language
        )


@pytest.fixture
def holder(world: World) -> Holder:
    return Holder(world)


def on_paper(pdf: bytes) -> str:
    """The text of a PDF with every run of white space as one space."""
    pages = pypdf.PdfReader(BytesIO(pdf)).pages
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in pages))


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_pdf_holds_the_digits_and_the_dates_in_both_languages(
    world: World, language: str
) -> None:
    holder = Holder(world, language)

    answer = holder.press("/terima/pdf")

    paper = pypdf.PdfReader(BytesIO(answer.data))
    text = on_paper(answer.data)
    assert answer.mimetype == "application/pdf"
    assert len(paper.pages) == 1
    assert text.count(receipt.group(holder.digits)) == 2, "on the sheet and on the slip"
    for sentence in PROMISED[language]:
        assert sentence in text
    assert paper.trailer["/Root"]["/Lang"] == language
    assert paper.trailer["/Root"]["/MarkInfo"]["/Marked"]


def test_the_pdf_tells_no_hour_and_no_story(holder: Holder) -> None:
    pdf = holder.press("/terima/pdf").data

    about = pypdf.PdfReader(BytesIO(pdf)).metadata
    assert about is not None
    assert about.creation_date is None
    assert about.modification_date is None
    assert STORY not in on_paper(pdf)


def test_the_qr_code_is_the_24_digits_and_nothing_else(holder: Holder) -> None:
    answer = holder.press("/terima/qr")

    assert answer.mimetype == "image/png"
    assert read_qr(answer.data) == holder.digits


@pytest.mark.parametrize("path", FORMS)
def test_no_address_header_or_cookie_holds_the_digits(
    world: World, holder: Holder, path: str
) -> None:
    answer = holder.press(path)

    cookie = world.browser.get_cookie("k")
    assert cookie is not None
    told = f"{answer.request.url} {answer.headers} {cookie.value} {holder.fields}"
    assert answer.status_code == 200
    for written in (holder.digits, receipt.group(holder.digits), holder.digits[:8]):
        assert written not in told
    assert answer.headers["Cache-Control"] == "no-store"
    assert not re.search(r'(href|action|src)="[^"]*\d{8}', holder.page)


@pytest.mark.parametrize("path", FORMS)
def test_after_thirty_minutes_a_sentence_stands_there_instead(
    world: World, holder: Holder, path: str
) -> None:
    world.clock.advance(timedelta(minutes=29, seconds=59))
    in_time = holder.press(path)
    world.clock.advance(timedelta(seconds=1))
    late = holder.press(path)

    page = late.get_data(as_text=True)
    assert (in_time.status_code, late.status_code) == (200, 422)
    assert "hanya terbuka 30 menit" in page
    assert digits_on(page) == ""
    assert 'href="/kotak"' in page


def test_reloading_shows_the_same_and_does_not_live_longer(world: World, holder: Holder) -> None:
    world.clock.advance(timedelta(minutes=20))
    again = holder.press("/terima?bahasa=en").get_data(as_text=True)
    world.clock.advance(timedelta(minutes=11))
    late = holder.press("/terima", ticket=hidden(again)["ticket"])

    assert digits_on(again) == holder.digits
    assert "We have received your report" in again
    assert late.status_code == 422
    assert world.count("complaint") == 1


@pytest.mark.parametrize("path", FORMS)
@pytest.mark.parametrize("broken", ["", "x", "cut", "bent", "mailbox"])
def test_a_ticket_that_is_not_ours_opens_nothing(
    world: World, holder: Holder, path: str, broken: str
) -> None:
    ticket = holder.fields["ticket"]
    whole = from_base64url(ticket, len(ticket) * 3 // 4) or b""
    ticket = {
        "cut": ticket[:-4],
        "bent": to_base64url(whole[:-1] + bytes([whole[-1] ^ 1])),
        "mailbox": hidden(Citizen(world.browser).open_mailbox(holder.digits).text)["ticket"],
    }.get(broken, broken)

    answer = holder.press(path, ticket=ticket)

    assert answer.status_code == 422
    assert digits_on(answer.get_data(as_text=True)) == ""


def test_the_address_alone_shows_no_receipt(world: World, holder: Holder) -> None:
    answer = world.browser.get("/terima")

    assert answer.status_code == 200
    assert digits_on(answer.text) == ""
    assert holder.digits[:4] not in answer.text


def test_finishing_wipes_the_browser_and_shows_a_neutral_page(world: World, holder: Holder) -> None:
    answer = holder.press("/selesai", noted="1")

    page = answer.get_data(as_text=True)
    assert answer.status_code == 200
    assert answer.headers["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert world.browser.get_cookie("k") is None
    for trace in ("Kentongan", "lapor", "kotak", holder.digits[:4], "href", "src="):
        assert trace not in page


def test_nobody_leaves_by_mistake_before_writing_the_digits_down(holder: Holder) -> None:
    answer = holder.press("/selesai")

    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "Clear-Site-Data" not in answer.headers
    assert digits_on(page) == holder.digits
    assert 'href="#f-noted"' in page


def test_a_page_that_lost_its_session_is_wiped_all_the_same(holder: Holder) -> None:
    answer = holder.press("/selesai", csrf_token="lama", noted="1")

    assert "Clear-Site-Data" in answer.headers
    assert digits_on(answer.get_data(as_text=True)) == ""


def test_the_differing_story_is_told_on_the_page_shown_again(world: World) -> None:
    citizen = Citizen(world.browser)
    form = citizen.write()
    with world.drafts_as_before():
        citizen.send(form)
    citizen.press(1, service="sim", story="cerita lain")
    differing = citizen.send(form).get_data(as_text=True)

    again = world.browser.post("/terima", data=hidden(differing)).get_data(as_text=True)

    assert "Laporan pertama tetap berlaku" in again
    assert digits_on(again) == digits_on(differing)


def test_going_back_and_sending_again_after_finishing_shows_no_word(world: World) -> None:
    citizen = Citizen(world.browser)
    form = citizen.write()
    page = citizen.send(form).get_data(as_text=True)
    world.browser.post("/selesai", data={**hidden(page), "noted": "1"})

    again = citizen.send(form).get_data(as_text=True)

    assert STORY not in again
    assert digits_on(again) == ""
    assert "sudah terhapus" in again
    assert world.count("complaint") == 1
