"""The system as one thing: the order in which it is set up, started and ended."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import httpx

from shared.supervise import demo
from shared.supervise.children import Children, Stopped, tail
from shared.supervise.keys import Keys
from shared.supervise.plan import Process, embedded_stores, environment, processes
from shared.supervise.servers import server_stores
from shared.supervise.settings import SERVICES, UpSettings
from shared.supervise.table import table

_READY_SECONDS = 120.0
_KEYS_REST_SECONDS = 8.0  # without a new one: some unit of an older state has none
_PORT_SECONDS = 5.0


class System:
    """`start`, then `watch` again and again, then `stop`; each may raise Stopped."""

    def __init__(
        self,
        settings: UpSettings,
        root: Path,
        env: Mapping[str, str],
        say: Callable[[str], None],
    ) -> None:
        self.settings = settings
        self._root, self._env, self._say = root, env, say
        self._keys = Keys(settings.home / "keys")
        self._logs = settings.home / "logs"
        self._children: Children | None = None

    def start(self, *, servers: bool) -> None:
        """From an empty folder, or one of an earlier run, to `ready`."""
        began = time.monotonic()
        self._say(f"state in {self.settings.home}")
        self._refuse_taken_ports()
        self._set_up(servers=servers)
        people = self._people() if self.settings.demo else []
        planned = processes(self.settings, self._keys, self._env)
        self._say(f"starting {len(planned)} processes")
        self._children = Children(planned, self._logs, self._root)
        self._children.start()
        self._wait_until_ready(planned)
        receipts = self._complaints(people) if self.settings.demo else []
        written = demo.write_table(self.settings, people, receipts)
        self._say(table(self.settings, people, receipts, written))
        self._say(f"started in {time.monotonic() - began:.0f} s; Ctrl-C stops everything")
        self._say("ready")

    def watch(self) -> None:
        """Start again what crashed."""
        if self._children is not None:
            for name in self._children.watch():
                self._say(f"started again: {name}")

    def stop(self) -> None:
        """End every process."""
        if self._children is not None:
            self._children.stop()

    def _set_up(self, *, servers: bool) -> None:
        self._say("keys")
        for folder in ("logs", "blobs", "mail", "road", *SERVICES):
            (self.settings.home / folder).mkdir(parents=True, exist_ok=True)
        self._keys.make()
        stores = (
            server_stores(self.settings, self._keys, self._say)
            if servers
            else embedded_stores(self.settings.home)
        )
        for service, own in stores.items():
            self._keys.put(f"database-url-{service}", own.database_url)
            self._keys.put(f"carrier-url-{service}", own.carrier_url)
        self._say("databases: " + ", ".join(SERVICES))
        self._migrate()

    def _migrate(self) -> None:
        """All four at once: most of it is starting Python."""
        running = {}
        for service in SERVICES:
            log = self._logs / f"{service}-migrate.log"
            with log.open("ab") as out:
                running[service] = (
                    log,
                    subprocess.Popen(
                        [sys.executable, "-m", f"services.{service}", "migrate"],
                        env=self._environment(service),
                        cwd=self._root,
                        stdout=out,
                        stderr=out,
                    ),
                )
        faults = [
            f"{service} could not be migrated. The end of {log}:\n{tail(log)}"
            for service, (log, popen) in running.items()
            if popen.wait()
        ]
        if faults:
            raise Stopped("\n".join(faults))

    def _people(self) -> list[demo.Json]:
        self._say("demo people and their units' keys")
        return demo.seed_people(
            self.settings, self._environment("triage"), self._root, self._logs / "seed-demo.log"
        )

    def _complaints(self, people: list[demo.Json]) -> list[demo.Json]:
        every = len({one["unit"] for one in people if one["role"] == "investigator"})

        def units() -> int:
            found = httpx.get(f"{self.settings.url('complaints')}/api/v1/directory", timeout=10)
            return len(found.json().get("units", []))

        # The units' keys travel the road from triage before the first complaint can be sealed: in
        # batches, so that a short rest is not the end.
        seen, since, deadline = 0, time.monotonic(), time.monotonic() + _READY_SECONDS
        while time.monotonic() < deadline:
            now = units()
            if now != seen:
                seen, since = now, time.monotonic()
            if now >= every or (now and time.monotonic() - since > _KEYS_REST_SECONDS):
                break
            self.watch()
            time.sleep(0.1)
        else:
            raise Stopped("no unit's key reached the public site in time")
        return demo.file_complaints(self.settings, self._root, self._say, self.watch)

    def _environment(self, service: str) -> dict[str, str]:
        return environment(service, self.settings, self._keys, self._env)

    def _wait_until_ready(self, planned: list[Process]) -> None:
        waiting = list(planned)
        deadline = time.monotonic() + _READY_SECONDS
        while waiting:
            self.watch()
            for one in [one for one in waiting if _answers(one.ready_url)]:
                waiting.remove(one)
                self._say(f"up: {one.name}")
            if waiting and time.monotonic() > deadline:
                log = self._logs / f"{waiting[0].name}.log"
                names = ", ".join(one.name for one in waiting)
                raise Stopped(f"not ready in time: {names}. The end of {log}:\n{tail(log)}")
            time.sleep(0.1)

    def _refuse_taken_ports(self) -> None:
        ports = {s: self.settings.port(s) for s in SERVICES}
        ports |= {f"{s}'s numbers": self.settings.metrics_port(s) for s in SERVICES}
        deadline = time.monotonic() + _PORT_SECONDS
        while taken := [f"{port} ({name})" for name, port in ports.items() if _is_taken(port)]:
            if time.monotonic() > deadline:
                raise Stopped(
                    f"in use by another program: port {', '.join(taken)}. "
                    "Set PORT_BASE to a free range, as in: PORT_BASE=9000 make run"
                )
            time.sleep(0.3)


def _is_taken(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return True
    return False


def _answers(url: str) -> bool:
    try:
        return httpx.get(url, timeout=3).status_code == 200
    except httpx.HTTPError:
        return False
