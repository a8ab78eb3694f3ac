"""How many complaints a second come in, sealed by the sender or sealed by the server."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import httpx

from tests.bench import bare
from tests.bench.bodies import FORM_PATH, JSON, FormBodies, SealedBodies, walk
from tests.bench.load import Outcome, http_client, load
from tests.bench.machine import cpu_seconds, rss_mib
from tests.bench.patient import Patient
from tests.bench.scene import THREADS, WEB, WORKERS, Scene, ratio

CLIENTS = (1, 8, 32)
_MOST_API, _MOST_FORM, _MOST_BARE = 600, 150, 3000
_WARM_SECONDS = 1.5
_AGAIN_SECONDS = 0.1

Make = Callable[[int], Sequence[bytes]]


def by_api(scene: Scene, seconds: float, scratch: Path) -> dict[str, Any]:
    """Sealed envelopes by API, beside the bare handler and bare commits, level by level."""
    sealed = SealedBodies(scene.directory, scene.proof_key)
    url = f"{scene.url}/api/v1/complaints"

    def send() -> Any:
        return http_client(url, "/api/v1/complaints", JSON, status=201)

    load(send, sealed.make(200), clients=8, seconds=_WARM_SECONDS)
    size = _row_bytes(scene)
    other = _other_database(scene, scratch)
    rows = []
    with bare.running(other, size, workers=WORKERS, threads=THREADS) as bare_url:

        def send_bare() -> Any:
            return http_client(bare_url, "/", JSON, status=201)

        load(send_bare, sealed.make(200), clients=8, seconds=_WARM_SECONDS)
        for clients in CLIENTS:
            row = _measured(scene, send, sealed.make, _MOST_API, clients, seconds)
            floor = load(send_bare, _often(sealed, seconds), clients=clients, seconds=seconds)
            commits = load(
                lambda: bare.committer(other, size),
                _often(sealed, seconds),
                clients=clients,
                seconds=seconds,
            )
            row["bare"] = floor.as_json()
            row["commits"] = commits.as_json()
            row["to_bare"] = ratio(row["per_second"], floor.per_second)
            row["to_commits"] = ratio(row["per_second"], commits.per_second)
            rows.append(row)
    return {
        "rows": rows,
        "row_bytes": size,
        "body_bytes": len(sealed.make(1)[0]),
        "rss_mib": rss_mib(scene.pid(WEB)),
    }


def by_form(scene: Scene, seconds: float) -> dict[str, Any]:
    """Without JavaScript: the last press, at which the server derives with Argon2id and seals;
    and the whole walk of eight pages, which is what a visitor costs."""
    forms = FormBodies(scene.url)

    def send() -> Any:
        url = f"{scene.url}{FORM_PATH}"
        return http_client(url, FORM_PATH, forms.headers, status=200, comes_again=True)

    load(send, forms.make(100), clients=8, seconds=_WARM_SECONDS)
    rows = [_measured(scene, send, forms.make, _MOST_FORM, clients, seconds) for clients in CLIENTS]
    walks = [b""] * int(_MOST_FORM * seconds)
    return {
        "rows": rows,
        "walk": load(lambda: _walker(scene), walks, clients=8, seconds=seconds).as_json(),
        "body_bytes": len(forms.make(1)[0]),
        "rss_mib": rss_mib(scene.pid(WEB)),
    }


def _walker(scene: Scene) -> Callable[[bytes], str]:
    def live(_: bytes) -> str:
        patient = Patient(_AGAIN_SECONDS)
        try:
            return "" if walk(scene.url, patient) else "no digits"
        except (AssertionError, httpx.HTTPError) as fault:
            return f"{type(fault).__name__} after {dict(patient.told)}"

    return live


def with_everything(scene: Scene, seconds: float) -> dict[str, Any]:
    """By API at 32 clients while all the other processes act on what comes in."""
    sealed = SealedBodies(scene.directory, scene.proof_key)

    def send() -> Any:
        return http_client(scene.url, "/api/v1/complaints", JSON, status=201)

    return _measured(scene, send, sealed.make, _MOST_API, CLIENTS[-1], seconds)


def _measured(
    scene: Scene,
    send: Callable[[], Any],
    make: Make,
    most: int,
    clients: int,
    seconds: float,
) -> dict[str, Any]:
    bodies = make(int(most * seconds))
    before = _complaints(scene)
    used = cpu_seconds(scene.pid(WEB))
    outcome = load(send, bodies, clients=clients, seconds=seconds)
    used = cpu_seconds(scene.pid(WEB)) - used
    kept = _complaints(scene) - before
    _count_lost(outcome, kept)
    row = outcome.as_json()
    row["web_cpu_ms"] = round(used * 1000 / max(1, len(outcome.waits)), 2)
    return row


def _count_lost(outcome: Outcome, kept: int) -> None:
    """A receipt without a row, or a row nobody was told of, is an error."""
    if kept != len(outcome.waits):
        outcome.errors["not kept" if kept < len(outcome.waits) else "not told"] += abs(
            kept - len(outcome.waits)
        )


def _complaints(scene: Scene) -> int:
    return scene.count("complaints", "SELECT count(*) FROM complaint")


def _row_bytes(scene: Scene) -> int:
    return scene.count("complaints", "SELECT max(length(body)) FROM fact")


def _other_database(scene: Scene, scratch: Path) -> str:
    if scene.servers:
        return scene.servers.postgres.new_database()
    return f"sqlite:///{scratch / 'bare.db'}"


def _often(sealed: SealedBodies, seconds: float) -> Sequence[bytes]:
    return sealed.make(64) * int(_MOST_BARE * seconds / 64 + 1)
