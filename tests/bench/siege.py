"""200 bots at once on one way in, and how long an honest citizen waits on another meanwhile.

Bots never rest: each sends, reads the answer, sends again. The citizen by API does everything a
phone does: asks for a challenge, works, sends; the two answers of the server are what is timed.
"""

from __future__ import annotations

import dataclasses
import hashlib
import http.client
import json
import multiprocessing
import secrets
import threading
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urlsplit

import httpx

from client.proving import CHALLENGE, COMPLAINTS
from shared.crypto.proof import HEADER, Challenge, solve
from shared.crypto.receipt import new_receipt
from tests.bench.bodies import FORM_PATH, JSON, FormBodies, SealedBodies
from tests.bench.scene import WEB, Scene, percentiles

BOTS = 200
_COST = "200000"  # as shipped
_HONEST = 2
_FORMS = 120
_LIMIT_SECONDS = 60


@dataclass(frozen=True)
class Shot:
    """One request a bot repeats."""

    path: str
    body: bytes
    headers: Mapping[str, str]


def siege(scene: Scene, seconds: float) -> dict[str, Any]:
    """A row for each way in that is flooded, with the settings as shipped."""
    _as_shipped(scene)
    sealed, forms = SealedBodies(scene.directory, scene.proof_key), FormBodies(scene.url)
    quiet = _row(scene, [], sealed, seconds)
    rows = {"nobody": quiet}
    for name, shots in (
        ("API, no or wrong proofs", _without_work(sealed)),
        ("sending without JavaScript", _forms(forms)),
        ("mailbox form", _codes(scene.url)),
    ):
        rows[name] = _row(scene, shots, sealed, seconds)
    rows["API, a person without JavaScript"] = _by_form(
        scene, _without_work(sealed), _forms(forms, _FORMS), seconds
    )
    return {"bots": BOTS, "rows": rows}


def _as_shipped(scene: Scene) -> None:
    """Start the public site again with the cost and the pace that are the default."""
    scene.stop(WEB)
    planned = scene.town.planned[WEB]
    wide = ("KENTONGAN_FORMS_PER_SECOND", "KENTONGAN_FREE_OPENINGS")
    env = {name: text for name, text in planned.env.items() if name not in wide}
    env["KENTONGAN_PROOF_COST"] = _COST
    scene.town.planned[WEB] = dataclasses.replace(planned, env=env)
    scene.start(WEB)


def _without_work(sealed: SealedBodies) -> list[Shot]:
    bodies = sealed.make(20)
    wrong = bodies[0].headers[HEADER]
    return [
        Shot(COMPLAINTS, bytes(body), {**JSON, **({HEADER: wrong} if n % 2 else {})})
        for n, body in enumerate(bodies[1:])
    ]


def _forms(forms: FormBodies, count: int = 2 * BOTS) -> list[Shot]:
    made = forms.make(count)
    return [
        Shot(FORM_PATH, bytes(one), {**forms.headers, **getattr(one, "headers", {})})
        for one in made
    ]


def _codes(url: str) -> list[Shot]:
    with httpx.Client(base_url=url, timeout=30) as page:
        text = page.get("/kotak").raise_for_status().text
        token = text.partition('name="csrf_token" value="')[2].partition('"')[0]
        cookies = "; ".join(f"{name}={value}" for name, value in page.cookies.items())
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": cookies}
    words = [{"csrf_token": token, "receipt": new_receipt(), "do": "open"} for _ in range(BOTS)]
    return [Shot("/kotak", urlencode(one).encode(), headers) for one in words]


def _row(
    scene: Scene, shots: Sequence[Shot], sealed: SealedBodies, seconds: float
) -> dict[str, Any]:
    bodies = [bytes(body) for body in sealed.make(int(60 * seconds))]
    return _besieged(
        scene, shots, seconds, lambda waits, tries: _phone(scene, bodies, waits, tries)
    )


def _by_form(
    scene: Scene, shots: Sequence[Shot], forms: Sequence[Shot], seconds: float
) -> dict[str, Any]:
    left = list(forms)

    def live(waits: list[float], tries: Counter[str]) -> None:
        status, wait = _post(scene.url, left.pop())
        tries[str(status)] += 1
        waits.append(wait)

    return _besieged(scene, shots, seconds, live)


def _besieged(
    scene: Scene,
    shots: Sequence[Shot],
    seconds: float,
    live: Callable[[list[float], Counter[str]], None],
) -> dict[str, Any]:
    """Bots in a process of their own, the honest here; percentiles of what the honest waited."""
    context = multiprocessing.get_context("fork")
    over, answers = context.Event(), context.SimpleQueue()
    bots = context.Process(target=_horde, args=(scene.url, shots, over, answers))
    if shots:
        bots.start()
        time.sleep(1.0)
    waits: list[float] = []
    tries: Counter[str] = Counter()
    until = time.monotonic() + seconds

    def honest() -> None:
        while time.monotonic() < until:
            try:
                live(waits, tries)
            except IndexError:
                return

    threads = [threading.Thread(target=honest) for _ in range(_HONEST)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    over.set()
    told = answers.get() if shots else {}
    if shots:
        bots.join(timeout=_LIMIT_SECONDS)
    return {**percentiles(waits), "honest": dict(tries), "bots": told}


def _phone(scene: Scene, bodies: list[bytes], waits: list[float], tries: Counter[str]) -> None:
    body = bodies.pop()
    what = json.dumps({"for": hashlib.sha256(body).hexdigest()}).encode()
    began = time.monotonic()
    told = httpx.post(f"{scene.url}{CHALLENGE}", content=what, headers=JSON, timeout=60)
    wait = time.monotonic() - began
    proof = solve(Challenge.read(told.json()))
    status, more = _post(scene.url, Shot(COMPLAINTS, body, {**JSON, HEADER: proof}))
    tries[str(status)] += 1
    waits.append(wait + more)


def _post(url: str, shot: Shot) -> tuple[int, float]:
    place = urlsplit(url)
    kept = http.client.HTTPConnection(place.hostname or "", place.port, timeout=_LIMIT_SECONDS)
    began = time.monotonic()
    kept.request("POST", shot.path, shot.body, dict(shot.headers))
    answer = kept.getresponse()
    answer.read()
    kept.close()
    return answer.status, time.monotonic() - began


def _horde(url: str, shots: Sequence[Shot], over: Any, answers: Any) -> None:
    counted: Counter[str] = Counter()

    def bot(n: int) -> None:
        while not over.is_set():
            try:
                status, _ = _post(url, shots[(n + secrets.randbelow(len(shots))) % len(shots)])
                counted[str(status)] += 1
            except (OSError, http.client.HTTPException) as fault:
                counted[type(fault).__name__] += 1

    threads = [threading.Thread(target=bot, args=(n,)) for n in range(BOTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    answers.put(dict(counted))
