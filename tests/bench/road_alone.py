"""The road with nothing at its end: from a row of `fact` to a row of `inbox`, acknowledged."""

from __future__ import annotations

import multiprocessing
import os
import time
import uuid
from typing import Any

import sqlalchemy as sa

from shared.contracts.facts import ComplaintSubmitted
from shared.crypto.road import RoadKeys
from shared.messaging import carrier
from shared.messaging.consumer import Consumer
from shared.messaging.relay import Relay
from shared.messaging.tables import ROAD
from shared.messaging.topology import declare_road, types_for
from shared.messaging.tx import Transactions
from shared.runtime.clock import SystemClock
from shared.runtime.database import Database

_SOURCE, _READER = "complaints", "triage"
_ENVELOPE_BYTES, _DISCLOSED_BYTES = 21_700, 5_300
_TOLD_AT_ONCE = 50
_PATIENCE_SECONDS = 120.0


def road_alone(source_url: str, reader_url: str, carrier_url: str, *, count: int) -> float:
    """Facts a second from `source_url` to `reader_url`, two empty databases, over a new carrier:
    a relay and a consumer in a process each, as in two workers."""
    key = RoadKeys.of([os.urandom(32)])
    _tell(source_url, count)
    _make_tables(reader_url)
    with carrier.connect(carrier_url) as connection:
        declare_road(connection)
    context = multiprocessing.get_context("fork")
    start, done = context.Barrier(3), context.SimpleQueue()
    ends = [
        context.Process(target=_relay, args=(source_url, carrier_url, key, count, start)),
        context.Process(target=_read, args=(reader_url, carrier_url, key, count, start, done)),
    ]
    for process in ends:
        process.start()
    start.wait(timeout=60)
    began = time.monotonic()
    arrived, at = done.get()
    for process in ends:
        process.join()
    return float(arrived / (at - began))


def _tell(url: str, count: int) -> None:
    transactions = _make_tables(url)
    parts = {
        "envelope": os.urandom(_ENVELOPE_BYTES),
        "disclosed": os.urandom(_DISCLOSED_BYTES),
    }
    told = ComplaintSubmitted(unit="inspektorat-kota-bandung", epoch=1, lang="id")
    for first in range(0, count, _TOLD_AT_ONCE):
        with transactions.begin() as tx:
            for _ in range(min(_TOLD_AT_ONCE, count - first)):
                tx.record(told, subject=str(uuid.uuid4()), parts=parts, events_key=os.urandom(32))
    transactions.database.dispose()


def _make_tables(url: str) -> Transactions:
    database = Database(url)
    with database.begin() as connection:
        ROAD.fact.metadata.create_all(connection)
    return Transactions(database, SystemClock(), _SOURCE)


def _relay(url: str, carrier_url: str, key: RoadKeys, count: int, start: Any) -> None:
    transactions = Transactions(Database(url), SystemClock(), _SOURCE)
    relay = Relay(transactions, carrier_url, key)
    unsent = sa.select(sa.func.count()).select_from(ROAD.fact).where(sa.not_(ROAD.fact.c.sent))
    start.wait(timeout=60)
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while time.monotonic() < deadline:
        if pause := relay.step():
            with transactions.database.read() as connection:
                if not connection.execute(unsent).scalar_one():
                    break
            time.sleep(pause)
    relay.close()


def _read(url: str, carrier_url: str, key: RoadKeys, count: int, start: Any, done: Any) -> None:
    arrived = 0

    def act(*_: Any) -> None:
        nonlocal arrived
        arrived += 1

    transactions = Transactions(Database(url), SystemClock(), _READER)
    inbound = dict.fromkeys(types_for(_READER), act)
    consumer = Consumer(transactions, inbound, carrier_url, key, _READER)
    start.wait(timeout=60)
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while arrived < count and time.monotonic() < deadline:
        time.sleep(consumer.step() or 0.0)
    done.put((arrived, time.monotonic()))
    consumer.close()
