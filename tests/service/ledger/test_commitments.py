"""Each commitment once; a tag never changes its mind."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import pytest
import sqlalchemy as sa

from services.ledger.actions.store_commitments import store_commitments
from services.ledger.domain.entry import CommitmentConflict, MalformedEntry
from services.ledger.store import commitment
from shared.contracts import Fact
from shared.contracts.facts import CommitmentsSent
from shared.crypto import commitment as committed
from shared.messaging.tx import Transactions
from shared.runtime.ids import new_id

AT = datetime(2026, 11, 21, 15, tzinfo=UTC)
KEY = bytes(range(32))


def entry(number: int, says: bytes = b"fact", key: bytes = KEY) -> bytes:
    return committed.entry(key, committed.index(1, number), says)


def batch(*entries: bytes, count: int | None = None) -> Fact:
    return Fact(
        id=new_id(AT),
        type="commitments.sent",
        version=1,
        at=AT,
        source="complaints",
        subject=None,
        cause=None,
        payload=CommitmentsSent(count=len(entries) if count is None else count),
        parts={"entries": b"".join(entries)},
    )


def hear(transactions: Transactions, fact: Fact) -> int:
    with transactions.begin(at=fact.at, cause=fact.id) as tx:
        return store_commitments(tx, fact)


def rows(transactions: Transactions) -> Sequence[Any]:
    with transactions.database.read() as connection:
        return connection.execute(sa.select(commitment).order_by(commitment.c.position)).all()


def test_each_entry_of_a_batch_is_stored(transactions: Transactions) -> None:
    entries = [entry(n) for n in range(5)]

    assert hear(transactions, batch(*entries)) == 5

    stored = rows(transactions)
    assert {row.entry for row in stored} == set(entries)
    assert {(row.day, row.taken) for row in stored} == {(AT.date(), False)}


def test_an_entry_that_comes_again_is_stored_once(transactions: Transactions) -> None:
    hear(transactions, batch(entry(0), entry(1)))

    assert hear(transactions, batch(entry(1), entry(2), entry(2))) == 1
    assert hear(transactions, batch(entry(0), entry(1), entry(2))) == 0
    assert len(rows(transactions)) == 3


def test_positions_tell_nothing_about_the_order_in_a_batch(transactions: Transactions) -> None:
    entries = [entry(n) for n in range(20)]

    hear(transactions, batch(*entries))

    assert [row.entry for row in rows(transactions)] == sorted(entries)


def test_a_tag_that_stands_with_another_commitment_is_a_conflict(
    transactions: Transactions,
) -> None:
    hear(transactions, batch(entry(0, b"first")))

    with pytest.raises(CommitmentConflict):
        hear(transactions, batch(entry(1), entry(0, b"second")))

    assert [row.entry for row in rows(transactions)] == [entry(0, b"first")]


def test_a_batch_that_contradicts_itself_is_a_conflict(transactions: Transactions) -> None:
    with pytest.raises(CommitmentConflict):
        hear(transactions, batch(entry(0, b"first"), entry(0, b"second")))

    assert rows(transactions) == []


@pytest.mark.parametrize(
    "malformed",
    [
        batch(b"", count=1),
        batch(entry(0)[:64], count=1),
        batch(entry(0) + b"\x00", count=1),
        batch(entry(0), count=2),
        batch(entry(0), entry(1), count=1),
        batch(b"\x00" + entry(0)[1:]),
        batch(b"\x02" + entry(0)[1:]),
        batch(entry(0), b"\xff" + entry(1)[1:]),
        batch(entry(0), count=0),
        batch(entry(0), count=-1),
    ],
)
def test_a_malformed_batch_is_refused_whole(transactions: Transactions, malformed: Fact) -> None:
    with pytest.raises(MalformedEntry):
        hear(transactions, malformed)

    assert rows(transactions) == []


def test_a_batch_larger_than_a_statement_is_stored_whole(transactions: Transactions) -> None:
    entries = [entry(n) for n in range(1300)]
    hear(transactions, batch(*entries[:700]))

    assert hear(transactions, batch(*entries)) == 600
    assert len(rows(transactions)) == 1300


def test_batches_that_overlap_at_the_same_time_store_each_entry_once(
    transactions: Transactions,
) -> None:
    entries = [entry(n) for n in range(200)]
    stored: list[int] = []

    def carry(mine: list[bytes]) -> None:
        for start in range(0, 200, 20):
            stored.append(hear(transactions, batch(*mine[start : start + 60])))

    threads = [
        threading.Thread(target=carry, args=(mine,)) for mine in (entries, entries[::-1], entries)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sum(stored) == 200
    assert len(rows(transactions)) == 200
