"""Error pages and the proxy's own pages as people see them: light and dark, wide and narrow."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.browser.people import Citizen
from tests.browser.seen import look, measure
from tests.support.odd_house import odd_house

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

PAGES = {
    "not found": "/tidak-ada",
    "too many": "/uji/many",
    "a fault": "/uji/bug?bahasa=en",
    "not available": "/uji/away",
    "nothing runs": "/gangguan/tidak-tersedia.html",
    "too large": "/gangguan/terlalu-besar.html",
}


@pytest.fixture(scope="module")
def visitor(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Citizen]:
    """Somebody who meets one fault after the other."""
    with odd_house(tmp_path_factory.mktemp("odd")) as url:
        one = Citizen(browser, url)
        yield one
        one.leave()


@pytest.mark.parametrize("name", PAGES)
def test_an_error_page_is_as_good_as_any(visitor: Citizen, name: str) -> None:
    visitor.notes.complaints.clear()
    visitor.page.goto(PAGES[name])
    seen = look(visitor)

    measure(visitor.page, seen)

    assert not {how: found for how, found in seen.axe.items() if found}
    assert seen.overflow == []
    assert [said for said in seen.said if "responded with a status of" not in said] == []
    assert {host.split(":")[0] for host in seen.hosts} == {"127.0.0.1"}


def test_shift_three_times_leaves_an_error_page_too(visitor: Citizen) -> None:
    visitor.page.goto("/gangguan/tidak-tersedia.html")
    for _ in range(3):
        visitor.page.keyboard.press("Shift")

    visitor.page.wait_for_url("**/keluar")
