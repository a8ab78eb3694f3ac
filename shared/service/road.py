"""The road as a service's worker sees it: its loops and the numbers that tell how it fares."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from math import nan

import sqlalchemy as sa

from shared.contracts import Fact
from shared.messaging import carrier
from shared.messaging.consumer import Consumer
from shared.messaging.relay import IDLE_SECONDS, Relay
from shared.messaging.tables import ROAD
from shared.messaging.tx import Tx
from shared.runtime.database import Database
from shared.runtime.loop import Loop
from shared.service.declaration import House

_FRESH_SECONDS = 1.0


def road_loops(house: House, inbound: Mapping[str, Callable[[Tx, Fact], None]]) -> list[Loop]:
    """The relay and the consumer, each for a thread of its own."""
    url, keys = house.settings.carrier_url, house.settings.road_key
    relay = Relay(house.transactions, url, keys)
    consumer = Consumer(house.transactions, inbound, url, keys, house.name)
    return [
        Loop("relay", relay.step, pause=IDLE_SECONDS, close=relay.close),
        # What it holds unacknowledged is given back at once, not after its lease.
        Loop("consumer", consumer.step, pause=0.0, close=consumer.close),
    ]


def road_gauges(house: House) -> dict[str, Callable[[], float]]:
    """oldest_unsent_fact_seconds, unsent_facts, inbound_messages and parked_messages."""
    unsent, depths = _Unsent(house.database), _Depths(house)
    return {
        "oldest_unsent_fact_seconds": unsent.oldest_seconds,
        "unsent_facts": unsent.count,
        "inbound_messages": lambda: depths.of("inbound"),
        "parked_messages": lambda: depths.of("parked"),
    }


class _Unsent:
    """Facts the carrier has not confirmed."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._oldest: tuple[int, float] | None = None

    def oldest_seconds(self) -> float:
        """How long the oldest one has been seen waiting.

        Counted from when this process first saw it: the times of facts are floored to the hour
        where a reporter acts, and would say 59 minutes after one second.
        """
        fact = ROAD.fact
        query = sa.select(sa.func.min(fact.c.position)).where(sa.not_(fact.c.sent))
        with self._database.read() as connection:
            position = connection.execute(query).scalar()
        if position is None:
            self._oldest = None
            return 0.0
        if self._oldest is None or self._oldest[0] != position:
            self._oldest = (position, time.monotonic())
        return time.monotonic() - self._oldest[1]

    def count(self) -> float:
        """How many wait."""
        fact = ROAD.fact
        query = sa.select(sa.func.count()).select_from(fact).where(sa.not_(fact.c.sent))
        with self._database.read() as connection:
            return float(connection.execute(query).scalar_one())


class _Depths:
    """Messages in the service's queues, asked of the carrier once a scrape."""

    def __init__(self, house: House) -> None:
        self._url, self._service = house.settings.carrier_url, house.name
        self._read: dict[str, int | None] = {}
        self._read_at = -_FRESH_SECONDS

    def of(self, queue: str) -> float:
        """The depth of `inbound` or `parked`; NaN while the carrier is away."""
        if time.monotonic() - self._read_at >= _FRESH_SECONDS:
            self._read, self._read_at = {}, time.monotonic()
            with suppress(*carrier.AWAY):
                self._read = carrier.depths(self._url, self._service)
        depth = self._read.get(queue)
        return nan if depth is None else float(depth)
