"""Everything clients send, made before the clock starts."""

from __future__ import annotations

import hashlib
import json
import secrets
import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

import httpx

from shared.crypto.proof import HEADER, new_challenge, solve
from tests.bench.patient import Patient
from tests.support import citizen
from tests.support.browser_form import PlainBrowser, hidden

JSON = {"Content-Type": "application/json"}
FORM_PATH = "/lapor/8"  # the last press
_FORM = "application/x-www-form-urlencoded"
# More than the keys a process keeps in memory (hybrid.public_key): none is met twice.
_POOL = 96
_TYPED = {
    "service": "kependudukan",
    "story": citizen.STORY * 20,
    "found": "32.73.01",
    "office_kind": "kecamatan",
    "asked": "150 rb",
    "paid_how": "none",
    "wish": "anonymous",
}


class Proven(bytes):
    """A body and the header that lets it in, made with the town's own key before the clock."""

    headers: dict[str, str]

    @classmethod
    def by(cls, key: bytes, content: bytes) -> Proven:
        """With a proof of the least work: what is measured is checking it."""
        one, what = cls(content), hashlib.sha256(content).digest()
        until = datetime.now(UTC) + timedelta(hours=1)
        one.headers = {HEADER: solve(new_challenge(key, what, expires_at=until, most=1))}
        return one


class SealedBodies:
    """Sealed complaints for the API: 96 different envelopes (4 ms each to seal), shared out
    among as many cases and mailboxes as are asked for."""

    def __init__(self, directory: dict[str, Any], key: bytes) -> None:
        self._key = key
        sealed = [
            citizen.seal(directory, story=citizen.STORY * 20, quick=True) for _ in range(_POOL)
        ]
        self._pool = [json.loads(one.body) for one in sealed]

    def make(self, count: int) -> list[Proven]:
        """`count` bodies, each its own case, mailbox and events key."""
        return [Proven.by(self._key, self._another(n)) for n in range(count)]

    def _another(self, n: int) -> bytes:
        body = self._pool[n % _POOL]
        own = {"lookup": _random(16), "sign": _random(32)}
        return json.dumps(
            {
                **body,
                "case": str(uuid.uuid4()),
                "mailbox": {**body["mailbox"], **own},
                "events_key": _random(32),
            }
        ).encode()


class FormBodies:
    """The last press of reports without JavaScript, each of a visitor of its own whose draft is
    filled in before the clock starts: one GET, one POST with all words, the review."""

    def __init__(self, public_url: str) -> None:
        self._url = public_url
        self.headers = {"Content-Type": _FORM}

    def make(self, count: int) -> list[Sending]:
        """`count` last steps."""
        with ThreadPoolExecutor(4) as pool:
            return list(pool.map(self._another, range(count)))

    def _another(self, _: int) -> Sending:
        with httpx.Client(base_url=self._url, timeout=60, follow_redirects=True) as page:
            form = hidden(page.get("/lapor").raise_for_status().text)
            page.post("/lapor", data={**form, **_TYPED})
            review = hidden(page.get("/lapor/8").raise_for_status().text)
            sending = Sending(urlencode({**review, "noted": "1", "do": "send"}).encode())
            cookies = "; ".join(f"{name}={value}" for name, value in page.cookies.items())
            sending.headers = {"Cookie": cookies}
        return sending


class Sending(bytes):
    """A last step and the session it belongs to."""

    headers: dict[str, str]


def walk(public_url: str, patient: Patient) -> str:
    """A whole report from the first page to the receipt; the 24 digits."""
    return PlainBrowser(public_url, patient).report(citizen.STORY * 20)


def _random(size_bytes: int) -> str:
    return citizen.b64url(secrets.token_bytes(size_bytes))
