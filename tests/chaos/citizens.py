"""Citizens who file, are cut off, and send the same thing again until they hold a receipt."""

from __future__ import annotations

import hashlib
import http.client
import json
import random
import re
import secrets
import threading
import time
from dataclasses import dataclass, field
from html import unescape
from typing import Any
from urllib.parse import urlencode, urlsplit

import httpx

from client.proving import CHALLENGE, COMPLAINTS
from shared.crypto.proof import HEADER, Challenge, solve
from tests.chaos.town import Town
from tests.support import citizen
from tests.support.browser_form import on_pages

# What must be found in no file of the system afterwards. The address is one of this machine's.
ADDRESS = "127.0.0.77"
AGENT = "KenariPeramban/4711"
CANARY = "kenari-cerita-"
MAILBOX = "kenari-surel-"


@dataclass
class Outcome:
    """What one citizen holds in the end: 24 digits or the lookup of a sealed filing."""

    case: str | None
    lookup: bytes | None
    receipt: str
    told: set[str] = field(default_factory=set)


class Crowd:
    """`threads` citizens at once, each filing one after another until `until` or `most` filed.

    Nobody gives up: whoever got no answer sends the very same again, until the deadline that
    `finish` sets.
    """

    def __init__(self, town: Town, *, threads: int, seed: int, pause: float, forms: bool) -> None:
        self.outcomes: list[Outcome] = []
        self.refused: list[str] = []
        self._town = town
        self._pause = pause
        self._forms = forms
        self._stop = threading.Event()
        self._deadline = float("inf")
        self._lock = threading.Lock()
        self._directory = httpx.get(f"{town.public_url}/api/v1/directory", timeout=20).json()
        self._threads = [
            threading.Thread(target=self._live, args=(random.Random(seed + n),), daemon=True)
            for n in range(threads)
        ]

    def start(self) -> None:
        """Let them come."""
        for thread in self._threads:
            thread.start()

    def finish(self, seconds: float = 60) -> None:
        """No new filings; wait until everyone who has begun holds an answer."""
        self._deadline = time.monotonic() + seconds
        self._stop.set()
        for thread in self._threads:
            thread.join(timeout=seconds + 10)

    def _live(self, chance: random.Random) -> None:
        while not self._stop.is_set():
            outcome = self._by_form() if self._forms and chance.random() < 0.25 else self._by_api()
            with self._lock:
                self.outcomes.append(outcome)
            time.sleep(self._pause * (0.5 + chance.random()))

    def _by_api(self) -> Outcome:
        mark = secrets.token_hex(8)
        sealed = citizen.seal(
            self._directory,
            story=f"{CANARY}{mark} {citizen.STORY}",
            contact=f"{MAILBOX}{mark}@contoh.example" if secrets.randbelow(3) == 0 else "",
        )
        outcome = Outcome(sealed.case, sealed.keys.lookup, sealed.receipt)
        headers = {"Content-Type": "application/json"}
        while (answer := self._send_proven(sealed.body, headers)) is not None:
            status, body, _ = answer
            if status in (200, 201):
                outcome.told.add(json.loads(body)["case"])
                break
            if 400 <= status < 500:
                with self._lock:
                    self.refused.append(f"{status} {body[:300]!r}")
                break
        return outcome

    def _send_proven(
        self, body: bytes, headers: dict[str, str]
    ) -> tuple[int, bytes, dict[str, str]] | None:
        what = json.dumps({"for": hashlib.sha256(body).hexdigest()}).encode()
        asked = self._send("POST", CHALLENGE, what, headers)
        if asked is None or asked[0] != 200:
            return asked
        proof = solve(Challenge.read(json.loads(asked[1])))
        return self._send("POST", COMPLAINTS, body, {**headers, HEADER: proof})

    def _by_form(self) -> Outcome:
        """Through the eight pages; whoever finds the draft gone starts anew with the same words."""
        outcome = Outcome(None, None, "")
        words = {**FORM, "story": f"{CANARY}{secrets.token_hex(8)} {citizen.STORY}"}
        while (last := self._walk(words)) is not None:
            cookie, body = last
            answer = self._post("/lapor/8", cookie, body)
            if answer is None:
                break
            status, text, _ = answer
            found = re.search(r"(?:\d{4}\D{1,60}){5}\d{4}", _text(text.decode()))
            if status == 200 and found:
                outcome.receipt = re.sub(r"\D", "", found.group())[:24]
                outcome.told.add(outcome.receipt)
                break
            if 400 <= status < 500:
                with self._lock:
                    self.refused.append(f"form {status} {_text(text.decode())[:400]!r}")
                break
        return outcome

    def _walk(self, words: dict[str, Any]) -> tuple[str, dict[str, str]] | None:
        """The session's cookie and the last step's form; None at the end of all patience."""
        while (page := self._send("GET", "/lapor", None, {})) is not None:
            cookie = page[2].get("Set-Cookie", "").split(";")[0]
            begun = self._post("/lapor", cookie, _hidden(page[1].decode()))
            cookie = (begun[2].get("Set-Cookie", "").split(";")[0] or cookie) if begun else ""
            last = self._pages(cookie, words)
            if last is not None:
                return cookie, {**last, "noted": "1", "do": "send"}
        return None

    def _pages(self, cookie: str, words: dict[str, Any]) -> dict[str, str] | None:
        for number, typed in on_pages(words):
            page = self._send("GET", f"/lapor/{number}", None, {"Cookie": cookie})
            if page is None or page[0] != 200:
                return None
            fields = {**_hidden(page[1].decode()), **typed, "do": "next"}
            answer = self._post(f"/lapor/{number}", cookie, fields)
            if answer is None or answer[0] != 303:
                return None
        page = self._send("GET", "/lapor/8", None, {"Cookie": cookie})
        return _hidden(page[1].decode()) if page is not None and page[0] == 200 else None

    def _post(
        self, path: str, cookie: str, fields: dict[str, Any]
    ) -> tuple[int, bytes, dict[str, str]] | None:
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": cookie}
        return self._send("POST", path, urlencode(fields).encode(), headers)

    def _send(
        self, method: str, path: str, body: bytes | None, headers: dict[str, str]
    ) -> tuple[int, bytes, dict[str, str]] | None:
        """One answer of the server that is not a 5xx, however often it takes; None at the end."""
        place = urlsplit(self._town.public_url)
        while time.monotonic() < self._deadline:
            connection = http.client.HTTPConnection(
                place.hostname or "", place.port, timeout=10, source_address=(ADDRESS, 0)
            )
            try:
                connection.request(method, path, body, {**headers, "User-Agent": AGENT})
                answer = connection.getresponse()
                content = answer.read()
                if answer.status < 500:
                    return answer.status, content, dict(answer.getheaders())
            except (OSError, http.client.HTTPException):
                pass
            finally:
                connection.close()
            time.sleep(0.3)
        return None


FORM: dict[str, Any] = {
    "service": "kependudukan",
    "found": "32.73.01",
    "office_kind": "kecamatan",
    "asked": "150 rb",
    "paid_how": "none",
    "wish": "anonymous",
}


def _hidden(page: str) -> dict[str, str]:
    """The hidden fields of a page's forms."""
    found = {}
    for tag in re.findall(r"<input[^>]*type=\"?hidden\"?[^>]*>", page):
        name = re.search(r'name="?([^"\s>]+)', tag)
        value = re.search(r'value="([^"]*)"', tag)
        if name and value:
            found[name.group(1)] = unescape(value.group(1))
    return found


def _text(page: str) -> str:
    return unescape(re.sub(r"<[^>]+>", " ", page))
