"""The road as a service's worker sees it: its loops and the numbers that tell how it fares."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from functools import partial
from math import nan

from shared.contracts import Fact
from shared.messaging.consumer import Consumer
from shared.messaging.gauges import RoadGauges, RoadWatch
from shared.messaging.relay import IDLE_SECONDS, Relay
from shared.messaging.tx import Tx
from shared.runtime.loop import Loop
from shared.service.declaration import House

_FRESH_SECONDS = 1.0
_NUMBERS = {
    "oldest_unsent_fact_seconds": "oldest_unsent_seconds",
    "unsent_facts": "unsent",
    "inbound_messages": "inbound",
    "parked_messages": "parked",
}


def road_loops(house: House, inbound: Mapping[str, Callable[[Tx, Fact], None]]) -> list[Loop]:
    """The relay and the consumer, each for a thread of its own."""
    url, keys = house.settings.carrier_url, house.settings.road_key
    relay = Relay(house.transactions, url, keys)
    consumer = Consumer(house.transactions, inbound, url, keys, house.name)
    return [
        Loop("relay", relay.step, pause=IDLE_SECONDS),
        Loop("consumer", consumer.step, pause=0.0),
    ]


def road_gauges(house: House) -> dict[str, Callable[[], float]]:
    """The road's four numbers; one look at database and carrier serves a whole scrape."""
    watch = RoadWatch(house.database, house.settings.carrier_url, house.name)
    seen: list[tuple[float, RoadGauges]] = []

    def value(name: str) -> float:
        now = time.monotonic()
        if not seen or now - seen[0][0] > _FRESH_SECONDS:
            seen[:] = [(now, watch.read())]
        number: float | None = getattr(seen[0][1], name)
        return nan if number is None else float(number)

    return {gauge: partial(value, name) for gauge, name in _NUMBERS.items()}
