"""One end of the road as a process of its own, for a test to kill.

python -m tests.service.messaging.child relay|consume CARRIER_URL DATABASE_URL
"""

from __future__ import annotations

import sys
from datetime import timedelta

from shared.messaging.consumer import Consumer
from shared.messaging.relay import Relay
from shared.messaging.tx import Transactions
from shared.runtime.clock import SystemClock
from shared.runtime.database import Database
from tests.service.messaging.road import KEYS, write_down

LEASE_SECONDS = 1.0


def main(role: str, carrier_url: str, database_url: str) -> None:
    """Work until killed."""
    from shared.runtime.loop import Loop

    database, clock = Database(database_url), SystemClock()
    if role == "relay":
        told = Transactions(database, clock, "complaints", timedelta(hours=1))
        Loop(role, Relay(told, carrier_url, KEYS).step, pause=0.1).run()
    consumer = Consumer(
        Transactions(database, clock, "triage"),
        {"reply.received": write_down},
        carrier_url,
        KEYS,
        "triage",
        lease_seconds=LEASE_SECONDS,
    )
    Loop(role, consumer.step, pause=0.0).run()


if __name__ == "__main__":
    main(*sys.argv[1:4])
