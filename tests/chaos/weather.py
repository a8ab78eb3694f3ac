"""What happens to a machine: kill -9 of anything, and pauses longer than the heartbeat."""

from __future__ import annotations

import random
import threading
import time

import psycopg

from tests.chaos.town import Town

# Longer than the suite's broker's heartbeat (4 s) and the embedded carrier's lease (10 s).
PAUSE_SECONDS = 12.0


class Weather:
    """Deals one blow after another from a deck that a seed shuffles, until `seconds` are over.

    A deck holds every process, every kind of server's death and every worker's pause once, so a
    storm of one deck has them all.
    """

    def __init__(self, town: Town, seed: int) -> None:
        self._town = town
        self._chance = random.Random(seed)
        self._pauses: list[threading.Thread] = []
        self.blows: list[str] = []

    def blow(self, seconds: float, pause: float) -> None:
        """Bad weather for so long, then calm: everything is started again."""
        end, deck = time.monotonic() + seconds, []
        while time.monotonic() < end:
            deck = deck or self._shuffled()
            kind = deck.pop()
            self.blows.append(kind)
            self._strike(kind)
            time.sleep(pause * (0.3 + self._chance.random()))
            self._town.revive_dead()
        self.calm()

    def calm(self) -> None:
        """Bring back what is down."""
        for thread in self._pauses:
            thread.join()
        servers = self._town.servers
        if servers and servers.rabbit.process is None:
            servers.rabbit.start()
        if servers and servers.postgres.process is None:
            servers.postgres.start()
        self._town.revive_dead()

    def _shuffled(self) -> list[str]:
        processes = sorted(self._town.children)
        deck = [*processes, *(f"pause {name}" for name in processes if "worker" in name)]
        if self._town.servers:
            deck += ["postgres backend", "postgres", "rabbit"] * 2
        self._chance.shuffle(deck)
        return deck

    def _strike(self, kind: str) -> None:
        servers = self._town.servers
        if kind == "postgres backend" and servers:
            servers.postgres.wait()  # it may still be recovering from the last blow
            with psycopg.connect(servers.postgres.url, autocommit=True) as connection:
                # A kill -9 of one backend makes the postmaster restart them all.
                row = connection.execute(
                    "SELECT pid FROM pg_stat_activity WHERE backend_type = 'client backend'"
                    " AND pid <> pg_backend_pid() ORDER BY random() LIMIT 1"
                ).fetchone()
            if row:
                servers.postgres.kill_backend(int(row[0]))
        elif kind == "postgres" and servers:
            servers.postgres.stop()
            time.sleep(self._chance.random() * 2)
            servers.postgres.start()
        elif kind == "rabbit" and servers:
            servers.rabbit.kill()
            time.sleep(self._chance.random() * 2)
            servers.rabbit.start()
        elif kind.startswith("pause "):
            name = kind.removeprefix("pause ")
            thread = threading.Thread(target=self._town.pause, args=(name, PAUSE_SECONDS))
            thread.start()
            self._pauses.append(thread)
        else:
            self._town.kill(kind)
