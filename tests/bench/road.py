"""How quickly a fact travels: from its row to its effect, from sending to the desk."""

from __future__ import annotations

import json
import threading
import time
from pathlib import Path
from typing import Any

import httpx

from shared.crypto.road import seal_body
from shared.service.settings import road_keys
from shared.supervise.settings import SERVICES
from tests.bench.bodies import JSON, Proven, SealedBodies
from tests.bench.load import http_client, load
from tests.bench.raw_road import raw_road
from tests.bench.road_alone import road_alone
from tests.bench.scene import Scene, percentiles, ratio, until

RELAY = "complaints-worker"
_MANY_SECONDS = 120.0
_POLL_SECONDS = 0.01
_CASES = 'SELECT count(*) FROM "case"'
_DONE = "SELECT count(*) FROM inbox"
_UNSENT = "SELECT count(*) FROM fact WHERE NOT sent"
_SETTLE_SECONDS = 1.0
_WARM = 10


def alone(scene: Scene, scratch: Path, facts: int) -> dict[str, Any]:
    """The road with an effect that does nothing, beside pika and kombu with nothing between."""
    if scene.servers is None:
        source, reader = (f"sqlite:///{scratch / name}.db" for name in ("source", "reader"))
        carrier = f"sqlite:///{scratch / 'alone.db'}"
        return {"facts_per_second": round(road_alone(source, reader, carrier, count=facts), 1)}
    new, vhost = scene.servers.postgres.new_database, scene.servers.rabbit.new_vhost
    own = road_alone(new(), new(), vhost(), count=facts)
    size = _message_bytes(scene)
    raw = raw_road(vhost(), count=2 * facts, size_bytes=size)
    return {
        "facts_per_second": round(own, 1),
        "raw_per_second": round(raw, 1),
        "raw_bytes": size,
        "to_raw": ratio(own, raw),
    }


def throughput(scene: Scene, complaints: int) -> dict[str, Any]:
    """File with the relay stopped, start it, and time until triage has acted on all.

    The clock runs from the first effect seen, so that starting Python is not counted. Everything
    else happens meanwhile as well: each case tells three facts more, to three services.
    """
    scene.stop(RELAY)
    before, heard = scene.count("triage", _CASES), _heard(scene)
    bodies = SealedBodies(scene.directory, scene.proof_key).make(complaints)

    def send() -> Any:
        return http_client(scene.url, "/api/v1/complaints", JSON, status=201)

    filed = len(load(send, bodies, clients=8, seconds=_MANY_SECONDS).waits)
    scene.town.revive(RELAY)
    opened = _Watch(scene, before)
    whole = until(lambda: opened.look() >= filed, seconds=_MANY_SECONDS, pause=0.02)
    quiet = until(lambda: _is_quiet(scene), seconds=_MANY_SECONDS, pause=0.2)
    ended = time.monotonic()
    return {
        "filed": filed,
        "acted_on": opened.seen,
        "seconds": round(opened.last_at - opened.first_at, 2),
        "facts_per_second": round(opened.per_second, 1),
        "all_acted_on": whole and quiet,
        "deliveries_per_second": round((_heard(scene) - heard) / (ended - opened.first_at), 1),
    }


def visible(scene: Scene, *, per_second: float, seconds: float) -> dict[str, Any]:
    """File at a moderate rate and watch triage's cases: when each is there for the desk to see."""
    sealed = SealedBodies(scene.directory, scene.proof_key)
    _warm(scene, sealed.make(_WARM))
    bodies = sealed.make(int(per_second * seconds))
    sent: dict[str, float] = {}
    seen: dict[str, float] = {}
    errors: list[str] = []
    over = threading.Event()
    watching = threading.Thread(target=_watch_cases, args=(scene, sent, seen, over))
    watching.start()
    began = time.monotonic()
    with httpx.Client(base_url=scene.url, timeout=30) as sender:
        for n, body in enumerate(bodies):
            time.sleep(max(0.0, began + n / per_second - time.monotonic()))
            sent[json.loads(body)["case"]] = time.monotonic()
            answer = sender.post(
                "/api/v1/complaints", content=body, headers={**JSON, **body.headers}
            )
            if answer.status_code != 201:
                errors.append(str(answer.status_code))
    until(lambda: len(seen) >= len(sent) - len(errors), seconds=30)
    over.set()
    watching.join()
    waits = [at - sent[case] for case, at in seen.items()]
    return {
        "per_second": per_second,
        "filed": len(sent),
        "seen": len(seen),
        "errors": len(errors),
        **percentiles(waits),
    }


def _warm(scene: Scene, bodies: list[Proven]) -> None:
    """Let each process act once on what it will be timed with."""
    before = scene.count("triage", _CASES)
    for body in bodies:
        httpx.post(
            f"{scene.url}/api/v1/complaints",
            content=body,
            headers={**JSON, **body.headers},
            timeout=30,
        )
    until(lambda: scene.count("triage", _CASES) - before >= len(bodies), seconds=60)


def _watch_cases(
    scene: Scene, sent: dict[str, float], seen: dict[str, float], over: threading.Event
) -> None:
    while not over.wait(_POLL_SECONDS):
        waiting = [case for case in list(sent) if case not in seen]
        if waiting:
            marks = ", ".join("?" * len(waiting))
            found = scene.rows["triage"].ask(
                f'SELECT id FROM "case" WHERE id IN ({marks})', *waiting
            )
            now = time.monotonic()
            seen.update({case: now for (case,) in found})


def _heard(scene: Scene) -> int:
    """Deliveries acted on so far, by all services."""
    return sum(scene.count(service, _DONE) for service in SERVICES)


def _is_quiet(scene: Scene) -> bool:
    """Whether every fact of every service is confirmed, and nothing is left to act on."""
    unsent = sum(scene.count(service, _UNSENT) for service in SERVICES)
    if unsent:
        return False
    before = _heard(scene)
    time.sleep(_SETTLE_SECONDS)
    return before == _heard(scene)


def _message_bytes(scene: Scene) -> int:
    """How long the body of a complaint is on the broker: sealed and padded."""
    key = scene.town.keys.read("road")
    longest = scene.rows["complaints"].ask("SELECT body FROM fact ORDER BY position DESC LIMIT 1")
    return len(seal_body(road_keys(key), bytes(longest[0][0]), "size"))


class _Watch:
    """Counts the cases opened since `before`, and when the first and the last were seen."""

    def __init__(self, scene: Scene, before: int) -> None:
        self._scene, self._before = scene, before
        self.seen = self.first_seen = 0
        self.first_at = self.last_at = time.monotonic()

    def look(self) -> int:
        """How many now."""
        now = self._scene.count("triage", _CASES) - self._before
        if now and not self.first_seen:
            self.first_seen, self.first_at = now, time.monotonic()
        if now > self.seen:
            self.seen, self.last_at = now, time.monotonic()
        return now

    @property
    def per_second(self) -> float:
        """From the first look that saw any to the last one."""
        seconds = self.last_at - self.first_at
        return (self.seen - self.first_seen) / seconds if seconds else 0.0
