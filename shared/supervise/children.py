"""The child processes: started in groups of their own, watched, started again, ended."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from shared.supervise.plan import Process

QUICK_SECONDS = 5.0
_STOP_SECONDS = 25.0
_PR_SET_PDEATHSIG = 1


class Stopped(Exception):
    """The system cannot go on; the message says why, for the person at the terminal."""


@dataclass
class _Child:
    process: Process
    log: Path
    popen: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    crashed: bool = False


class Children:
    """Every process of the system. `watch` starts a crashed one again; one that crashes a second
    time within QUICK_SECONDS of that raises Stopped with the last lines of its log."""

    def __init__(self, processes: list[Process], logs: Path, root: Path) -> None:
        self._root = root
        self._children = [_Child(one, logs / f"{one.name}.log") for one in processes]
        logs.mkdir(parents=True, exist_ok=True)

    def start(self) -> None:
        """Start them all."""
        for child in self._children:
            self._start(child)

    def watch(self) -> list[str]:
        """Look once at each; returns the names of those started again."""
        again = []
        for child in self._children:
            if child.popen is None or child.popen.poll() is None:
                continue
            lived, code = time.monotonic() - child.started, child.popen.returncode
            _end_group(child.popen.pid, signal.SIGKILL)
            if child.crashed and lived < QUICK_SECONDS:
                raise Stopped(_reason(child, lived))
            child.crashed = True
            self._start(child)
            again.append(f"{child.process.name} ({_ending(code)})")
        return again

    def pids(self) -> dict[str, int]:
        """Name to process id, of those running."""
        return {c.process.name: c.popen.pid for c in self._children if c.popen is not None}

    def stop(self) -> None:
        """SIGTERM to each group, then SIGKILL to what still stands after 25 s."""
        running = [c.popen for c in self._children if c.popen is not None]
        for popen in running:
            _end_group(popen.pid, signal.SIGTERM)
        deadline = time.monotonic() + _STOP_SECONDS
        for popen in running:
            with contextlib.suppress(subprocess.TimeoutExpired):
                popen.wait(max(0.0, deadline - time.monotonic()))
            _end_group(popen.pid, signal.SIGKILL)
            popen.wait()
        for child in self._children:
            child.popen = None

    def _start(self, child: _Child) -> None:
        with child.log.open("ab") as log:
            child.popen = subprocess.Popen(
                child.process.argv,
                env=dict(child.process.env),
                cwd=self._root,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                process_group=0,
                preexec_fn=_die_with_parent,
            )
        child.started = time.monotonic()


def _die_with_parent() -> None:
    """Linux: be told to stop when the supervisor is killed and cannot say so itself."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


def _end_group(group: int, number: signal.Signals) -> None:
    """Signal a process group that we made (its id is the child's own)."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(group, number)


def _ending(code: int | None) -> str:
    if code is not None and code < 0:
        return f"killed by {signal.Signals(-code).name}"
    return f"ended with {code}"


def _reason(child: _Child, lived: float) -> str:
    code = child.popen.returncode if child.popen else None
    return (
        f"{child.process.name} {_ending(code)} twice in a row, the second time after "
        f"{lived:.1f} s. The end of {child.log}:\n{tail(child.log)}"
    )


def tail(path: Path, lines: int = 12) -> str:
    """The last lines of a log, indented."""
    text = path.read_text(encoding="utf-8", errors="replace").splitlines()[-lines:]
    return "\n".join(f"    {line[:400]}" for line in text)
