"""The people of the story, each at a browser of their own that notes all it sends and says."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, Page, Request, Response

SLOW_MS = 60_000
_DIGITS = re.compile(r"\d{4}")


@dataclass
class Notes:
    """What a browser did: requests with their bodies, answers, and what its console said."""

    requests: list[Request] = field(default_factory=list)
    responses: list[Response] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def sent(self) -> bytes:
        """Every address, header and body that left this browser, one after another."""
        pieces = []
        for request in self.requests:
            headers = "\n".join(f"{name}: {text}" for name, text in request.headers.items())
            pieces.append(f"{request.method} {request.url}\n{headers}\n".encode())
            pieces.append(request.post_data_buffer or b"")
        return b"\n".join(pieces)

    def hosts(self) -> set[str]:
        """Everybody this browser spoke to; `data:` and `blob:` addresses go nowhere."""
        urls = [urlsplit(request.url) for request in self.requests]
        return {url.netloc for url in urls if url.scheme not in {"data", "blob"}}


class Person:
    """A browser context of its own at `url`."""

    def __init__(self, browser: Browser, url: str, **options: Any) -> None:
        self.url = url
        self.notes = Notes()
        self.context: BrowserContext = browser.new_context(base_url=url, locale="id-ID", **options)
        self.context.set_default_timeout(SLOW_MS)
        self.context.on("request", lambda request: self.notes.requests.append(request))
        self.context.on("response", lambda answer: self.notes.responses.append(answer))
        self.page: Page = self.context.new_page()
        self.page.on("pageerror", lambda fault: self.notes.complaints.append(str(fault)))
        self.page.on(
            "console",
            lambda said: (
                said.type in {"error", "warning"}
                and self.notes.complaints.append(f"{self.page.url}: {said.text}")
            ),
        )

    def leave(self) -> None:
        """Close the browser's window."""
        self.context.close()


class Citizen(Person):
    """Files with the form and follows with the digits."""

    def __init__(self, browser: Browser, url: str, *, script: bool = True, **options: Any) -> None:
        super().__init__(browser, url, java_script_enabled=script, **options)

    def write(self, story: str, **typed: str) -> None:
        """Walk through the steps up to the last press; the 24 digits are ticked as written down."""
        page = self.page
        self.begin()
        page.locator("[name=service]").select_option("kependudukan")
        page.locator("[name=story]").fill(story)
        self.go_on(2)
        page.get_by_label("Cari kecamatan, kota, atau kabupaten").fill("Ilir Timur")
        page.get_by_role("button", name="Cari", exact=True).click()
        page.locator('input[name=found][value="16.71.05"]').check()
        self.go_on(3)
        page.locator("[name=office_kind]").select_option("dukcapil")
        self.go_on(4)
        page.locator("[name=asked]").fill(typed.get("asked", "250 rb"))
        self.go_on(5)
        self.go_on(6)
        self.go_on(7)
        if name := typed.get("name"):
            page.locator('input[name=wish][value="confidential"]').check()
            page.locator("[name=name]").fill(name)
        if address := typed.get("email"):
            page.locator('input[name=wish][value="contact"]').check()
            page.locator("[name=email]").fill(address)
        self.go_on(8)
        page.locator("[name=noted]").check()

    def begin(self) -> None:
        """From what is to be known before one starts to the first step."""
        self.page.goto("/lapor")
        # Past the script that would lead to the one document (tests.browser.phone).
        with self.page.expect_navigation():
            self.page.evaluate("() => HTMLFormElement.prototype.submit.call(document.forms[0])")
        self.page.wait_for_url("**/lapor/1")

    def go_on(self, to: int) -> None:
        """Press the step's own button; a gentle question is passed by pressing once more."""
        for _ in range(2):
            with self.page.expect_navigation():
                self.page.locator('main form .aksi button[name=do][value="next"]').click()
            if self.page.url.endswith(f"/lapor/{to}"):
                return
        raise AssertionError(f"not at step {to}: {self.page.url}")

    def send(self) -> None:
        """Press the button."""
        self.page.locator('main button[name=do][value="send"]').click()

    def report(self, story: str, **typed: str) -> str:
        """Write and send; the digits of the receipt."""
        self.write(story, **typed)
        self.send()
        return self.receipt()

    def receipt(self) -> str:
        """The 24 digits on the page."""
        self.page.locator(".kode-angka li").first.wait_for()
        digits = "".join(self.page.locator(".kode-angka li").all_inner_texts())
        assert re.fullmatch(r"\d{24}", digits), digits
        return digits

    def open_mailbox(self, receipt: str) -> None:
        """Type the digits, as written on paper, and wait for what they open."""
        page = self.page
        page.goto("/kotak")
        page.locator("[name=receipt]").fill(" ".join(_DIGITS.findall(receipt)))
        page.locator('button[name=do][value="open"]').click()
        opened = page.locator("main .ringkas").or_(page.get_by_text("Belum ada apa-apa di sini."))
        opened.or_(page.locator(".galat:visible")).first.wait_for()

    def reply(self, text: str) -> None:
        """Answer from the opened mailbox."""
        self.page.locator("main textarea").fill(text)
        self.page.get_by_role("button", name="Kirim balasan").click()
        self.page.get_by_text("Balasan Anda sudah masuk.").wait_for()


class Investigator(Person):
    """Signs in, unlocks and works; the passphrase is typed, never sent."""

    def __init__(self, browser: Browser, url: str, who: dict[str, str], **options: Any) -> None:
        super().__init__(browser, url, **options)
        self.who = who

    def sign_in(self) -> None:
        """From the door to the first page of whoever this is."""
        self.page.goto("/masuk")
        self.try_the_door(self.who["passphrase"])
        self.page.wait_for_url(lambda url: not url.endswith("/masuk"))

    def try_the_door(self, passphrase: str) -> None:
        """Fill in the door's form and press."""
        self.page.locator("#nama").fill(self.who["name"])
        self.page.locator("#sandi").fill(passphrase)
        self.page.get_by_role("button", name="Masuk", exact=True).click()

    def numbers(self) -> list[str]:
        """The cases on the queue."""
        self.page.goto("/")
        links = self.page.locator(".antrean th a").all()
        return [str(link.get_attribute("href")).rpartition("/")[2] for link in links]

    def open(self, number: str) -> None:
        """Go to a case; it is locked."""
        self.page.goto(f"/kasus/{number}")

    def unlock(self) -> None:
        """Type the passphrase into the locked case and wait until it opens."""
        self.page.locator("#sandi").fill(self.who["passphrase"])
        self.page.locator("#buka button").click()
        self.page.locator("#terbuka").wait_for(state="visible")

    def story(self) -> str:
        """What the unlocked case shows as the story."""
        return self.page.locator('[data-surat="in-0"]').inner_text()

    def move(self, number: str, state: str, reason: str = "") -> None:
        """Choose the next state and press; afterwards the page is the case's, or the form's."""
        self.page.goto(f"/kasus/{number}/pindah")
        self.page.locator(f'input[name=ke][value="{state}"]').check()
        self.page.locator("[name=alasan]").fill(reason)
        self.page.get_by_role("button", name="Simpan status").click()

    def write(self, number: str, text: str) -> None:
        """Write a letter, which the page seals."""
        self.page.goto(f"/kasus/{number}/surat")
        self.page.locator("#isi-surat").fill(text)
        self.page.locator("#sandi").fill(self.who["passphrase"])
        self.page.get_by_role("button", name="Segel dan kirim").click()
        self.page.get_by_text("terkirim ke kotak pelapor").wait_for()
