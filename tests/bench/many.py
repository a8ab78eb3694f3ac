"""A desk with very many cases on PostgreSQL: one real case, multiplied inside the database."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from services.triage.store.tables import case, case_candidate, clock
from tests.service.triage import desk as building
from tests.service.triage.desk import Desk
from tests.support.postgres import PostgresCluster

ID = "'00000000-0000-4000-8000-' || lpad(to_hex(n), 12, '0')"
SPREAD = timedelta(days=90)
Values = Mapping[str, str]
Fill = Callable[[Connection, str, int, datetime], None]


def open_clocks(connection: Connection, id: str, count: int, now: datetime) -> None:
    """Copies that are all open, each with its running clock: nothing is due before an hour has
    passed, after that one clock every 90 days / `count`."""
    since = now + timedelta(hours=1)
    step = f"interval '{SPREAD.total_seconds() / count} seconds'"
    due = f"CAST('{since.isoformat()}' AS timestamptz) + n * {step}"
    number = "'KTG-2026-10-' || lpad(CAST(n AS text), 10, '0')"
    one = {"id": ID, "number": number, "due_at": due, "box": "''"}  # 2 KB that nobody reads
    copy(connection, case, id, count, one)
    later = f"{due} + (due_at - next_at)"
    copy(connection, clock, id, count, {"case": ID, "next_at": due, "due_at": later})
    copy(connection, case_candidate, id, count, {"case": ID})


@contextmanager
def many_cases(folder: Path, count: int, fill: Fill = open_clocks) -> Iterator[Desk]:
    """A desk of `count` cases more than the one that came over the road.

    `fill` copies it, given the connection, its id, `count` and the desk's time. Copies are rows of
    the real one, so that a new column needs nothing here.
    """
    cluster = PostgresCluster(folder)
    cluster.start()
    try:
        with building.desk(cluster.new_database(), folder) as desk:
            id = desk.file()
            with desk.house.database.begin() as connection:
                multiply(connection, id, count, desk.clock.now(), fill)
            alone = desk.house.database.engine.execution_options(isolation_level="AUTOCOMMIT")
            with alone.connect() as connection:
                connection.execute(sa.text("VACUUM ANALYZE"))
            yield desk
    finally:
        cluster.stop()


def multiply(connection: Connection, id: str, count: int, now: datetime, fill: Fill) -> None:
    """Fill the tables without checking keys; indexes are made afterwards, at once."""
    connection.execute(sa.text("SET LOCAL session_replication_role = replica"))  # no key is checked
    connection.execute(sa.text("SET LOCAL maintenance_work_mem = '512MB'"))
    connection.execute(sa.text("SET LOCAL synchronous_commit = off"))
    found = connection.execute(
        sa.text(
            "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' "
            "AND indexname NOT IN (SELECT conname FROM pg_constraint)"
        )
    ).all()
    for row in found:
        connection.execute(sa.text(f'DROP INDEX "{row.indexname}"'))
    fill(connection, id, count, now)
    for row in found:
        connection.execute(sa.text(row.indexdef))


def copy(connection: Connection, table: sa.Table, id: str, count: int, changed: Values) -> None:
    """`count` copies of a table's rows of the case; `changed` says in SQL what the n-th has."""
    columns = [column.name for column in table.c]
    values = ", ".join(changed.get(name, f'"{name}"') for name in columns)
    names = ", ".join(f'"{name}"' for name in columns)
    key = "id" if table is case else "case"
    connection.execute(
        sa.text(
            f'INSERT INTO "{table.name}" ({names}) SELECT {values} '
            f'FROM "{table.name}", generate_series(1, :count) AS n WHERE "{key}" = :id'
        ),
        {"count": count, "id": id},
    )


def insert(connection: Connection, table: sa.Table, values: Values, source: str) -> None:
    """Rows whose columns are the SQL `values` FROM `source`; columns the table lacks are left."""
    kept = {name: values[name] for name in values if name in table.c}
    names = ", ".join(f'"{name}"' for name in kept)
    chosen = ", ".join(kept.values())
    connection.execute(sa.text(f'INSERT INTO "{table.name}" ({names}) SELECT {chosen} {source}'))
