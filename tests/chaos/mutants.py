"""The road with one safety taken out: `python -m tests.chaos.mutants NAME services.<name> verb`.

Each mutant is a mistake somebody could make in an afternoon. The suite that holds receipts and
books together must go red on every one of them.
"""

from __future__ import annotations

import runpy
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import pika

from services.complaints.actions import submit
from shared.messaging import consumer, inbox, rabbit, relay
from shared.messaging.carrier import Outgoing
from shared.messaging.tx import Transactions, Tx


def no_confirms() -> None:
    """The relay writes to a socket and believes it: nothing is waited for."""
    connections: dict[str, Any] = {}

    def publish(self: Any, batch: Sequence[Outgoing]) -> set[str]:
        channel = connections.get(self._url)
        if channel is None or channel.is_closed:
            channel = connections[self._url] = pika.BlockingConnection(
                pika.URLParameters(self._url)
            ).channel()
        for message in batch:
            properties = pika.BasicProperties(delivery_mode=2, message_id=message.id)
            properties.content_type = "application/octet-stream"
            properties.content_encoding = "binary"
            try:
                channel.basic_publish("facts", message.key, message.body, properties)
            except (pika.exceptions.AMQPError, OSError):
                connections.pop(self._url, None)
                break
        return {message.id for message in batch}

    rabbit.RabbitPublisher.publish = publish  # type: ignore[method-assign]
    relay.RabbitPublisher.publish = publish  # type: ignore[method-assign]


def acknowledge_first() -> None:
    """The consumer acknowledges what it has fetched, then acts on it."""
    attempt = consumer.Consumer._attempt

    def first(self: Any, opened: list[Any]) -> None:
        for message, _ in opened:
            if not message.acknowledged:
                message.ack()
        time.sleep(0.4)  # the work of a slow afternoon
        for message, _ in opened:
            message.ack = lambda *_, **__: None
        attempt(self, opened)

    consumer.Consumer._attempt = first  # type: ignore[method-assign]


def no_inbox() -> None:
    """Every delivery is acted on, whether it came before or not."""
    enter = inbox._enter

    def all_of_them(connection: Any, facts: Sequence[Any], transactions: Any) -> set[str]:
        enter(connection, facts, transactions)
        return {fact.id for fact in facts}

    inbox._enter = all_of_them  # type: ignore[assignment]
    # Deliver twice what a lucky run would deliver once.
    carry = relay.Relay._carry

    def twice(self: Any, rows: Any) -> list[int]:
        carry(self, rows)
        return carry(self, rows)

    relay.Relay._carry = twice  # type: ignore[method-assign]


def receipt_first() -> None:
    """The receipt is shown, and the transaction committed a moment later."""
    begin = Transactions.begin

    @contextmanager
    def later(
        self: Transactions, at: datetime | None = None, cause: str | None = None
    ) -> Iterator[Tx]:
        whole = begin(self, at, cause)
        tx = whole.__enter__()
        try:
            yield tx
        except BaseException:
            whole.__exit__(*sys.exc_info())
            raise
        threading.Timer(0.7, lambda: whole.__exit__(None, None, None)).start()

    Transactions.begin = later  # type: ignore[method-assign]

    tell_first = submit.tell_first

    def told_later(*words: Any, **more: Any) -> bool:
        if words[0].database.is_sqlite:
            return False
        threading.Timer(0.7, lambda: tell_first(*words, **more)).start()
        return True

    submit.tell_first = told_later  # type: ignore[attr-defined]


MUTANTS: dict[str, tuple[Callable[[], None], str]] = {
    # name: how it is broken, and the process that is
    "no_confirms": (no_confirms, "worker"),
    "acknowledge_first": (acknowledge_first, "worker"),
    "no_inbox": (no_inbox, "worker"),
    "receipt_first": (receipt_first, "web"),
}


def main(words: list[str]) -> None:
    """Break this process if it is one of the mutant's, then run the service's own way in."""
    name, module, *rest = words
    breaks, verb = MUTANTS[name]
    if rest[0] == verb:
        breaks()
    sys.argv = [module, *rest]
    runpy.run_module(module, run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main(sys.argv[1:])
