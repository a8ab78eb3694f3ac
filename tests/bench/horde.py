"""200 bots and what they send: requests that cost us most for what they cost the sender."""

from __future__ import annotations

import http.client
import secrets
import threading
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlencode, urlsplit

import httpx

from client.proving import COMPLAINTS
from shared.crypto.proof import HEADER
from shared.crypto.receipt import new_receipt
from tests.bench.bodies import FORM_PATH, JSON, FormBodies, SealedBodies
from tests.bench.patient import told
from tests.support.browser_form import hidden

BOTS = 200
_LIMIT_SECONDS = 60
_FORM = {"Content-Type": "application/x-www-form-urlencoded"}
_READ = ("/", "/lapor", "/tarif", "/aman", "/kotak", "/lapor/di-hp", "/lapor/1", "/lapor/4",
         "/lapor/6", "/lapor/8")  # fmt: skip


@dataclass(frozen=True)
class Shot:
    """One request a bot repeats; one that `obeys` waits as a busy page tells it and presses."""

    path: str
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    method: str = "POST"
    obeys: bool = False

    def pressed(self, path: str, body: bytes | None) -> Shot:
        """The button of the busy page it was answered with."""
        if body is None:
            return replace(self, path=path)
        headers = {**self.headers, **_FORM}
        return replace(self, path=path, body=body, headers=headers, method="POST")


def without_work(sealed: SealedBodies) -> list[Shot]:
    """Complaints with no proof of work, and with that of another body."""
    bodies = sealed.make(20)
    wrong = bodies[0].headers[HEADER]
    return [
        Shot(COMPLAINTS, bytes(body), {**JSON, **({HEADER: wrong} if n % 2 else {})})
        for n, body in enumerate(bodies[1:])
    ]


def opened_drafts(forms: FormBodies, count: int) -> list[Shot]:
    """The last press of so many drafts that are filled in and wait to be sent."""
    return [
        Shot(FORM_PATH, bytes(one), {**_FORM, **getattr(one, "headers", {})})
        for one in forms.make(count)
    ]


def forms_sent(drafts: Sequence[Shot]) -> Sequence[Shot]:
    """Half of them: the other half stays for the pages."""
    return drafts[: len(drafts) // 2]


def page_shots(url: str, drafts: Sequence[Shot]) -> list[Shot]:
    """Every page, with a draft of one's own, and each twelfth press begins another draft."""
    shots = []
    for n, draft in enumerate(drafts[len(drafts) // 2 :]):
        cookie = {"Cookie": draft.headers["Cookie"]}
        shots.append(Shot(_READ[n % len(_READ)], headers=cookie, method="GET"))
    form = hidden(httpx.get(f"{url}/lapor/1", headers=cookie, timeout=60).text)
    words = {**form, "do": "keep", "service": "sim", "story": "KENARI-42 " * 200}
    shots += [Shot("/lapor/1", urlencode(words).encode(), {**_FORM, **cookie})] * (BOTS // 6)
    token = urlencode({"csrf_token": form["csrf_token"]}).encode()
    return shots + [Shot("/lapor", token, {**_FORM, **cookie})] * (BOTS // 12)


def obeying(shots: Sequence[Shot]) -> list[Shot]:
    """The same by bots that do as the busy page says."""
    return [replace(one, obeys=True) for one in shots]


def codes(url: str) -> list[Shot]:
    """Codes of 24 digits that pass their check and open an empty mailbox."""
    with httpx.Client(base_url=url, timeout=30) as page:
        token = hidden(page.get("/kotak").raise_for_status().text)["csrf_token"]
        cookies = "; ".join(f"{name}={value}" for name, value in page.cookies.items())
    words = [{"csrf_token": token, "receipt": new_receipt(), "do": "open"} for _ in range(BOTS)]
    return [Shot("/kotak", urlencode(one).encode(), {**_FORM, "Cookie": cookies}) for one in words]


def post(url: str, shot: Shot) -> tuple[int, float, bytes]:
    """Send it on a connection of its own: status, seconds until the whole answer, its body."""
    place = urlsplit(url)
    kept = http.client.HTTPConnection(place.hostname or "", place.port, timeout=_LIMIT_SECONDS)
    began = time.monotonic()
    kept.request(shot.method, shot.path, shot.body or None, dict(shot.headers))
    answer = kept.getresponse()
    text = answer.read()
    kept.close()
    return answer.status, time.monotonic() - began, text


def horde(url: str, shots: Sequence[Shot], over: Any, answers: Any) -> None:
    """All bots until `over`; how often each status was answered."""
    counted: Counter[str] = Counter()

    def bot(n: int) -> None:
        again: Shot | None = None
        while not over.is_set():
            shot = again or shots[(n + secrets.randbelow(len(shots))) % len(shots)]
            again = None
            try:
                status, _, page = post(url, shot)
                counted[str(status)] += 1
            except (OSError, http.client.HTTPException) as fault:
                counted[type(fault).__name__] += 1
                continue
            if status == 503 and shot.obeys:
                seconds, path, body = told(page.decode())
                over.wait(seconds)
                again = shot.pressed(path, body)

    threads = [threading.Thread(target=bot, args=(n,)) for n in range(BOTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    answers.put(dict(counted))
