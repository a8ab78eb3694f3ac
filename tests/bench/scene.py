"""A system to measure: its processes, started and stopped by name, and its rows."""

from __future__ import annotations

import os
import signal
import sqlite3
import threading
import time
from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import httpx
import psycopg

from shared.crypto.proof import proof_key
from shared.supervise.settings import SERVICES
from tests.chaos.town import Servers, Town

WORKERS, THREADS = 2, 8
WEB = "complaints-web"


class Rows:
    """One database, read on one connection from any one thread at a time."""

    def __init__(self, url: str) -> None:
        self._lock = threading.Lock()
        self._file: Any
        if url.startswith("sqlite"):
            path = url.removeprefix("sqlite:///")
            self._file = sqlite3.connect(path, timeout=30, check_same_thread=False)
            self._mark = "?"
        else:
            self._file = psycopg.connect(url, autocommit=True)
            self._mark = "%s"

    def ask(self, question: str, *values: Any) -> list[tuple[Any, ...]]:
        """Rows; `?` stands for a value."""
        with self._lock:
            found = self._file.execute(question.replace("?", self._mark), values)
            return list(found.fetchall())


class Scene:
    """A town and short questions to its databases."""

    def __init__(self, home: Path, servers: Servers | None) -> None:
        os.environ["KENTONGAN_WORKERS"], os.environ["KENTONGAN_THREADS"] = (
            str(WORKERS),
            str(THREADS),
        )
        # What is measured is what the work costs, not how much of it a lane lets in.
        os.environ["KENTONGAN_FORMS_PER_SECOND"] = "10000"
        os.environ["KENTONGAN_DRAFTS_PER_SECOND"] = "10000"
        self.servers = servers
        self.town = Town(home, servers=servers)

    @property
    def url(self) -> str:
        """Where complaints go."""
        return self.town.public_url

    @cached_property
    def directory(self) -> dict[str, Any]:
        """Whom to seal to."""
        told: dict[str, Any] = httpx.get(f"{self.url}/api/v1/directory", timeout=30).json()
        return told

    @cached_property
    def proof_key(self) -> bytes:
        """What this town signs its challenges with."""
        return proof_key(bytes.fromhex(self.town.keys.read("session-complaints")))

    def pid(self, name: str) -> int:
        """The process id of a part."""
        return self.town.children[name].pid

    def leave_only(self, *names: str) -> None:
        """End every part but these."""
        for name in [one for one in self.town.children if one not in names]:
            self.stop(name)

    def stop(self, name: str) -> None:
        """Ask one part to end, and wait."""
        child = self.town.children.pop(name)
        os.killpg(child.pid, signal.SIGTERM)
        child.wait(timeout=40)

    def start(self, *names: str) -> None:
        """Start parts and wait until they answer."""
        for name in names:
            self.town.revive(name)
        until(lambda: all(self._answers(name) for name in names), seconds=60)

    def start_missing(self) -> None:
        """Start whatever does not run."""
        self.start(*[name for name in self.town.planned if name not in self.town.children])

    @cached_property
    def rows(self) -> dict[str, Rows]:
        """Each service's rows, by its name."""
        return {name: Rows(self.town.database_url(name)) for name in SERVICES}

    def count(self, service: str, question: str) -> int:
        """The one number a question answers."""
        return int(self.rows[service].ask(question)[0][0])

    def _answers(self, name: str) -> bool:
        try:
            return httpx.get(self.town.planned[name].ready_url, timeout=5).status_code == 200
        except httpx.HTTPError:
            return False


def until(holds: Callable[[], bool], *, seconds: float, pause: float = 0.1) -> bool:
    """Whether it came to hold in time."""
    deadline = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > deadline:
            return False
        time.sleep(pause)
    return True


def ratio(part: float, whole: float) -> float | None:
    """To three digits; None when there is nothing to compare with."""
    return round(part / whole, 3) if whole else None


def percentiles(waits: Sequence[float]) -> dict[str, float]:
    """p50 and p99 of seconds, in milliseconds."""
    ordered = sorted(waits)
    if not ordered:
        return {"p50_ms": 0.0, "p99_ms": 0.0}
    at = [ordered[min(len(ordered) - 1, int(len(ordered) * share))] for share in (0.5, 0.99)]
    return {"p50_ms": round(at[0] * 1000, 1), "p99_ms": round(at[1] * 1000, 1)}
