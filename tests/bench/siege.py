"""200 bots at once on one way in, and how long honest citizens of both kinds wait meanwhile.

Bots never rest: each sends, reads the answer, sends again. The phone does everything a phone does
to file: asks for a challenge, works, sends; both answers of the server together are one wait.
The person without JavaScript walks through the eight pages again and again, reads a second before
each press, and does as a busy page says: waits the told seconds, presses its button. Every request
is a wait; what counts for the person is the walk: whether it ends, how long it takes, and how often
they were told to come again. A walk begun is walked to its end, the bots stay so long.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
import multiprocessing
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import suppress
from statistics import mean, median
from typing import Any

import httpx

from client.proving import CHALLENGE, COMPLAINTS
from shared.crypto.proof import HEADER, Challenge, solve
from tests.bench.bodies import JSON, FormBodies, SealedBodies, walk
from tests.bench.horde import (
    BOTS,
    Shot,
    codes,
    forms_sent,
    horde,
    obeying,
    opened_drafts,
    page_shots,
    post,
    without_work,
)
from tests.bench.machine import cpu_seconds, load
from tests.bench.patient import Patient
from tests.bench.scene import WEB, Scene, percentiles

# A phone does its own work; done here it would take the processor of what is measured. The bots'
# proofs are missing or wrong, so what they cost does not depend on it.
_COST = "1000"
_PHONES, _PLAIN = 8, 6
_READS_SECONDS = 1.0
_PATIENCE_SECONDS = 60
_LONGEST_WALK_SECONDS = 180.0


@dataclasses.dataclass
class Told:
    """What citizens of one kind met: waits in seconds, answers by status, walks begun (seconds, how
    often sent away, whether it came to its receipt)."""

    waits: list[float] = dataclasses.field(default_factory=list)
    answers: Counter[str] = dataclasses.field(default_factory=Counter)
    walks: list[tuple[float, int, bool]] = dataclasses.field(default_factory=list)

    def join(self, other: Told) -> None:
        """Add what another met."""
        self.waits += other.waits
        self.answers.update(other.answers)
        self.walks += other.walks

    def as_json(self) -> dict[str, Any]:
        """The figures of one row."""
        row = {**percentiles(self.waits), "waits": len(self.waits), "told": dict(self.answers)}
        if not self.walks:
            return row
        seconds, sent_away, done = zip(*self.walks, strict=True)
        return {
            **row,
            "walks": len(done),
            "finished": sum(done),
            "walk_s": {"p50": round(median(seconds), 1), "longest": round(max(seconds), 1)},
            "sent_away": {"mean": round(mean(sent_away), 1), "most": max(sent_away)},
        }


def siege(scene: Scene, seconds: float) -> dict[str, Any]:
    """A row for each way in that is flooded, with the lanes as shipped."""
    sealed = SealedBodies(scene.directory, scene.proof_key)
    drafts = opened_drafts(FormBodies(scene.url), 2 * BOTS)
    _as_shipped(scene)
    floods: dict[str, Sequence[Shot]] = {
        "nobody": [],
        "API, no or wrong proofs": without_work(sealed),
        "sending without JavaScript": forms_sent(drafts),
        "mailbox form": codes(scene.url),
        "pages": (pages := page_shots(scene.url, drafts)),
        "pages, bots that wait as told": obeying(pages),
    }
    return {
        "bots": BOTS,
        "rows": {name: _besieged(scene, shots, sealed, seconds) for name, shots in floods.items()},
    }


def _as_shipped(scene: Scene) -> None:
    """Start the public site again with the pace that is the default."""
    scene.stop(WEB)
    planned = scene.town.planned[WEB]
    wide = (
        "KENTONGAN_DRAFTS_PER_SECOND",
        "KENTONGAN_FORMS_PER_SECOND",
        "KENTONGAN_FREE_OPENINGS",
    )
    env = {name: text for name, text in planned.env.items() if name not in wide}
    env["KENTONGAN_PROOF_COST"] = _COST
    scene.town.planned[WEB] = dataclasses.replace(planned, env=env)
    scene.start(WEB)


def _besieged(
    scene: Scene, shots: Sequence[Shot], sealed: SealedBodies, seconds: float
) -> dict[str, Any]:
    """Bots, phones and people without JavaScript, each kind in a process of its own."""
    context = multiprocessing.get_context("fork")
    over, answers = context.Event(), context.SimpleQueue()
    bodies = [bytes(body) for body in sealed.make(int(60 * seconds))]
    bots = context.Process(target=horde, args=(scene.url, shots, over, answers), daemon=True)
    if shots:
        bots.start()
        time.sleep(1.0)
    used, began = cpu_seconds(scene.pid(WEB)), time.monotonic()
    row: dict[str, Any] = {}
    crews: dict[str, tuple[int, Callable[[float], Told]]] = {
        "phone": (_PHONES, lambda until: _phone(scene.url, bodies, until)),
        "plain": (_PLAIN, lambda until: _person(scene.url, until)),
    }
    results = {name: context.SimpleQueue() for name in crews}
    staff = [
        context.Process(target=_crew, args=(count, live, seconds, results[name]), daemon=True)
        for name, (count, live) in crews.items()
    ]
    for one in staff:
        one.start()
    for name, result in results.items():
        row[name] = result.get().as_json()
    for one in staff:
        one.join()
    used, lasted = cpu_seconds(scene.pid(WEB)) - used, time.monotonic() - began
    over.set()
    row["bots"] = answers.get() if shots else {}
    if shots:
        bots.join(timeout=_PATIENCE_SECONDS)
    row["web_cores"] = round(used / lasted, 2)
    row["load"] = load()[0]
    print(json.dumps(row), file=sys.stderr, flush=True)
    return row


def _crew(count: int, live: Callable[[float], Told], seconds: float, result: Any) -> None:
    """`count` citizens at once; what they met together."""
    together, lock = Told(), threading.Lock()
    until = time.monotonic() + seconds

    def one() -> None:
        own = live(until)
        with lock:
            together.join(own)

    threads = [threading.Thread(target=one) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    result.put(together)


def _phone(url: str, bodies: list[bytes], until: float) -> Told:
    met = Told()
    while time.monotonic() < until and bodies:
        body = bodies.pop()
        what = json.dumps({"for": hashlib.sha256(body).hexdigest()}).encode()
        status, wait, text = post(url, Shot(CHALLENGE, what, JSON))
        if status == 200:
            proof = solve(Challenge.read(json.loads(text)))
            status, more, _ = post(url, Shot(COMPLAINTS, body, {**JSON, HEADER: proof}))
            wait += more
        met.answers[str(status)] += 1
        met.waits.append(wait)
    return met


def _person(url: str, until: float) -> Told:
    met = Told()
    while (began := time.monotonic()) < until:
        patient = Patient(until=began + _LONGEST_WALK_SECONDS, reads_seconds=_READS_SECONDS)
        is_done = False
        with suppress(AssertionError, httpx.HTTPError):
            is_done = bool(walk(url, patient))
        lasted = time.monotonic() - began
        met.join(Told(patient.waits, patient.told, [(lasted, patient.told["503"], is_done)]))
    return met
