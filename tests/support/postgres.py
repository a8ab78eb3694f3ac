"""A PostgreSQL cluster of a test run's own, in a temporary folder on a free port."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
import uuid
from pathlib import Path

import psutil
import psycopg

from tests.support.ports import free_port

_CARELESS = ("-c", "fsync=off", "-c", "full_page_writes=off", "-c", "synchronous_commit=off")


class PostgresCluster:
    """`start`, `new_database`, `stop`; as root it runs as the Debian user postgres.

    `durable` is how an operator runs it; without it nothing waits for the disk, for tests that
    kill no server and throw their databases away.
    """

    def __init__(self, folder: Path, *, durable: bool = True) -> None:
        self.folder = folder
        self.durable = durable
        self.port = free_port()
        self.process: subprocess.Popen[bytes] | None = None

    @staticmethod
    def programs() -> Path | None:
        """The folder with postgres and initdb, or None when not installed."""
        found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
        if found:
            return found[-1].parent
        on_path = shutil.which("initdb")
        return Path(on_path).resolve().parent if on_path else None

    @classmethod
    def missing(cls) -> bool:
        """Whether PostgreSQL is not installed here."""
        return cls.programs() is None

    @property
    def url(self) -> str:
        """The administrator's URL."""
        return f"postgresql://postgres@127.0.0.1:{self.port}/postgres"

    def start(self) -> None:
        """Make the cluster once, start it, and wait until it answers."""
        cluster = self.folder / "cluster"
        if not cluster.exists():
            _open_the_way(self.folder)
            cluster.mkdir()
            _give_to_postgres(cluster)
            subprocess.run(
                [
                    *_as_postgres(),
                    str(self._program("initdb")),
                    "--auth=trust",
                    "--username=postgres",
                    "--encoding=UTF8",
                    "--locale=C.UTF-8",
                    "--no-sync",
                    "-D",
                    str(cluster),
                ],
                check=True,
                stdout=subprocess.DEVNULL,
                cwd=cluster,
            )
        log = (self.folder / "postgres.log").open("ab")
        self.process = subprocess.Popen(
            [
                *_as_postgres(),
                str(self._program("postgres")),
                "-D",
                str(cluster),
                "-p",
                str(self.port),
                "-c",
                "listen_addresses=127.0.0.1",
                "-c",
                "unix_socket_directories=",
                "-c",
                "max_connections=300",
                *([] if self.durable else _CARELESS),
            ],
            stdout=log,
            stderr=log,
            cwd=cluster,
            start_new_session=True,
        )
        self.wait()

    def stop(self) -> None:
        """Stop at once and wait."""
        if self.process is None:
            return
        self.process.send_signal(3)  # SIGQUIT: immediate shutdown, the folder is thrown away
        try:
            self.process.wait(timeout=15)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.process = None

    def kill_backend(self, pid: int) -> None:
        """kill -9 one backend of this cluster; the postmaster then restarts them all."""
        if self.process is None or pid not in {c.pid for c in _children(self.process.pid)}:
            return
        os.kill(pid, signal.SIGKILL)

    def new_database(self, name: str = "") -> str:
        """Create an empty database and return its URL."""
        name = name or f"test_{uuid.uuid4().hex[:12]}"
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{name}"'.encode())
        return f"postgresql://postgres@127.0.0.1:{self.port}/{name}"

    def drop_database(self, url: str) -> None:
        """Drop a database with whoever still talks to it."""
        name = url.rsplit("/", 1)[1]
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'.encode())

    def _program(self, name: str) -> Path:
        programs = self.programs()
        if programs is None:
            raise FileNotFoundError(name)
        return programs / name

    def wait(self) -> None:
        """Until it answers: just started, or recovering from what killed a part of it."""
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:
            try:
                psycopg.connect(self.url, connect_timeout=2).close()
                return
            except psycopg.OperationalError:
                if self.process is None or self.process.poll() is not None:
                    break
                time.sleep(0.1)
        raise RuntimeError((self.folder / "postgres.log").read_text()[-2000:])


def _as_postgres() -> list[str]:
    """PostgreSQL refuses to run as root."""
    return ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups"] if _root() else []


def _give_to_postgres(folder: Path) -> None:
    if _root():
        shutil.chown(folder, "postgres", "postgres")
    folder.chmod(0o700)


def _open_the_way(folder: Path) -> None:
    """pytest's folders are 0700; the user postgres must be able to walk to its own below them."""
    if not _root():
        return
    for parent in [folder, *folder.parents][:-1]:
        if parent.stat().st_uid == 0 and not parent.stat().st_mode & 0o001:
            parent.chmod(parent.stat().st_mode | 0o011)


def _root() -> bool:
    return os.geteuid() == 0


def _children(pid: int) -> list[psutil.Process]:
    try:
        return psutil.Process(pid).children(recursive=True)
    except psutil.NoSuchProcess:
        return []
