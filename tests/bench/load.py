"""A closed loop of clients: each sends, waits for its answer, sends the next."""

from __future__ import annotations

import http.client
import multiprocessing
import resource
import threading
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import quantiles
from typing import Any
from urllib.parse import urlsplit

_PROCESSES = 2
_PATIENCE_SECONDS = 60
_AGAIN_SECONDS = 0.02

# Does one thing with a body; "" when it was taken, else what went wrong.
Client = Callable[[bytes], str]


@dataclass
class Outcome:
    """What a load came to. `errors` counts what went wrong by its name."""

    clients: int
    seconds: float = 0.0
    waits: list[float] = field(default_factory=list)
    errors: Counter[str] = field(default_factory=Counter)
    client_cpu_seconds: float = 0.0

    @property
    def per_second(self) -> float:
        """Accepted a second."""
        return len(self.waits) / self.seconds if self.seconds else 0.0

    def as_json(self) -> dict[str, Any]:
        """The figures of one row."""
        cuts = quantiles(self.waits, n=100) if len(self.waits) > 1 else [0.0] * 99
        return {
            "clients": self.clients,
            "accepted": len(self.waits),
            "per_second": round(self.per_second, 1),
            "p50_ms": round(cuts[49] * 1000, 1),
            "p99_ms": round(cuts[98] * 1000, 1),
            "errors": sum(self.errors.values()),
            "error_kinds": dict(self.errors),
            "seconds": round(self.seconds, 2),
            "client_cpu": round(self.client_cpu_seconds / self.seconds, 2) if self.seconds else 0,
        }


def http_client(
    url: str, path: str, headers: Mapping[str, str], *, status: int, comes_again: bool = False
) -> Client:
    """A client with one connection kept alive; anything but `status` is an error.

    `comes_again`: sent away from a full lane (503), it sends again shortly; its wait goes on.
    """
    place = urlsplit(url)
    kept = http.client.HTTPConnection(place.hostname or "", place.port, timeout=_PATIENCE_SECONDS)

    def send(body: bytes) -> str:
        try:
            kept.request("POST", path, body, {**headers, **getattr(body, "headers", {})})
            answer = kept.getresponse()
            answer.read()
        except (OSError, http.client.HTTPException) as fault:
            kept.close()
            return type(fault).__name__
        if comes_again and answer.status == 503:
            time.sleep(_AGAIN_SECONDS)
            return send(body)
        return "" if answer.status == status else str(answer.status)

    return send


def load(
    make: Callable[[], Client], bodies: Sequence[bytes], *, clients: int, seconds: float
) -> Outcome:
    """`clients` at once, in up to two processes, until `seconds` or the bodies are over."""
    context = multiprocessing.get_context("fork")
    crews = min(_PROCESSES, clients)
    start, results = context.Barrier(crews + 1), context.SimpleQueue()
    crew = [
        context.Process(
            target=_crew,
            args=(make, bodies[n::crews], len(range(n, clients, crews)), seconds, start, results),
        )
        for n in range(crews)
    ]
    for process in crew:
        process.start()
    start.wait(timeout=30)
    began = time.monotonic()
    outcome = Outcome(clients)
    for _ in crew:
        waits, errors, cpu_seconds, ended = results.get()
        outcome.waits += waits
        outcome.errors.update(errors)
        outcome.client_cpu_seconds += cpu_seconds
        outcome.seconds = max(outcome.seconds, ended - began)
    for process in crew:
        process.join()
    return outcome


def _crew(
    make: Callable[[], Client],
    bodies: Sequence[bytes],
    clients: int,
    seconds: float,
    start: Any,
    results: Any,
) -> None:
    waits: list[float] = []
    errors: list[str] = []
    left = iter(bodies)  # its next() is one step of the interpreter: threads share it safely

    def live(client: Client) -> None:
        for body in left:
            sent = time.monotonic()
            if sent > deadline:
                return
            wrong = client(body)
            if wrong:
                errors.append(wrong)
            else:
                waits.append(time.monotonic() - sent)

    staff = [make() for _ in range(clients)]
    start.wait(timeout=30)
    used, deadline = _cpu_seconds(), time.monotonic() + seconds
    threads = [threading.Thread(target=live, args=(client,)) for client in staff]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    results.put((waits, Counter(errors), _cpu_seconds() - used, time.monotonic()))


def _cpu_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime
