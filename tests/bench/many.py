"""A desk with very many open cases on PostgreSQL: one real case, multiplied inside the database."""

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

_ID = "'00000000-0000-4000-8000-' || lpad(to_hex(n), 12, '0')"
SPREAD = timedelta(days=90)
Values = Mapping[str, str]


@contextmanager
def many_cases(
    folder: Path,
    count: int,
    after: Callable[[Connection, str, int], None] | None = None,
    **changed: Values,
) -> Iterator[Desk]:
    """A desk of `count` open cases of one unit, each with a running clock.

    `changed` says for a table which columns of the copies (number n) get another value in SQL;
    `after` fills what else is wanted, given the connection, the first case's id and `count`.

    Nothing is due before an hour has passed; after that one clock every 90 days / `count`. The
    cases are copies of one that came over the road, so that a new column needs nothing here.
    """
    cluster = PostgresCluster(folder)
    cluster.start()
    try:
        with building.desk(cluster.new_database(), folder) as desk:
            id = desk.file()
            with desk.house.database.begin() as connection:
                since = desk.clock.now() + timedelta(hours=1)
                multiply(connection, id, count, since=since, **changed)
                if after is not None:
                    after(connection, id, count)
            with desk.house.database.at_once() as connection:
                connection.execute(sa.text("VACUUM ANALYZE"))
            yield desk
    finally:
        cluster.stop()


def multiply(
    connection: Connection, id: str, count: int, *, since: datetime, **changed: Values
) -> None:
    """Copy the case `id` with its clocks and candidates `count` times; the n-th is due the n-th
    part of 90 days after `since`."""
    connection.execute(sa.text("SET LOCAL session_replication_role = replica"))  # no key is checked
    due = f"CAST(:since AS timestamptz) + n * interval '{SPREAD.total_seconds() / count} seconds'"
    number = "'KTG-2026-10-' || lpad(CAST(n AS text), 10, '0')"
    one = {"id": _ID, "number": number, "due_at": due, "box": "''"}  # 2 KB that nobody reads
    _copy(connection, case, id, count, since, {**one, **changed.get("case", {})})
    later = f"{due} + (due_at - next_at)"
    one = {"case": _ID, "next_at": due, "due_at": later, **changed.get("clock", {})}
    _copy(connection, clock, id, count, since, one)
    _copy(connection, case_candidate, id, count, since, {"case": _ID})


def _copy(
    connection: Connection,
    table: sa.Table,
    id: str,
    count: int,
    since: datetime,
    changed: Mapping[str, str],
) -> None:
    columns = [column.name for column in table.c]
    values = ", ".join(changed.get(name, f'"{name}"') for name in columns)
    names = ", ".join(f'"{name}"' for name in columns)
    key = "id" if table is case else "case"
    connection.execute(
        sa.text(
            f'INSERT INTO "{table.name}" ({names}) SELECT {values} '
            f'FROM "{table.name}", generate_series(1, :count) AS n WHERE "{key}" = :id'
        ),
        {"count": count, "id": id, "since": since},
    )
