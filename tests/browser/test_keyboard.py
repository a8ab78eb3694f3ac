"""A whole report without ever touching a mouse: from what is to be known first to the receipt."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.people import Citizen
from tests.service.complaints.world import World
from tests.support.served import served

pytestmark = pytest.mark.browser

_MOST_TABS = 150
_IS_AT = "selector => document.activeElement?.matches(selector) ?? false"


class Typist(Citizen):
    """Tab, letters, arrows, space and Enter."""

    def to(self, selector: str) -> None:
        """Tab on until the focus is there."""
        for _ in range(_MOST_TABS):
            if self.page.evaluate(_IS_AT, selector):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"Tab never reaches {selector}")

    def type(self, selector: str, text: str) -> None:
        """Write into a field."""
        self.to(selector)
        self.page.keyboard.type(text)

    def press(self, selector: str, key: str = "Enter") -> None:
        """Press a key at something."""
        self.to(selector)
        self.page.keyboard.press(key)

    def choose(self, selector: str, value: str) -> None:
        """Go down a list, or a row of choices, until this one is taken."""
        self.to(selector)
        for _ in range(80):
            if self.page.evaluate("() => document.activeElement.value") == value:
                break
            self.page.keyboard.press("ArrowDown")
        assert self.page.evaluate("() => document.activeElement.value") == value

    def go_on(self, to: int) -> None:
        """Press "Lanjut"; inner lists and gentle questions are passed by pressing again."""
        for _ in range(4):
            self.press("#lanjut")
            if self.page.locator(f'[data-langkah="{to}"]').is_visible():
                return
        raise AssertionError(f"not at step {to}")


@pytest.fixture
def typist(browser: Browser, tmp_path: Path) -> Iterator[Typist]:
    world = World(f"sqlite:///{tmp_path / 'one.db'}", tmp_path, datetime.now(UTC))
    with served(world.bare) as url:
        one = Typist(browser, url)
        yield one
        one.leave()
    world.close()


def test_all_eight_steps_are_walked_by_keys_alone(typist: Typist) -> None:
    page = typist.page
    page.goto("/lapor")
    page.locator("[data-di-hp]").wait_for()
    typist.press("[data-mulai] button")
    page.locator("#tulis").wait_for()
    typist.choose("[name=service]", "kependudukan")
    typist.type("[name=story]", "FIKTIF. Diminta lebih di loket.")
    typist.go_on(2)
    page.locator("[name=pilih]").first.wait_for()
    typist.type("[name=search]", "Ilir Timur")
    page.keyboard.press("Enter")
    page.locator('[name=pilih][value="16.71.05"]').wait_for()
    typist.choose("[name=pilih]", "16.71.05")
    page.keyboard.press("Space")
    typist.go_on(3)
    typist.choose("[name=office_kind]", "dukcapil")
    typist.go_on(4)
    typist.type("[name=asked]", "250 rb")
    for step in (5, 6, 7, 8):
        typist.go_on(step)
    page.locator("#jalur").wait_for()
    page.locator("#kode li").first.wait_for()
    noted = "".join(page.locator("#kode li").all_inner_texts())
    typist.press("#f-noted", "Space")
    typist.press("#kirim")

    page.locator("#terima").wait_for()
    shown = "".join(page.locator("#terima .kode-angka li").all_inner_texts())
    assert re.fullmatch(r"\d{24}", shown)
    assert shown == noted
    assert page.evaluate("() => document.activeElement.id") == "judul", "the focus is at the news"
