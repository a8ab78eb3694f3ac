"""A whole system of this run's own, whose processes can be killed, paused and started again."""

from __future__ import annotations

import contextlib
import dataclasses
import json
import os
import secrets
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import httpx

from shared.supervise.keys import Keys
from shared.supervise.plan import Process, Stores, embedded_stores, environment, processes
from shared.supervise.settings import SERVICES, UpSettings
from tests.support.ports import free_port_base
from tests.support.postgres import PostgresCluster
from tests.support.proof import CHEAP
from tests.support.rabbit import RabbitNode

ROOT = Path(__file__).parents[2]
PEOPLE = {
    "people": [
        {
            "name": "kamera",
            "title": "Kamera A.",
            "unit": unit,
            "role": "investigator",
            "passphrase": secrets.token_hex(8),
        }
        for unit in ("inspektorat-kota-bandung",)
    ]
}


@dataclasses.dataclass
class Servers:
    """The run's own PostgreSQL cluster and RabbitMQ node, and the stores on them."""

    postgres: PostgresCluster
    rabbit: RabbitNode

    def stores(self) -> dict[str, Stores]:
        """A database a service and one virtual host, all new."""
        vhost = self.rabbit.new_vhost()
        return {name: Stores(self.postgres.new_database(), vhost) for name in SERVICES}


class Town:
    """The processes of the system; `break_with` names a mutant of tests.chaos.mutants to run."""

    def __init__(
        self,
        home: Path,
        *,
        servers: Servers | None = None,
        break_with: str = "",
        only: Sequence[str] = (),
    ) -> None:
        self.home = home
        self.servers = servers
        self.settings = UpSettings.read(
            {"KENTONGAN_HOME": str(home), "PORT_BASE": str(free_port_base()), "DEMO": "0"}
        )
        self.keys = Keys(home / "keys")
        self.children: dict[str, subprocess.Popen[bytes]] = {}
        self.planned: dict[str, Process] = {}
        self._break_with = break_with
        self._only = set(only)

    @property
    def public_url(self) -> str:
        """Where citizens go."""
        return self.settings.url("complaints")

    def database_url(self, service: str) -> str:
        """Where one service's rows lie."""
        return self.keys.read(f"database-url-{service}")

    @property
    def carrier_url(self) -> str:
        """Where the road runs."""
        return self.keys.read("carrier-url-triage")

    def start(self) -> None:
        """From an empty folder to a public site that knows a unit's key."""
        for folder in ("logs", "blobs", "mail", "road", "tmp", *SERVICES):
            (self.home / folder).mkdir(parents=True, exist_ok=True)
        self.keys.make()
        stores = self.servers.stores() if self.servers else embedded_stores(self.home)
        for service, own in stores.items():
            self.keys.put(f"database-url-{service}", own.database_url)
            self.keys.put(f"carrier-url-{service}", own.carrier_url)
        migrating = [self._run(service, "migrate") for service in SERVICES]
        if any(one.wait() for one in migrating):
            raise RuntimeError(self.logs())
        (self.home / "people.json").write_text(json.dumps(PEOPLE))
        if self._run("triage", "seed-demo", str(self.home / "people.json")).wait():
            raise RuntimeError(self.logs())
        self._plan("")
        for name in self.planned:
            self.revive(name)
        self.wait_for_keys()
        if self._break_with:
            self._break()

    def _break(self) -> None:
        """Every process again with the mistake in it: what came before the storm has arrived, or a
        mistake that loses the unit's key would leave no town to judge."""
        self._plan(self._break_with)
        for name in self.planned:
            self.kill(name)
            self.revive(name)
        self.wait_for_keys()

    def wait_for_keys(self, seconds: float = 90) -> None:
        """Wait until the unit's key has travelled from triage to the public site."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            try:
                told = httpx.get(f"{self.public_url}/api/v1/directory", timeout=5)
                if told.status_code == 200 and any(
                    u.get("recipient") for u in told.json()["units"]
                ):
                    return
            except httpx.HTTPError:
                pass
            self.revive_dead()
            time.sleep(0.2)
        raise RuntimeError("no key reached the public site\n" + self.logs())

    def kill(self, name: str) -> None:
        """kill -9 the process and what it has started (a group that this run made)."""
        child = self.children[name]
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
        child.wait()

    def pause(self, name: str, seconds: float) -> None:
        """SIGSTOP the group, wait, SIGCONT."""
        group = self.children[name].pid
        try:
            os.killpg(group, signal.SIGSTOP)
            time.sleep(seconds)
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(group, signal.SIGCONT)

    def revive(self, name: str) -> None:
        """Start (again) the process `name`."""
        process = self.planned[name]
        with (self.home / "logs" / f"{name}.log").open("ab") as log:
            self.children[name] = subprocess.Popen(
                process.argv,
                env=dict(process.env),
                cwd=ROOT,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                process_group=0,
            )

    def revive_dead(self) -> list[str]:
        """Start again whatever has ended by itself."""
        dead = [name for name, child in self.children.items() if child.poll() is not None]
        for name in dead:
            self.revive(name)
        return dead

    def stop(self) -> None:
        """End every process."""
        for child in self.children.values():
            try:
                os.killpg(child.pid, signal.SIGTERM)
            except ProcessLookupError:
                continue
        for name, child in self.children.items():
            with contextlib.suppress(subprocess.TimeoutExpired):
                child.wait(timeout=20)
            self.kill(name)

    def logs(self) -> str:
        """The end of every log, for a person who reads a failure."""
        pieces = []
        for path in sorted((self.home / "logs").glob("*.log")):
            lines = path.read_text(errors="replace").splitlines()[-6:]
            pieces.append(f"--- {path.name}\n" + "\n".join(lines))
        return "\n".join(pieces)

    def _plan(self, mutant: str) -> None:
        cheap = {"KENTONGAN_PROOF_COST": CHEAP, **os.environ}
        for process in processes(self.settings, self.keys, cheap):
            if self._only and process.name not in self._only:
                continue
            argv = process.argv
            if mutant:
                argv = (sys.executable, "-m", "tests.chaos.mutants", mutant, *argv[2:])
            env = {**process.env, "TMPDIR": str(self.home / "tmp")}
            self.planned[process.name] = dataclasses.replace(process, argv=argv, env=env)

    def _run(self, service: str, *words: str) -> subprocess.Popen[bytes]:
        with (self.home / "logs" / f"{service}-setup.log").open("ab") as log:
            return subprocess.Popen(
                [sys.executable, "-m", f"services.{service}", *words],
                env=environment(service, self.settings, self.keys, os.environ),
                cwd=ROOT,
                stdout=log,
                stderr=log,
            )
