"""Read a service's queue and act: the same code on RabbitMQ and on the embedded carrier.

A delivery is acknowledged after the transaction that acted on it has committed. Deliveries that
wait for another try stay here, unacknowledged, so nothing overtakes its own failure on the broker.

refused by name        parked at once, with the refusal's code
any other fault        tried again after 0.5, 1, 2, 4 and 8 s, then parked (NotYet: for 4 minutes)
the database is away   waits, without counting, until it is back; never parked
the carrier is away    reconnects, after a growing pause; what was open is delivered again
"""

from __future__ import annotations

import time
from collections import deque
from typing import Any

import kombu
import sqlalchemy as sa

from shared.contracts.fact import Fact
from shared.crypto.road import RoadKeys
from shared.messaging.carrier import AWAY, LONGEST_PAUSE, connect, pause_after
from shared.messaging.inbox import Inbound, act_on
from shared.messaging.leased import LEASE_SECONDS
from shared.messaging.sealed import open_fact, park
from shared.messaging.topology import declare, inbound_queue
from shared.messaging.tx import Transactions
from shared.messaging.waiting import DELAYS, Waiting, message_id
from shared.runtime.errors import Refusal
from shared.runtime.logs import log

PREFETCH = 50
_Opened = tuple[Any, Fact]
_WAIT_SECONDS = 0.1
# The broker takes back what is open for 30 minutes; before that, let go and wait without it.
_HOLD_FAILURES = 120
_DATABASE_AWAY = (sa.exc.OperationalError, sa.exc.InterfaceError, sa.exc.TimeoutError)


class Consumer:
    """The consumer of one service; `step` is called again and again by one thread.

    `inbound` is fact type -> action(tx, fact). One transaction acts on all that has been fetched;
    when it fails, each delivery is tried in its own.
    """

    def __init__(
        self,
        transactions: Transactions,
        inbound: Inbound,
        carrier_url: str,
        road_keys: RoadKeys,
        service: str,
        *,
        delays: tuple[float, ...] = DELAYS,
        lease_seconds: float = LEASE_SECONDS,
    ) -> None:
        self._transactions = transactions
        self._inbound = inbound
        self._url = carrier_url
        self._keys = road_keys
        self._service = service
        self._lease_seconds = lease_seconds
        self._connection: Any = None
        self._ready: deque[Any] = deque()
        self._waiting = Waiting(delays)
        self._carrier_failures = 0
        self._database_failures = 0
        self._database_due = 0.0
        self._heartbeat_due = 0.0

    def step(self) -> float | None:
        """Fetch, act, acknowledge; the seconds to wait before the next step."""
        try:
            if (
                self._database_failures > _HOLD_FAILURES
                and not self._transactions.database.answers()
            ):
                self.close()
                return LONGEST_PAUSE
            if self._connection is None:
                self._open()
            self._fetch()
            self._work()
        except AWAY as fault:
            self._forget()
            self._carrier_failures += 1
            log().warning("consumer.carrier_away", fault=type(fault).__name__)
            return pause_after(self._carrier_failures)
        self._carrier_failures = 0
        return 0.0

    def close(self) -> None:
        """Let go of the carrier; what is open will be delivered again."""
        if self._connection is not None:
            try:
                self._connection.release()
            except AWAY:
                log().info("consumer.carrier_gone")
        self._forget()

    def _forget(self) -> None:
        """Drop the connection without a word: a broker that hangs would not answer a goodbye."""
        connection, self._connection = self._connection, None
        self._ready.clear()
        self._waiting.let_go()
        if connection is not None:
            connection.collect()

    def _open(self) -> None:
        self._connection = connect(self._url, lease_seconds=self._lease_seconds)
        declare(self._connection, self._service, self._inbound)
        kombu.Consumer(
            self._connection.channel(),
            queues=[kombu.Queue(inbound_queue(self._service), no_declare=True)],
            on_message=self._receive,
            auto_declare=False,
            prefetch_count=PREFETCH,
        ).consume(no_ack=False)

    def _receive(self, message: Any) -> None:
        if self._waiting.knows(message):
            self._waiting.hold(message)
        else:
            self._ready.append(message)

    def _fetch(self) -> None:
        """Wait a little for a first delivery, then take what is there."""
        if time.monotonic() >= self._heartbeat_due:
            self._connection.heartbeat_check()
            self._heartbeat_due = time.monotonic() + 1
        is_busy = self._ready and time.monotonic() >= self._database_due
        try:
            self._connection.drain_events(timeout=0.001 if is_busy else _WAIT_SECONDS)
            while len(self._ready) < PREFETCH:
                self._connection.drain_events(timeout=0.001)
        except TimeoutError:
            return

    def _work(self) -> None:
        if (now := time.monotonic()) < self._database_due:
            return
        batch, self._ready = list(self._ready), deque()
        self._act(batch)
        for message in self._waiting.due(now):
            self._act([message])

    def _act(self, batch: list[Any]) -> None:
        opened: list[_Opened] = []
        for message in batch:
            try:
                opened.append((message, open_fact(self._keys, message, self._inbound)))
            except Refusal as refusal:
                self._park(message, refusal.code, None)
        if opened:
            self._attempt(opened)

    def _attempt(self, opened: list[_Opened]) -> None:
        try:
            act_on(self._transactions, self._inbound, [fact for _, fact in opened])
        except _DATABASE_AWAY as fault:
            self._wait_for_database(opened, fault)
        except Exception as fault:
            if len(opened) == 1:
                self._failed(*opened[0], fault)
            else:
                for one in opened:
                    self._attempt([one])
        else:
            self._database_failures = 0
            for message, _ in opened:
                self._waiting.done(message)
                message.ack()

    def _failed(self, message: Any, fact: Fact, fault: Exception) -> None:
        if isinstance(fault, Refusal):
            self._park(message, fault.code, fact)
            return
        name = type(fault).__name__
        if not self._waiting.again(message, fault, time.monotonic()):
            self._park(message, f"failed:{name}", fact)
            return
        tries = self._waiting.tries(message)
        log().warning("consumer.retry", fact=fact.id, type=fact.type, fault=name, tries=tries)

    def _wait_for_database(self, opened: list[_Opened], fault: Exception) -> None:
        self._database_failures += 1
        self._database_due = time.monotonic() + pause_after(self._database_failures)
        log().warning("consumer.database_away", fault=type(fault).__name__)
        for message, _ in opened:
            self._waiting.hold(message, self._database_due)

    def _park(self, message: Any, reason: str, fact: Fact | None) -> None:
        park(self._connection, self._service, message, reason, fact)
        log().error(
            "consumer.parked", service=self._service, reason=reason, fact=message_id(message)
        )
        self._waiting.done(message)
        message.ack()
