"""A citizen's browser without JavaScript: the form, the receipt page, the mailbox page."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping

import httpx

from services.complaints.domain.steps import STEPS

Words = Mapping[str, str | list[str]]
WORDS: Words = {
    "service": "sim",
    "found": "32.73.01",
    "office_kind": "kecamatan",
    "asked": "850 rb",
    "paid_how": "none",
    "timing": "unknown",
    "coercion": "unknown",
    "wish": "anonymous",
}


class PlainBrowser:
    """One visitor of the public site; `sending` holds the last step as it was sent."""

    def __init__(self, url: str, transport: httpx.BaseTransport | None = None) -> None:
        self.page = httpx.Client(
            base_url=url, timeout=60, follow_redirects=True, transport=transport
        )
        self.sending: dict[str, str] = {}

    def begin(self, **words: str) -> httpx.Response:
        """Start a report, with words that came along."""
        form = hidden(self.page.get("/lapor").raise_for_status().text)
        return self.page.post("/lapor", data={**form, **words})

    def press(self, number: int, words: Words, do: str = "next") -> httpx.Response:
        """Write on a step's page and press a button; the page it leads to."""
        form = hidden(self.page.get(f"/lapor/{number}").raise_for_status().text)
        return self.page.post(f"/lapor/{number}", data={**form, **words, "do": do})

    def report(self, story: str, **more: str) -> str:
        """Walk through the steps for a district office in Bandung and send; the 24 digits."""
        self.begin()
        for number, words in on_pages({**WORDS, "story": story, **more}):
            answer = self.press(number, words)
            assert answer.url.path == f"/lapor/{number + 1}", _problems(answer.text)
        review = answer.text
        self.sending = {**hidden(review), "noted": "1", "do": "send"}
        receipt = self.send_again()
        assert receipt == digits(review), "the digits are shown before they count"
        return receipt

    def send_again(self) -> str:
        """Send the last step once more (a second press, a reload); the 24 digits."""
        answer = self.page.post("/lapor/8", data=self.sending)
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


def on_pages(words: Words) -> Iterator[tuple[int, Words]]:
    """The words of each step that asks for something, with its number."""
    for step in STEPS:
        if step.fields:
            yield step.number, {name: words[name] for name in step.fields if name in words}


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
