"""A service's database in its newest shape: migrated once a run, then copied for each test.

Migrating took two thirds of making a desk. What migrations do is held by the suites of their own
(`test_migrations.py`), which start from nothing.
"""

from __future__ import annotations

import atexit
import shutil
import subprocess
import tempfile
from functools import cache
from pathlib import Path

import psycopg

from shared.runtime.database import Database
from shared.runtime.migrate import migrate
from tests.support.postgres import PostgresCluster


def lay_out(url: str, migrations: Path) -> None:
    """Make the database at `url` a copy of a migrated one, unless something is in it already."""
    if url.startswith("sqlite:///"):
        target = Path(url.removeprefix("sqlite:///"))
        target.parent.mkdir(parents=True, exist_ok=True)
        if not target.exists():
            shutil.copyfile(_sqlite(migrations), target)
        return
    server = url.rpartition("/")[0]
    with psycopg.connect(url, autocommit=True) as connection:
        if connection.execute("SELECT to_regclass('alembic_version')").fetchone() == (None,):
            connection.execute(_postgres(migrations, server))


@cache
def _sqlite(migrations: Path) -> Path:
    folder = Path(tempfile.mkdtemp(prefix="kentongan-shape-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    path = folder / "shape.db"
    database = Database(f"sqlite:///{path}")
    migrate(migrations, database)
    with database.engine.connect() as connection:  # into the one file that is copied
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    database.dispose()
    return path


@cache
def _postgres(migrations: Path, server: str) -> bytes:
    """What makes the shape, spelled: quicker here than copying a template's 300 files."""
    name = f"shape_{migrations.parent.name}"
    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"'.encode())
    database = Database(f"{server}/{name}")
    migrate(migrations, database)
    database.dispose()
    dump = ["--no-owner", "--no-privileges", "--inserts", "--dbname", f"{server}/{name}"]
    programs = PostgresCluster.programs()
    assert programs is not None
    told = subprocess.run([str(programs / "pg_dump"), *dump], check=True, stdout=subprocess.PIPE)
    lines = told.stdout.splitlines(keepends=True)
    return b"".join(line for line in lines if not line.startswith(b"\\"))  # psql's own words
