"""Processes are watched, started again, given up with a reason, and ended as a whole."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from shared.supervise.children import Children, Stopped
from shared.supervise.plan import Process

Make = Callable[[str], Children]


@pytest.fixture
def make(tmp_path: Path) -> Iterator[Make]:
    made: list[Children] = []

    def build(code: str) -> Children:
        one = Process("one", (sys.executable, "-c", code), {"PATH": os.environ["PATH"]}, "")
        made.append(Children([one], tmp_path / "logs", tmp_path))
        made[-1].start()
        return made[-1]

    yield build
    for children in made:
        children.stop()


def _watch_until(children: Children, done: Callable[[list[str]], bool]) -> list[str]:
    again: list[str] = []
    deadline = time.monotonic() + 20
    while not done(again) and time.monotonic() < deadline:
        again += children.watch()
        time.sleep(0.02)
    return again


def test_a_killed_process_is_started_again(make: Make) -> None:
    children = make("import time; time.sleep(60)")
    first = children.pids()["one"]

    os.kill(first, signal.SIGKILL)
    again = _watch_until(children, bool)

    assert again == ["one (killed by SIGKILL)"]
    assert children.pids()["one"] != first


def test_two_crashes_within_seconds_stop_everything_with_the_reason(make: Make) -> None:
    children = make("import sys; sys.exit('the key is missing')")

    with pytest.raises(Stopped, match="twice in a row") as caught:
        _watch_until(children, lambda again: False)

    assert "the key is missing" in str(caught.value)


def test_stopping_ends_the_whole_group(make: Make, tmp_path: Path) -> None:
    child = tmp_path / "grandchild"
    children = make(
        "import subprocess, sys, pathlib\n"
        "p = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)'])\n"
        f"pathlib.Path({str(child)!r}).write_text(str(p.pid))\n"
        "p.wait()"
    )
    _watch_until(children, lambda again: child.exists() and bool(child.read_text()))

    children.stop()

    with pytest.raises(ProcessLookupError):
        _wait_gone(int(child.read_text()))


def _wait_gone(pid: int) -> None:
    deadline = time.monotonic() + 5
    while time.monotonic() < deadline:
        os.kill(pid, 0)
        if Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z":
            raise ProcessLookupError  # ended; its new parent has not collected it yet
        time.sleep(0.05)
