"""A service as processes: it starts, answers, keeps quiet and ends when asked."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from shared.web.headers import SECURITY_HEADERS
from tests.architecture.conftest import an_environment
from tests.support.ports import free_port

ROOT = Path(__file__).resolve().parents[3]


@dataclass
class Running:
    """One process of the ledger (the smallest service), its port and what it wrote."""

    process: subprocess.Popen[bytes]
    port: int
    written: Path

    def get(self, path: str, **headers: str) -> httpx.Response:
        return httpx.get(f"http://127.0.0.1:{self.port}{path}", headers=headers, timeout=10)

    def raw(self, request: bytes) -> bytes:
        """What comes back for bytes that need not be HTTP."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=10) as connection:
            connection.sendall(request)
            answer = b""
            while piece := connection.recv(65536):
                answer += piece
        return answer

    def end(self) -> int:
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(timeout=30)


def _verb(verb: str, folder: Path, **env: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "services.ledger", verb],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], **an_environment(folder), **env},
        stdout=subprocess.DEVNULL,
        stderr=(folder / f"{verb}.log").open("wb"),
    )


def _start(verb: str, setting: str, value: str, folder: Path) -> Iterator[Running]:
    port = free_port()
    process = _verb(verb, folder, **{setting: value.format(port)})
    running = Running(process, port, folder / f"{verb}.log")
    deadline = time.monotonic() + 60
    while process.poll() is None and time.monotonic() < deadline:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            break
        except OSError:
            time.sleep(0.1)
    yield running
    if process.poll() is None:
        process.kill()
        process.wait()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated state folder."""
    folder = tmp_path_factory.mktemp("frame")
    assert _verb("migrate", folder).wait(timeout=60) == 0
    return folder


@pytest.fixture(scope="module")
def web(folder: Path) -> Iterator[Running]:
    """The pages; whatever was asked of them, they end cleanly."""
    starting = _start("web", "KENTONGAN_BIND", "127.0.0.1:{}", folder)
    running = next(starting)
    yield running
    assert running.end() == 0
    starting.close()


@pytest.fixture
def worker(folder: Path) -> Iterator[Running]:
    yield from _start("worker", "KENTONGAN_METRICS_PORT", "{}", folder)


def test_the_pages_are_ready_on_a_migrated_database(web: Running) -> None:
    assert web.get("/health/ready").json() == {"status": "ok"}


def test_nothing_of_an_asker_is_written(web: Running) -> None:
    web.get("/canary-path?q=canary-query", **{"User-Agent": "canary-agent"})
    web.raw(b"CANARY\r\n\r\n")
    web.raw(b"GET /canary HTTP/1.1\r\nHost: canary\r\nBad Header: canary\r\n\r\n")

    written = web.written.read_text()
    assert "canary" not in written.lower()
    assert "127.0.0.1" not in written


@pytest.mark.parametrize(
    ("request_bytes", "status"),
    [
        (b"GARBAGE\r\n\r\n", b"400"),
        (b"GET /" + b"a" * 5000 + b" HTTP/1.1\r\nHost: x\r\n\r\n", b"414"),
        (b"GET / HTTP/1.1\r\nHost: x\r\n" + b"X: y\r\n" * 100 + b"\r\n", b"431"),
    ],
)
def test_what_is_no_request_is_refused_with_every_header(
    web: Running, request_bytes: bytes, status: bytes
) -> None:
    answer = web.raw(request_bytes)

    assert answer.split()[1] == status
    for name, value in SECURITY_HEADERS.items():
        assert f"{name}: {value}\r\n".encode() in answer


def test_the_worker_shows_its_numbers_and_ends_when_asked(worker: Running) -> None:
    numbers = worker.get("/metrics").text

    for name in ("oldest_unsent_fact_seconds", "unsent_facts", "parked_messages"):
        assert f'kentongan_{name}{{service="ledger"}}' in numbers
    assert worker.end() == 0


def test_readiness_fails_before_the_database_is_migrated(tmp_path: Path) -> None:
    running = next(_start("web", "KENTONGAN_BIND", "127.0.0.1:{}", tmp_path))

    answer = running.get("/health/ready")

    running.end()
    assert (answer.status_code, answer.json()["away"]) == (503, ["database"])


def test_settings_that_cannot_be_used_are_all_named(tmp_path: Path) -> None:
    broken = {"KENTONGAN_ROAD_KEY": "changeme", "KENTONGAN_BIND": "nowhere"}

    code = _verb("web", tmp_path, **broken).wait(timeout=60)

    written = (tmp_path / "web.log").read_text()
    assert code == 2
    assert "KENTONGAN_ROAD_KEY: is a placeholder" in written
    assert "KENTONGAN_BIND: must be host:port" in written
    assert "changeme" not in written
