"""A citizen's browser without JavaScript: the form, the receipt page, the mailbox page."""

from __future__ import annotations

import html
import re

import httpx


class PlainBrowser:
    """One visitor of the public site; `filing` holds the form as it was last sent."""

    def __init__(self, url: str) -> None:
        self.page = httpx.Client(base_url=url, timeout=60, follow_redirects=True)
        self.filing: dict[str, str | list[str]] = {}

    def report(self, story: str, **more: str) -> str:
        """Fill in the form for a district office in Bandung and send it; the 24 digits."""
        form = self.page.get("/lapor").raise_for_status().text
        self.filing = {
            **hidden(form),
            "service": "sim",
            "story": story,
            "province": "32",
            "regency": "32.73",
            "office_kind": "kecamatan",
            "asked": "850 rb",
            "paid_how": "none",
            "timing": "unknown",
            "coercion": "unknown",
            "wish": "anonymous",
            "do": "send",
            **more,
        }
        return self.send_again()

    def send_again(self) -> str:
        """Send the same form once more (a second press, a reload); the 24 digits."""
        answer = self.page.post("/lapor", data=self.filing)
        assert answer.status_code == 200, _problems(answer.text)
        return digits(answer.text)

    def open_mailbox(self, receipt: str) -> str:
        """Type the digits; the opened mailbox page."""
        form = self.page.get("/kotak").raise_for_status().text
        sent = {**hidden(form), "receipt": receipt, "do": "open"}
        return self.page.post("/kotak", data=sent).raise_for_status().text

    def reply(self, opened: str, text: str) -> str:
        """Answer from an opened mailbox page; the page after it."""
        sent = {**hidden(opened), "text": text, "do": "reply"}
        return self.page.post("/kotak", data=sent).raise_for_status().text


def hidden(page: str) -> dict[str, str]:
    """The hidden fields of a page's first form (the language switch has none)."""
    found = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page)
    return {name: html.unescape(value) for name, value in reversed(found)}


def digits(page: str) -> str:
    """The receipt shown on the page."""
    block = re.search(r'class="kode-angka".*?</ol>', page, re.DOTALL)
    assert block, _problems(page)
    return "".join(re.findall(r"\b\d{4}\b", re.sub(r"<[^>]+>", " ", block[0])))


def _problems(page: str) -> str:
    return re.sub(r"<[^>]+>|\s+", " ", page)[-1500:]
