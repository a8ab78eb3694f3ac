"""What the road is measured against: the same two libraries with nothing to seal, keep or do."""

from __future__ import annotations

import os
import threading
import time
from typing import Any

import kombu
import pika

_QUEUE = "raw"
_WINDOW = 200  # as many in flight as the relay has in a batch
_PREFETCH = 50


def raw_road(url: str, *, count: int, size_bytes: int) -> float:
    """Messages a second from pika, pipelined with confirms, through a quorum queue to kombu's
    acknowledgement, both at once as relay and consumer are."""
    _declare(url)
    publishing = threading.Thread(target=_publish, args=(url, count, os.urandom(size_bytes)))
    began = time.monotonic()
    publishing.start()
    _consume(url, count)
    seconds = time.monotonic() - began
    publishing.join()
    return count / seconds


def _declare(url: str) -> None:
    with kombu.Connection(url) as connection:
        queue = kombu.Queue(_QUEUE, queue_arguments={"x-queue-type": "quorum"}, durable=True)
        queue(connection.channel()).declare()


def _consume(url: str, count: int) -> None:
    taken = 0

    def take(message: Any) -> None:
        nonlocal taken
        taken += 1
        message.ack()

    with kombu.Connection(url) as connection:
        queue = kombu.Queue(_QUEUE, no_declare=True)
        with kombu.Consumer(
            connection.channel(), [queue], on_message=take, prefetch_count=_PREFETCH
        ):
            while taken < count:
                connection.drain_events(timeout=30)


def _publish(url: str, count: int, body: bytes) -> None:
    parameters = pika.URLParameters(url)
    connection = pika.SelectConnection(parameters)
    channel: Any = None
    sent = confirmed = 0
    properties = pika.BasicProperties(delivery_mode=2)

    def fill() -> None:
        nonlocal sent
        while sent < count and sent - confirmed < _WINDOW:
            channel.basic_publish("", _QUEUE, body, properties, mandatory=True)
            sent += 1

    def answered(frame: Any) -> None:
        nonlocal confirmed
        answer = frame.method
        confirmed = answer.delivery_tag if answer.multiple else confirmed + 1
        if confirmed >= count:
            connection.close()
        else:
            fill()

    def opened(_: Any) -> None:
        nonlocal channel
        channel = connection.channel(on_open_callback=ready)

    def ready(_: Any) -> None:
        channel.confirm_delivery(answered, callback=lambda _: fill())

    connection.add_on_open_callback(opened)
    connection.add_on_close_callback(lambda *_: connection.ioloop.stop())
    connection.ioloop.start()
