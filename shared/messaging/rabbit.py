"""The publishing side on RabbitMQ: pipelined confirms, mandatory, persistent.

pika's BlockingConnection waits for each confirm (2,100 msg/s measured on quorum queues);
SelectConnection sends the whole batch and then collects confirms (24-42 k/s), so its loop is run
here, in the relay's own thread, until every message of the batch has its answer.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pika
import pika.exceptions

from shared.messaging.carrier import (
    CONNECT_SECONDS,
    CONTENT_ENCODING,
    CONTENT_TYPE,
    HEARTBEAT_SECONDS,
    CarrierAway,
    Outgoing,
)
from shared.messaging.topology import FACTS, inbound_queue, parked_queue

CONFIRM_SECONDS = 20.0


class RabbitPublisher:
    """One connection to `url`; it publishes only once the queues of `listeners` all stand."""

    def __init__(self, url: str, listeners: Sequence[str]) -> None:
        self._url = url
        # A fact two services want is routable as soon as one of them has its queue, and would be
        # lost to the other: so nothing is told before every listener's road is finished.
        self._required = [queue(s) for s in listeners for queue in (inbound_queue, parked_queue)]
        self._connection: Any = None
        self._channel: Any = None
        self._is_closed = True
        self._tag = 0
        self._pending: dict[int, str] = {}
        self._confirmed: set[str] = set()
        self._returned: set[str] = set()

    def publish(self, batch: Sequence[Outgoing]) -> set[str]:
        """See Publisher. A message is confirmed when acked and not returned as unroutable."""
        try:
            if self._is_closed:
                self._open()
            self._pending, self._confirmed, self._returned = {}, set(), set()
            for message in batch:
                self._tag += 1
                self._pending[self._tag] = message.id
                properties = pika.BasicProperties(
                    content_type=CONTENT_TYPE,
                    content_encoding=CONTENT_ENCODING,
                    delivery_mode=2,
                    message_id=message.id,
                )
                self._channel.basic_publish(
                    FACTS.name, message.key, message.body, properties, mandatory=True
                )
            self._run_until(lambda: not self._pending)
        except (pika.exceptions.AMQPError, OSError) as fault:
            self.close()
            raise CarrierAway(type(fault).__name__) from fault
        except CarrierAway:
            self.close()
            raise
        return self._confirmed - self._returned

    def idle(self) -> None:
        """Answer heartbeats and notice a connection that has gone."""
        if not self._is_closed:
            self._connection.ioloop.call_later(0, self._connection.ioloop.stop)
            self._connection.ioloop.start()

    def close(self) -> None:
        """Close politely if that still works, and free the sockets."""
        self._is_closed = True
        if self._connection is None:
            return
        loop = self._connection.ioloop
        if self._connection.is_open:
            loop.call_later(1, loop.stop)
            self._connection.close()
            loop.start()
        loop.close()
        self._connection = None

    def _open(self) -> None:
        self.close()
        parameters = pika.URLParameters(self._url)
        parameters.heartbeat = HEARTBEAT_SECONDS
        parameters.blocked_connection_timeout = CONFIRM_SECONDS
        parameters.socket_timeout = parameters.stack_timeout = CONNECT_SECONDS
        self._is_closed = False
        self._connection = pika.SelectConnection(
            parameters, on_open_error_callback=self._on_closed, on_close_callback=self._on_closed
        )
        self._await(self._connection.add_on_open_callback)
        self._await(lambda done: self._connection.channel(on_open_callback=done))
        self._channel.add_on_close_callback(self._on_closed)
        for queue in self._required:
            self._await(self._asking_for(queue))
        self._tag = 0
        self._channel.add_on_return_callback(self._on_return)
        self._await(lambda done: self._channel.confirm_delivery(self._on_answer, done))

    def _asking_for(self, queue: str) -> Callable[[Callable[..., None]], None]:
        return lambda done: self._channel.queue_declare(queue, passive=True, callback=done)

    def _await(self, begin: Callable[[Callable[..., None]], Any]) -> None:
        """Begin something that answers through a callback, and run until it has."""
        answers: list[Any] = []

        def done(answer: Any) -> None:
            answers.append(answer)
            self._connection.ioloop.stop()

        began = begin(done)
        if isinstance(began, pika.channel.Channel):
            self._channel = began
        self._run_until(lambda: bool(answers))

    def _run_until(self, is_done: Callable[[], bool]) -> None:
        late: list[bool] = []

        def give_up() -> None:
            late.append(True)
            loop.stop()

        loop = self._connection.ioloop
        timer = loop.call_later(CONFIRM_SECONDS, give_up)
        while not (is_done() or self._is_closed or late):
            loop.start()
        loop.remove_timeout(timer)
        if not is_done():
            raise CarrierAway("closed" if self._is_closed else "silent")

    def _on_closed(self, _: Any, reason: Any) -> None:
        self._is_closed = True
        self._connection.ioloop.stop()

    def _on_return(self, _channel: Any, _method: Any, properties: Any, _body: bytes) -> None:
        self._returned.add(properties.message_id)

    def _on_answer(self, frame: Any) -> None:
        """An ack or nack, of one tag or of all up to it."""
        answer = frame.method
        tags = [answer.delivery_tag]
        if answer.multiple:
            tags = [tag for tag in self._pending if tag <= answer.delivery_tag]
        ids = {self._pending.pop(tag) for tag in tags if tag in self._pending}
        if isinstance(answer, pika.spec.Basic.Ack):
            self._confirmed |= ids
        if not self._pending:
            self._connection.ioloop.stop()
