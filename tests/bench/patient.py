"""A browser's connection that notes every wait and, sent away from a full lane, comes again."""

from __future__ import annotations

import html
import re
import time
from collections import Counter
from urllib.parse import urlencode

import httpx

_FORM = re.compile(r'<form method="post" action="([^"]+)"[^>]*>(.*?)</form>', re.DOTALL)
_HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')
_LINK = re.compile(r'<a class="tombol" href="([^"]+)"')
_SECONDS = re.compile(r"kira-kira (\d+) detik")
FORM_KIND = "application/x-www-form-urlencoded"


def told(page: str) -> tuple[int, str, bytes | None]:
    """What a busy page tells: the seconds to wait, then where its button leads, with which form."""
    seconds = int(_SECONDS.findall(page)[0])
    if form := _FORM.search(page):
        fields = [(name, html.unescape(text)) for name, text in _HIDDEN.findall(form[2])]
        return seconds, html.unescape(form[1]), urlencode(fields).encode()
    return seconds, html.unescape(_LINK.findall(page)[0]), None


class Patient(httpx.HTTPTransport):
    """Waits and answers of one visitor, who reads `reads_seconds` before every press.

    Sent away (503), they wait as the page tells them and press its button; with `again_seconds`
    they send the same again after that, which is what a bench of how much fits through needs.
    """

    def __init__(
        self,
        again_seconds: float | None = None,
        until: float = float("inf"),
        *,
        reads_seconds: float = 0.0,
    ) -> None:
        super().__init__()
        self.waits: list[float] = []
        self.told: Counter[str] = Counter()
        self._again_seconds, self._until = again_seconds, until
        self._reads_seconds = reads_seconds

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """The answer, read to its end."""
        if request.method == "POST":
            time.sleep(self._reads_seconds)
        while True:
            began = time.monotonic()
            answer = super().handle_request(request)
            answer.read()
            self.waits.append(time.monotonic() - began)
            self.told[str(answer.status_code)] += 1
            if answer.status_code != 503 or time.monotonic() > self._until:
                return answer
            request = self._come_again(request, answer.text)

    def _come_again(self, request: httpx.Request, page: str) -> httpx.Request:
        if self._again_seconds is not None:
            time.sleep(self._again_seconds)
            return request
        seconds, path, body = told(page)
        time.sleep(seconds)
        kept = {
            name: request.headers[name] for name in ("cookie", "host") if name in request.headers
        }
        if body is None:
            return httpx.Request("GET", request.url.join(path), headers=kept)
        headers = {**kept, "Content-Type": FORM_KIND}
        return httpx.Request("POST", request.url.join(path), headers=headers, content=body)
