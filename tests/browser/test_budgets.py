"""Every public page stays within its budget of bytes, requests and layout shift."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.browser.budgets import FILING, KB, PAGES, Limit, a_site, visit

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    """The public service, alone."""
    with a_site() as url:
        yield url


@pytest.mark.parametrize("name", PAGES)
def test_a_page_stays_within_its_budget(browser: Browser, site: str, name: str) -> None:
    path, limit = PAGES[name]

    cost = visit(browser, site, path, slow=False, later=limit is FILING)

    assert cost.requests, "something was counted"
    assert cost.over(limit) == []


def test_a_page_over_its_budget_is_told(browser: Browser, site: str) -> None:
    cost = visit(browser, site, "/tarif", slow=True)

    over = cost.over(Limit(1 * KB, 1, script_bytes=100, ready_ms=100))

    assert [words.split(" ", 1)[1].split(" >")[0] for words in over] == [
        "bytes", "bytes of scripts", "requests", "ms until ready",
    ]  # fmt: skip
