"""Starting refuses what cannot work, with a sentence that says what to do."""

from __future__ import annotations

import fcntl
import socket
import subprocess
from pathlib import Path

import pytest

from tests.support.ports import free_port_base
from tests.support.system import COMMAND, ROOT

pytestmark = [pytest.mark.system, pytest.mark.timeout(90)]


def _up(home: Path, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(COMMAND), "up"],
        env={"PATH": "/usr/bin:/bin", "KENTONGAN_HOME": str(home), **env},
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=80,
        check=False,
    )


def test_a_port_in_use_is_named_with_the_way_out(tmp_path: Path) -> None:
    base = free_port_base()
    with socket.create_server(("127.0.0.1", base + 100)):
        done = _up(tmp_path / "var", PORT_BASE=str(base))

    assert done.returncode == 1
    assert f"{base + 100} (triage)" in done.stderr
    assert "PORT_BASE" in done.stderr


def test_wrong_settings_are_all_named_at_once(tmp_path: Path) -> None:
    done = _up(tmp_path / "var", PORT_BASE="80", DEMO="perhaps")

    assert done.returncode == 1
    assert "PORT_BASE" in done.stderr
    assert "DEMO" in done.stderr


def test_a_state_folder_serves_one_system(tmp_path: Path) -> None:
    home = tmp_path / "var"
    home.mkdir()
    with (home / "up.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        done = _up(home, PORT_BASE=str(free_port_base()))

    assert done.returncode == 1
    assert "in use by another kentongan up" in done.stderr
