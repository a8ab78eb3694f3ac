"""Facts, commitments and keys in one transaction, on both databases."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from shared.contracts.facts import ComplaintSubmitted, ReplyReceived
from shared.contracts.wire import decode
from shared.crypto import commitment
from shared.messaging.tables import create_road_tables_v1, road_tables
from shared.messaging.tx import Transactions
from shared.runtime.clock import FixedClock
from shared.runtime.database import Database, new_metadata

AT = datetime(2026, 11, 21, 15, 42, 7, 123456, tzinfo=UTC)
HOUR = AT.replace(minute=0, second=0, microsecond=0)
KEY = b"k" * 32

metadata = new_metadata()
road = road_tables(metadata)


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    database = Database(database_url)
    metadata.create_all(database.engine)
    yield database
    database.dispose()


@pytest.fixture
def transactions(database: Database) -> Transactions:
    return Transactions(database, FixedClock(AT), "complaints", timedelta(hours=1))


def facts(transactions: Transactions) -> list[sa.Row[tuple[object, ...]]]:
    with transactions.database.read() as connection:
        return list(connection.execute(sa.select(road.fact).order_by(road.fact.c.position)))


def test_a_fact_carries_the_hour_and_its_cause(transactions: Transactions) -> None:
    with transactions.begin(cause="cause-id") as tx:
        told = tx.record(ReplyReceived(seq=2), subject="case-1", parts={"envelope": b"sealed"})

    (row,) = facts(transactions)
    assert (row.at, row.cause, row.source, row.sent, row.private) == (
        HOUR,
        "cause-id",
        "complaints",
        False,
        False,
    )
    assert decode(row.body) == told


def test_an_effect_carries_the_time_of_its_cause(transactions: Transactions) -> None:
    earlier = HOUR - timedelta(days=3)

    with transactions.begin(at=earlier, cause="x") as tx:
        tx.record(ReplyReceived(seq=1), parts={"envelope": b""})

    assert facts(transactions)[0].at == earlier


def test_a_block_that_raises_tells_nothing(transactions: Transactions) -> None:
    def act() -> None:
        with transactions.begin() as tx:
            tx.know("case-1", KEY)
            tx.record(ReplyReceived(seq=1), subject="case-1", parts={"envelope": b""})
            raise RuntimeError

    with pytest.raises(RuntimeError):
        act()

    assert facts(transactions) == []


def test_the_entries_of_a_subject_can_be_recomputed_from_its_key(
    transactions: Transactions,
) -> None:
    with transactions.begin() as tx:
        tx.know("case-1", KEY)
        tx.know("case-1", b"another key of thirty-two bytes!")
        for seq in (1, 2):
            tx.record(ReplyReceived(seq=seq), subject="case-1", parts={"envelope": b""})

    for n, row in enumerate(facts(transactions)):
        expected = commitment.entry(KEY, 1 << 24 | n, decode(row.body).canonical())
        assert bytes(row.entry) == expected


def test_a_key_told_with_the_first_fact_commits_as_one_known_before(
    transactions: Transactions,
) -> None:
    with transactions.begin() as tx:
        for seq, key in ((1, KEY), (2, b"another key of thirty-two bytes!"), (3, None)):
            reply = ReplyReceived(seq=seq)
            tx.record(reply, subject="case-1", parts={"envelope": b""}, events_key=key)

    for n, row in enumerate(facts(transactions)):
        expected = commitment.entry(KEY, 1 << 24 | n, decode(row.body).canonical())
        assert bytes(row.entry) == expected


def test_a_forgotten_key_is_not_brought_back(transactions: Transactions) -> None:
    with transactions.begin() as tx:
        tx.know("case-1", KEY)
        tx.forget("case-1")
        tx.forget("case-2")
        tx.know("case-1", KEY)
        tx.know("case-2", KEY)
        tx.record(ReplyReceived(seq=1), subject="case-2", parts={"envelope": b""}, events_key=KEY)

    with transactions.database.read() as connection:
        rows = sa.select(road.commit_key.c.key).where(road.commit_key.c.subject != "")
        keys = connection.execute(rows).scalars().all()
    assert keys == [None, None]


def test_a_fact_of_a_forgotten_subject_is_committed_under_the_own_row(
    transactions: Transactions,
) -> None:
    with transactions.begin() as tx:
        tx.forget("case-1")
        tx.record(ReplyReceived(seq=1), subject="case-1", parts={"envelope": b""})
        tx.record(ReplyReceived(seq=1), parts={"envelope": b""})

    with transactions.database.read() as connection:
        own = connection.execute(
            sa.select(road.commit_key).where(road.commit_key.c.subject == "")
        ).one()
    assert own.next == 2
    first = commitment.entry(
        bytes(own.key), 1 << 24, decode(facts(transactions)[0].body).canonical()
    )
    assert bytes(facts(transactions)[0].entry) == first


@pytest.mark.parametrize("parts", [{}, {"envelope": b""}, {"disclosed": b"", "other": b""}])
def test_parts_that_are_not_the_contracts_are_refused(
    transactions: Transactions, parts: dict[str, bytes]
) -> None:
    told = ComplaintSubmitted(unit="u", epoch=1, lang="id")

    with pytest.raises(ValueError, match="cannot tell"), transactions.begin() as tx:
        tx.record(told, parts=parts)


def test_another_services_fact_is_refused(database: Database) -> None:
    triage = Transactions(database, FixedClock(AT), "triage")

    with pytest.raises(ValueError, match="cannot tell"), triage.begin() as tx:
        tx.record(ReplyReceived(seq=1), parts={"envelope": b""})


def test_the_frozen_migration_builds_what_the_metadata_says(database_url: str) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext
    from alembic.operations import Operations

    database = Database(database_url)
    with database.begin() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        create_road_tables_v1(Operations(context))

        differences = compare_metadata(context, metadata)

    database.dispose()
    assert differences == []
