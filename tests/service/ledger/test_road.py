"""Commitments over the embedded road: every fact's entry stands once, however often it is sent."""

from __future__ import annotations

import time
from functools import partial
from pathlib import Path

import sqlalchemy as sa

from services.ledger.actions.store_commitments import store_commitments
from services.ledger.store import commitment, road
from shared.contracts import Fact
from shared.contracts.facts import CaseMoved, CaseOpened
from shared.contracts.private import CaseRead
from shared.messaging.carrier import connect
from shared.messaging.consumer import Consumer
from shared.messaging.parking import list_parked
from shared.messaging.relay import Relay
from shared.messaging.topology import declare_road
from shared.messaging.tx import Transactions, Tx
from shared.runtime.clock import SystemClock
from shared.runtime.database import Database
from shared.service.settings import road_keys

KEYS = road_keys(bytes(range(1, 33)).hex())
CASE = "0190a3b2-0000-4000-8000-000000000001"


def test_every_fact_leaves_one_commitment(transactions: Transactions, tmp_path: Path) -> None:
    carrier = f"sqlite:///{tmp_path}/carrier.db"
    with connect(carrier) as connection:
        declare_road(connection)
    triage = _triage(tmp_path)
    with triage.begin() as tx:
        tx.know(CASE, bytes(range(32)))
        for _ in range(5):
            tx.record(CaseMoved("received", "verifying", []), subject=CASE)
            tx.record(CaseRead("story"), subject=CASE)
        tx.record(CaseOpened("itjen-kemenag", "itjen", "received", []))
    for _ in range(3):  # as if confirms were lost: the same entries in other messages
        _relay_all(triage, carrier)
        _forget_confirms(triage)

    _consume(transactions, carrier)

    with transactions.database.read() as connection:
        stored = set(connection.scalars(sa.select(commitment.c.entry)))
        count = connection.scalar(sa.select(sa.func.count()).select_from(commitment))
    assert (stored, count) == (_entries(triage), 11)
    assert list_parked(carrier, "ledger") == []


def test_a_commitment_that_changes_its_mind_is_parked(
    transactions: Transactions, tmp_path: Path
) -> None:
    carrier = f"sqlite:///{tmp_path}/carrier.db"
    with connect(carrier) as connection:
        declare_road(connection)
    triage = _triage(tmp_path)
    with triage.begin() as tx:
        tx.record(CaseOpened("itjen-kemenag", "itjen", "received", []))
    _relay_all(triage, carrier)
    first = _entries(triage)
    with triage.database.begin() as connection:
        (entry,) = first
        changed = entry[:-1] + bytes([entry[-1] ^ 1])
        connection.execute(road.fact.update().values(entry=changed, sent=False))
    _relay_all(triage, carrier)

    _consume(transactions, carrier)

    with transactions.database.read() as connection:
        assert set(connection.scalars(sa.select(commitment.c.entry))) == first
    assert [parked.reason for parked in list_parked(carrier, "ledger")] == ["commitment_conflict"]


def _triage(folder: Path) -> Transactions:
    database = Database(f"sqlite:///{folder}/triage.db")
    tables = [road.fact, road.inbox, road.commit_key]
    road.fact.metadata.create_all(database.engine, tables=tables)
    return Transactions(database, SystemClock(), "triage")


def _relay_all(transactions: Transactions, carrier: str) -> None:
    relay = Relay(transactions, carrier, KEYS)
    unsent = sa.select(sa.func.count()).where(road.fact.c.sent.is_(False))
    left = 1
    while left:
        relay.step()
        with transactions.database.read() as connection:
            left = connection.scalar(unsent) or 0
    relay.close()


def _forget_confirms(transactions: Transactions) -> None:
    with transactions.database.begin() as connection:
        connection.execute(road.fact.update().values(sent=False))


def _entries(transactions: Transactions) -> set[bytes]:
    with transactions.database.read() as connection:
        return set(connection.scalars(sa.select(road.fact.c.entry)))


def _consume(transactions: Transactions, carrier: str) -> None:
    """Act until nothing has come for half a second."""
    heard: list[float] = [time.monotonic()]

    def act(tx: Tx, fact: Fact, *, seen: list[float]) -> None:
        seen.append(time.monotonic())
        store_commitments(tx, fact)

    inbound = {"commitments.sent": partial(act, seen=heard)}
    consumer = Consumer(transactions, inbound, carrier, KEYS, "ledger")
    while time.monotonic() - heard[-1] < 0.5:
        consumer.step()
    consumer.close()
