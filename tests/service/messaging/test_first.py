"""The first fact of a subject: one statement on PostgreSQL, whole or nothing."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from shared.contracts.facts import ReplyReceived
from shared.contracts.wire import decode
from shared.crypto import commitment
from shared.messaging.first import tell_first
from shared.messaging.tables import road_tables
from shared.messaging.tx import Transactions
from shared.runtime.clock import FixedClock
from shared.runtime.database import Database, JsonText, new_metadata
from tests.support.postgres import PostgresCluster

AT = datetime(2026, 11, 21, 15, tzinfo=UTC)
KEY = b"k" * 32

metadata = new_metadata()
road = road_tables(metadata)
thing = sa.Table(
    "thing",
    metadata,
    sa.Column("case", sa.String(36), primary_key=True),
    sa.Column("lookup", sa.LargeBinary(16), unique=True),
    sa.Column("desk", sa.String(80)),
    sa.Column("day", sa.Date),
    sa.Column("answer", JsonText),
)


@pytest.fixture
def transactions(postgres_url: str) -> Iterator[Transactions]:
    database = Database(postgres_url)
    metadata.create_all(database.engine)
    yield Transactions(database, FixedClock(AT), "complaints", timedelta(hours=1))
    database.dispose()


def tell(transactions: Transactions, case: str, lookup: bytes = b"l" * 16) -> bool:
    row = {"case": case, "lookup": lookup, "desk": None, "day": AT.date(), "answer": {"b": [1]}}
    return tell_first(
        transactions,
        thing,
        row,
        ReplyReceived(seq=1),
        at=AT,
        subject=case,
        parts={"envelope": b"sealed"},
        events_key=KEY,
    )


def rows(transactions: Transactions, table: sa.Table) -> list[sa.Row[Any]]:
    with transactions.database.read() as connection:
        return list(connection.execute(sa.select(table)))


def test_a_row_its_key_and_its_fact_come_in_together(transactions: Transactions) -> None:
    assert tell(transactions, "case-1")

    [kept], [told] = rows(transactions, thing), rows(transactions, road.fact)
    assert (kept.case, kept.desk, kept.day, kept.answer) == ("case-1", None, AT.date(), {"b": [1]})
    assert (told.type, told.at, told.subject, told.sent) == ("reply.received", AT, "case-1", False)
    head = decode(told.body).canonical()
    assert bytes(told.entry) == commitment.entry(KEY, 1 << 24, head)


def test_the_next_fact_of_the_subject_counts_on(transactions: Transactions) -> None:
    tell(transactions, "case-1")
    with transactions.begin() as tx:
        tx.record(ReplyReceived(seq=2), subject="case-1", parts={"envelope": b""})

    second = rows(transactions, road.fact)[1]
    head = decode(second.body).canonical()
    assert bytes(second.entry) == commitment.entry(KEY, 1 << 24 | 1, head)


def test_one_statement_does_it(transactions: Transactions) -> None:
    tell(transactions, "case-1")

    assert len({written(transactions, one) for one in (thing, road.fact, road.commit_key)}) == 1
    with transactions.begin() as tx:  # a statement for each is told apart
        tx.record(ReplyReceived(seq=2), subject="case-2", parts={"envelope": b""}, events_key=KEY)
    assert written(transactions, road.fact) != written(transactions, road.commit_key)


def written(transactions: Transactions, table: sa.Table) -> tuple[str, str]:
    """The transaction and the statement in it that wrote the newest row of `table`."""
    with transactions.database.read() as connection:
        asked = f'SELECT xmin::text, cmin::text FROM "{table.name}" ORDER BY xmin::text::bigint'
        return tuple(connection.exec_driver_sql(asked).fetchall()[-1])


@pytest.mark.parametrize("lookup", [b"l" * 16, b"m" * 16])
@pytest.mark.parametrize("case", ["case-1", "case-2"])
def test_where_a_row_stands_nothing_is_written(
    transactions: Transactions, case: str, lookup: bytes
) -> None:
    tell(transactions, "case-1")
    is_new = case != "case-1" and lookup != b"l" * 16

    assert tell(transactions, case, lookup) is is_new

    for table in (thing, road.fact, road.commit_key):
        assert len(rows(transactions, table)) == 1 + is_new


def test_where_a_key_was_destroyed_nothing_is_written(transactions: Transactions) -> None:
    with transactions.begin() as tx:
        tx.forget("case-1")

    assert not tell(transactions, "case-1")

    assert rows(transactions, thing) == rows(transactions, road.fact) == []


def test_a_key_that_comes_in_that_very_instant_leaves_nothing_behind(
    transactions: Transactions,
) -> None:
    told: list[bool] = []
    telling = threading.Thread(target=lambda: told.append(tell(transactions, "case-1")))
    with transactions.begin() as tx:
        tx.know("case-1", b"another key of thirty-two bytes!")
        telling.start()
        waiting = "SELECT count(*) FROM pg_locks WHERE NOT granted"
        deadline = time.monotonic() + 20
        while not tx.connection.exec_driver_sql(waiting).scalar_one():
            assert time.monotonic() < deadline
            time.sleep(0.01)
    telling.join()

    assert told == [False]
    assert rows(transactions, thing) == rows(transactions, road.fact) == []


def test_the_servers_log_learns_nothing_of_what_came_twice(
    transactions: Transactions, postgres_cluster: PostgresCluster
) -> None:
    tell(transactions, "kenari-1")
    tell(transactions, "kenari-1")
    with transactions.begin() as tx:
        tx.forget("kenari-2")
    tell(transactions, "kenari-2", b"m" * 16)

    assert "kenari" not in (postgres_cluster.folder / "postgres.log").read_text()


def test_on_sqlite_it_is_left_to_a_transaction(tmp_path: Any) -> None:
    database = Database(f"sqlite:///{tmp_path}/small.db")
    metadata.create_all(database.engine)
    transactions = Transactions(database, FixedClock(AT), "complaints", timedelta(hours=1))

    assert not tell(transactions, "case-1")

    assert rows(transactions, thing) == []
    database.dispose()


def test_a_lost_connection_is_named_without_a_value_and_the_next_complaint_comes_in(
    transactions: Transactions,
) -> None:
    tell(transactions, "case-1")
    with transactions.database.begin() as connection:
        connection.exec_driver_sql(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )

    with pytest.raises(sa.exc.OperationalError) as lost:
        tell(transactions, "KENARI-42", b"m" * 16)

    assert "KENARI-42" not in str(lost.value)
    assert tell(transactions, "KENARI-42", b"m" * 16)
