"""The whole system as a person starts it: `kentongan up` in a folder of its own on free ports."""

from __future__ import annotations

import json
import os
import queue
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.support.ports import free_port_base
from tests.support.proof import CHEAP

ROOT = Path(__file__).parents[2]
COMMAND = Path(sys.executable).parent / "kentongan"


class Town:
    """One running `kentongan up`: `start`, `table`, `lines`, `stop`; may be started again."""

    def __init__(self, home: Path, *, env: Mapping[str, str] | None = None, servers: bool = False):
        self.home = home
        self.base = free_port_base()
        self.lines: list[str] = []
        self.process: subprocess.Popen[str] | None = None
        self.on_servers = servers
        self._words = ["--servers"] if servers else []
        self._env = dict(env or {})
        self._said: queue.Queue[str | None] = queue.Queue()

    def start(self, *, seconds: float = 150) -> Town:
        """Start it and wait for its line `ready`; AssertionError with what it said instead."""
        self.lines, self._said = [], queue.Queue()
        handed = {k: v for k, v in os.environ.items() if not k.startswith(("KENTONGAN_", "PORT_"))}
        self.process = subprocess.Popen(
            [str(COMMAND), "up", *self._words],
            env={
                **handed,
                "KENTONGAN_HOME": str(self.home),
                "PORT_BASE": str(self.base),
                "KENTONGAN_PROOF_COST": CHEAP,
                **self._env,
            },
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        threading.Thread(target=self._listen, args=(self.process,), daemon=True).start()
        if not self.wait_for("ready", seconds=seconds, whole=True):
            self.stop()
            raise AssertionError("never ready:\n" + "\n".join(self.lines))
        return self

    def wait_for(self, words: str, *, seconds: float, whole: bool = False) -> bool:
        """Whether a line holding `words` (or being it, `whole`) is said in time from here on."""
        deadline = time.monotonic() + seconds
        while (left := deadline - time.monotonic()) > 0:
            try:
                line = self._said.get(timeout=left)
            except queue.Empty:
                return False
            if line is None:
                return False
            if line == words if whole else words in line:
                return True
        return False

    def stop(self, number: signal.Signals = signal.SIGTERM) -> int:
        """Ask it to stop, wait, and return its exit code."""
        if self.process is None:
            return 0
        if self.process.poll() is None:
            self.process.send_signal(number)
        try:
            code = self.process.wait(timeout=40)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            code = self.process.wait()
        self.process = None
        return code

    @property
    def table(self) -> dict[str, Any]:
        """`demo.json`."""
        found: dict[str, Any] = json.loads((self.home / "demo.json").read_text(encoding="utf-8"))
        return found

    @property
    def public(self) -> str:
        """The public site's URL."""
        return f"http://127.0.0.1:{self.base}"

    @property
    def desk(self) -> str:
        """The desk's URL."""
        return f"http://127.0.0.1:{self.base + 100}"

    def pids(self) -> dict[str, int]:
        """Name to process id of its children, by the words on their command lines."""
        if self.process is None:
            return {}
        found = {}
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
                words = (folder / "cmdline").read_bytes().decode().split("\0")
            except (OSError, ValueError, IndexError):
                continue
            if parent == self.process.pid and "-m" in words:
                at = words.index("-m")
                found[f"{words[at + 1].rpartition('.')[2]}-{words[at + 2]}"] = int(folder.name)
        return found

    def _listen(self, process: subprocess.Popen[str]) -> None:
        said = self._said
        for line in process.stdout or ():
            self.lines.append(line.rstrip("\n"))
            said.put(line.rstrip("\n"))
        said.put(None)
