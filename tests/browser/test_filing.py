"""A citizen files without JavaScript: one form, one receipt, one complaint, whatever happens."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.browser.books import count, files_with
from tests.browser.cutting import CuttingProxy
from tests.browser.people import Citizen

pytestmark = [pytest.mark.browser, pytest.mark.timeout(400)]

STORY = "FIKTIF. Petugas loket meminta kenari-filing untuk blangko."
_FIELDS = """() => [...document.querySelectorAll("main :is(input, select, textarea, button)")]
  .filter(one => one.type !== "hidden").map(one => one.name)"""


@pytest.fixture
def proxy(table: dict[str, Any]) -> Iterator[CuttingProxy]:
    """A line to the public site that can be cut."""
    one = CuttingProxy(table["urls"]["public"])
    yield one
    one.close()


@pytest.fixture
def cut_citizen(browser: Browser, proxy: CuttingProxy) -> Iterator[Citizen]:
    """Somebody without JavaScript at the end of that line."""
    one = Citizen(browser, proxy.url, script=False)
    yield one
    one.leave()


def test_a_citizen_without_javascript_gets_24_digits(plain_citizen: Citizen, home: Path) -> None:
    before = count(home, "complaints", "complaint")

    receipt = plain_citizen.report(STORY)

    assert len(receipt) == 24
    assert count(home, "complaints", "complaint") == before + 1
    assert files_with(home, "kenari-filing") == []


def test_send_pressed_twice_is_one_complaint(plain_citizen: Citizen, home: Path) -> None:
    before = count(home, "complaints", "complaint")
    plain_citizen.write(STORY)

    plain_citizen.page.locator('main button[name=do][value="send"]').dblclick(no_wait_after=True)

    assert plain_citizen.receipt()
    assert count(home, "complaints", "complaint") == before + 1


def test_a_reloaded_receipt_is_the_same_receipt(plain_citizen: Citizen, home: Path) -> None:
    receipt = plain_citizen.report(STORY)
    before = count(home, "complaints", "complaint")

    plain_citizen.page.reload()

    assert plain_citizen.receipt() == receipt
    assert count(home, "complaints", "complaint") == before


def test_a_lost_answer_is_asked_for_again(
    cut_citizen: Citizen, proxy: CuttingProxy, home: Path
) -> None:
    before = count(home, "complaints", "complaint")
    cut_citizen.write(STORY)
    # Chromium itself sends again on every idle line it kept: those are cut as well.
    proxy.cuts = 20
    cut_citizen.send()
    cut_citizen.page.wait_for_url("chrome-error://**", wait_until="commit")
    assert proxy.swallowed
    assert cut_citizen.page.locator(".kode-angka").count() == 0
    assert count(home, "complaints", "complaint") == before + 1

    proxy.cuts = 0
    cut_citizen.page.reload()

    assert cut_citizen.receipt()
    assert count(home, "complaints", "complaint") == before + 1


def test_what_was_typed_is_still_there_after_a_mistake(plain_citizen: Citizen) -> None:
    plain_citizen.write(STORY)
    page = plain_citizen.page
    page.locator('a[href="/lapor/4"]').click()
    page.locator("[name=asked]").fill("banyak")

    page.keyboard.press("Enter")

    page.locator("[data-galat] a[href='#f-asked']").wait_for()
    assert page.locator("[name=asked]").input_value() == "banyak"
    page.locator("[name=asked]").fill("150 rb")
    plain_citizen.go_on(8)
    assert page.get_by_text("150 rb").count() == 1
    assert page.get_by_text(STORY).count() == 1
    page.locator("[name=noted]").check()
    plain_citizen.send()
    assert plain_citizen.receipt()


def test_the_keyboard_reaches_everything_in_the_form(citizen: Citizen) -> None:
    page = citizen.page
    citizen.begin()
    wanted = set(page.evaluate(_FIELDS))
    reached = set()
    for _ in range(60):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("() => document.activeElement.name"))
        if wanted <= reached:
            break

    assert wanted - reached == set()


def test_quick_exit_leaves_and_takes_the_session_along(citizen: Citizen) -> None:
    citizen.begin()
    citizen.page.locator("[name=story]").fill(STORY)
    citizen.page.locator('main button[value="back"]').click()
    citizen.page.wait_for_url("**/lapor")
    citizen.page.go_back()
    assert citizen.page.locator("[name=story]").input_value() == STORY
    assert citizen.context.cookies()

    citizen.page.get_by_role("link", name="Keluar cepat").click()
    citizen.page.wait_for_url("**/keluar")

    assert citizen.page.locator("body").inner_text() == ""
    assert citizen.context.cookies() == []
    citizen.page.go_back()
    citizen.page.wait_for_load_state()
    assert "/lapor/" not in citizen.page.url, "the step was replaced, not left behind"
    assert STORY not in citizen.page.content()
    citizen.page.goto("/lapor/1")
    assert STORY not in citizen.page.content()


def test_three_presses_of_shift_leave(citizen: Citizen) -> None:
    citizen.page.goto("/lapor")
    for _ in range(3):
        citizen.page.keyboard.press("Shift")

    citizen.page.wait_for_url("**/keluar")


def test_quick_exit_is_a_link_without_javascript(plain_citizen: Citizen) -> None:
    plain_citizen.page.goto("/lapor")

    plain_citizen.page.get_by_role("link", name="Keluar cepat").click()

    assert plain_citizen.page.url.endswith("/keluar")
    assert plain_citizen.context.cookies() == []
