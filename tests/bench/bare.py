"""What the intake is measured against: the same server and database, and nothing in between."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import httpx
import psycopg
from flask import Flask, request
from flask.typing import ResponseReturnValue

from shared.service.server import serve
from tests.bench.load import Client
from tests.support.ports import free_port

ROOT = Path(__file__).parents[2]
_TABLE = "CREATE TABLE IF NOT EXISTS row (number {key} PRIMARY KEY, body {bytes} NOT NULL)"


def prepare(url: str) -> None:
    """Make the one table."""
    if url.startswith("sqlite"):
        kept = _sqlite(url)
        kept.execute(_TABLE.format(key="INTEGER", bytes="BLOB"))
        kept.close()
        return
    with psycopg.connect(url) as connection:
        key = "BIGINT GENERATED ALWAYS AS IDENTITY"
        connection.execute(_TABLE.format(key=key, bytes="BYTEA").encode())


def committer(url: str, size_bytes: int) -> Client:
    """A function that commits one row of `size_bytes`, on a connection of its own."""
    if url.startswith("sqlite"):
        file = _sqlite(url)

        def keep(body: bytes) -> str:
            file.execute("INSERT INTO row (body) VALUES (?)", (body[:size_bytes],))
            return ""

        return keep
    connection = psycopg.connect(url)

    def commit(body: bytes) -> str:
        connection.execute("INSERT INTO row (body) VALUES (%s)", (body[:size_bytes],))
        connection.commit()
        return ""

    return commit


def application(url: str, size_bytes: int) -> Flask:
    """POST / commits the first `size_bytes` of the body and answers 201."""
    app, own = Flask("bare"), threading.local()

    @app.post("/")
    def take() -> ResponseReturnValue:
        if not hasattr(own, "commit"):
            own.commit = committer(url, size_bytes)
        own.commit(request.get_data())
        return {"taken": True}, 201

    return app


@contextmanager
def running(url: str, size_bytes: int, *, workers: int, threads: int) -> Iterator[str]:
    """The bare application behind our own gunicorn configuration; yields its URL."""
    prepare(url)
    port = free_port()
    words = [url, str(size_bytes), str(port), str(workers), str(threads)]
    server = subprocess.Popen([sys.executable, "-m", "tests.bench.bare", *words], cwd=ROOT)
    try:
        _wait(f"http://127.0.0.1:{port}/", server)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(timeout=30)


def _wait(url: str, server: subprocess.Popen[bytes]) -> None:
    for _ in range(300):
        try:
            httpx.get(url, timeout=5)
            return
        except httpx.HTTPError:
            if server.poll() is not None:
                break
            time.sleep(0.1)
    raise RuntimeError("the bare server did not start")


def _sqlite(url: str) -> sqlite3.Connection:
    file = sqlite3.connect(
        url.removeprefix("sqlite:///"), timeout=30, isolation_level=None, check_same_thread=False
    )
    for pragma in ("journal_mode=WAL", "synchronous=FULL"):
        file.execute(f"PRAGMA {pragma}")
    return file


def main(words: list[str]) -> int:
    """`url size_bytes port workers threads`."""
    url, size_bytes = words[0], int(words[1])
    port, workers, threads = (int(word) for word in words[2:])
    settings: Any = SimpleNamespace(
        bind=("127.0.0.1", port), workers=workers, threads=threads, waiting=0
    )
    return serve(lambda: application(url, size_bytes), settings)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
