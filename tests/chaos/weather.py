"""What happens to a machine: kill -9 of anything, and pauses longer than the heartbeat."""

from __future__ import annotations

import random
import time

import psycopg

from tests.chaos.town import Town


class Weather:
    """Draws one blow after another from a seed, until `seconds` are over."""

    def __init__(self, town: Town, seed: int) -> None:
        self._town = town
        self._chance = random.Random(seed)
        self.blows: list[str] = []

    def blow(self, seconds: float, pause: float) -> None:
        """Bad weather for so long, then calm: everything is started again."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            kind = self._chance.choice(self._kinds())
            self.blows.append(kind)
            self._strike(kind)
            time.sleep(pause * (0.3 + self._chance.random()))
            self._town.revive_dead()
        self.calm()

    def calm(self) -> None:
        """Bring back what is down."""
        servers = self._town.servers
        if servers and servers.rabbit.process is None:
            servers.rabbit.start()
        if servers and servers.postgres.process is None:
            servers.postgres.start()
        self._town.revive_dead()

    def _kinds(self) -> list[str]:
        processes = sorted(self._town.children)
        kinds = processes * 2 + [f"pause {name}" for name in processes if "worker" in name]
        if self._town.servers:
            kinds += ["postgres backend"] * 3 + ["postgres"] * 2 + ["rabbit"] * 3
        return kinds

    def _strike(self, kind: str) -> None:
        servers = self._town.servers
        if kind == "postgres backend" and servers:
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
            self._town.pause(kind.removeprefix("pause "), 3 + self._chance.random() * 3)
        else:
            self._town.kill(kind)
