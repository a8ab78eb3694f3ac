"""The receipt page in a browser: on paper, as a code, after finishing; with scripts and without."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pypdf
import pytest
from playwright.sync_api import Browser, Error

from tests.browser.people import Citizen

pytestmark = [pytest.mark.browser, pytest.mark.timeout(400)]

STORY = "Kenari kwitansi. Diminta uang di loket."


@pytest.fixture(params=["script", "plain"])
def holder(
    request: pytest.FixtureRequest, browser: Browser, table: dict[str, Any]
) -> Iterator[Citizen]:
    """Somebody before a receipt, whose browser runs scripts or does not."""
    one = Citizen(browser, table["urls"]["public"], script=request.param == "script")
    one.report(STORY)
    yield one
    one.leave()


def _finish(holder: Citizen) -> None:
    holder.page.locator("[name=noted]").check()
    holder.page.locator("[data-selesai] button").click()
    holder.page.wait_for_url("**/selesai")


def _settled(holder: Citizen) -> str:
    """The page as it is once the browser has stopped turning pages (10 s at most)."""
    for _ in range(50):
        with suppress(Error):
            return holder.page.content()
        holder.page.wait_for_timeout(200)
    return holder.page.content()


def test_pdf_and_code_hold_the_digits_and_no_address_does(holder: Citizen, tmp_path: Path) -> None:
    page, digits = holder.page, holder.receipt()

    with page.expect_download() as saved:
        page.get_by_role("button", name="Simpan PDF").click()
    saved.value.save_as(tmp_path / "saved.pdf")
    with holder.context.expect_event("response", lambda one: one.url.endswith("/qr")) as drawn:
        page.get_by_role("button", name="Kode QR").click()

    assert digits[:4] in pypdf.PdfReader(tmp_path / "saved.pdf").pages[0].extract_text()
    assert drawn.value.headers["content-type"] == "image/png"
    assert digits not in "".join(request.url for request in holder.notes.requests)
    assert digits.encode() not in holder.notes.sent()
    assert holder.receipt() == digits, "the page is still there"


def test_the_other_language_keeps_the_receipt(holder: Citizen) -> None:
    digits = holder.receipt()

    holder.page.locator(".bahasa button").click()
    holder.page.get_by_role("button", name="Save as PDF").wait_for()

    assert holder.receipt() == digits


def test_going_back_after_finishing_shows_nothing(holder: Citizen) -> None:
    digits = holder.receipt()
    _finish(holder)
    left, cookies = holder.page.content(), holder.context.cookies()

    # Chromium asks before it sends a form again (ERR_CACHE_MISS); a reload says yes.
    for step in (holder.page.go_back, holder.page.reload):
        with suppress(Error):
            step()

    assert cookies == []
    assert "Kentongan" not in left
    for page in (left, _settled(holder)):
        assert digits[:4] not in page
        assert STORY not in page


@pytest.mark.parametrize("script", [True, False])
def test_the_print_button_stands_where_it_works(
    browser: Browser, table: dict[str, Any], script: bool
) -> None:
    citizen = Citizen(browser, table["urls"]["public"], script=script)
    citizen.report(STORY)

    shown = citizen.page.locator("[data-cetak]").is_visible()

    citizen.leave()
    assert shown == script
