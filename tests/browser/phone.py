"""A citizen who writes, seals and sends in the one document."""

from __future__ import annotations

import re
from typing import Any

from playwright.sync_api import Browser

from tests.browser.people import Citizen


class PhoneCitizen(Citizen):
    """The same words as a citizen without JavaScript types, at /lapor/di-hp."""

    def __init__(self, browser: Browser, url: str, **options: Any) -> None:
        super().__init__(browser, url, **options)
        self.page.set_viewport_size({"width": 360, "height": 780})

    def begin(self) -> None:
        """From what is to be known before one starts to the first step."""
        self.page.goto("/lapor")
        self.page.locator("[data-di-hp]").wait_for()
        self.page.locator("[data-mulai] button").click()
        self.page.locator("#tulis").wait_for()

    def go_on(self, to: int) -> None:
        """Press "Lanjut"; inner lists and gentle questions are passed by pressing again."""
        for _ in range(4):
            self.page.locator("#lanjut").click()
            if self.page.locator(f'[data-langkah="{to}"]').is_visible():
                return
        raise AssertionError(f"not at step {to}")

    def write(self, story: str, **typed: str) -> None:
        """Walk through the steps up to the last press; the 24 digits are ticked as written down."""
        page = self.page
        self.begin()
        page.locator("[name=service]").select_option("kependudukan")
        page.locator("[name=story]").fill(story)
        self.go_on(2)
        page.locator("[name=pilih]").first.wait_for()
        page.locator("[name=search]").fill("Ilir Timur")
        page.locator("[name=search]").press("Enter")
        page.locator('[name=pilih][value="16.71.05"]').check()
        self.go_on(3)
        page.locator("[name=office_kind]").select_option("dukcapil")
        self.go_on(4)
        page.locator("[name=asked]").fill(typed.get("asked", "250 rb"))
        for step in (5, 6, 7):
            self.go_on(step)
        if name := typed.get("name"):
            page.locator('input[name=wish][value="confidential"]').check()
            page.locator("[name=name]").fill(name)
        self.go_on(8)
        page.locator("#jalur").wait_for()
        page.locator("#kode li").first.wait_for()
        page.locator("#f-noted").check()

    def send(self) -> None:
        """Press the button."""
        self.page.locator("#kirim").click()

    def noted(self) -> str:
        """The 24 digits as shown before sending."""
        digits = "".join(self.page.locator("#kode li").all_inner_texts())
        assert re.fullmatch(r"\d{24}", digits), digits
        return digits

    def receipt(self) -> str:
        """The 24 digits on the receipt."""
        self.page.locator("#terima").wait_for()
        return "".join(self.page.locator("#terima .kode-angka li").all_inner_texts())

    def asked_for(self) -> list[str]:
        """What this browser has asked the server for since the document came, in order."""
        paths = [(one.method, re.sub(r"^https?://[^/]+", "", one.url)) for one in self.requests()]
        return [
            "static" if path.startswith("/static/") else f"{method} {path}"
            for method, path in paths
        ]

    def requests(self) -> list[Any]:
        """Every request after that for the document itself; blobs go nowhere."""
        made = self.notes.requests
        start = max(i for i, one in enumerate(made) if one.url.endswith("/lapor/di-hp"))
        return [one for one in made[start + 1 :] if not one.url.startswith("blob:")]
