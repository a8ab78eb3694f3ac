"""What a service could not act on: list it, give it back, drop it; on either carrier.

Looking takes messages and gives them back unacknowledged, so a list may miss what another
operator is looking at just then.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from shared.messaging.carrier import connect
from shared.messaging.sealed import origin, publish_parking
from shared.messaging.topology import parked_queue, replay_key
from shared.runtime.errors import NotFound

MOST = 10_000


class NotParked(NotFound):
    """Tidak ada pesan terparkir dengan nomor ini. Lihat daftarnya, lalu coba lagi."""

    code = "not_parked"


@dataclass(frozen=True)
class Parked:
    """One parked message, never its body: `at` as in the fact, `size_bytes` of the sealed body.

    `version` and `at` are None when it could not be opened or the broker parked it itself.
    """

    id: str
    type: str
    version: int | None
    source: str
    at: str | None
    reason: str
    size_bytes: int


def list_parked(url: str, service: str) -> list[Parked]:
    """What is parked, oldest first, at most MOST. Raises carrier.AWAY."""
    with connect(url) as connection:
        return [_described(message) for _, message in _each(connection, service)]


def show(url: str, service: str, id: str) -> Parked:
    """The parked message `id`; NotParked."""
    for parked in list_parked(url, service):
        if parked.id == id:
            return parked
    raise NotParked("id")


def replay(url: str, service: str, id: str | None = None) -> int:
    """Give the message `id`, or all, back to the service's queue; how many. NotParked.

    It is published and confirmed before it is taken from here; the inbox knows a second copy.
    """

    def give_back(connection: Any, message: Any) -> None:
        headers = {"key": origin(message)}
        publish_parking(connection, message, replay_key(service), headers)

    return _take(url, service, id, give_back)


def drop(url: str, service: str, id: str) -> int:
    """Delete the message `id` for good; how many copies. NotParked."""
    return _take(url, service, id, lambda _connection, _message: None)


def _take(url: str, service: str, id: str | None, act: Callable[[Any, Any], None]) -> int:
    taken = 0
    with connect(url) as connection:
        for channel, message in _each(connection, service):
            if id is None or message.properties.get("message_id") == id:
                act(connection, message)
                channel.basic_ack(message.delivery_tag)
                taken += 1
    if id is not None and not taken:
        raise NotParked("id")
    return taken


def _each(connection: Any, service: str) -> Iterator[tuple[Any, Any]]:
    """Every parked message with its channel; what is not acknowledged goes back at the end."""
    with connection.channel() as channel:
        for _ in range(MOST):
            raw = channel.basic_get(parked_queue(service), no_ack=False)
            if raw is None:
                return
            yield channel, channel.message_to_python(raw)


def _described(message: Any) -> Parked:
    headers = message.headers or {}
    source, _, type = origin(message).partition(".")
    return Parked(
        id=str(message.properties.get("message_id")),
        type=type,
        version=headers.get("version"),
        source=source,
        at=headers.get("at"),
        reason=str(headers.get("reason") or headers.get("x-first-death-reason") or "unknown"),
        size_bytes=len(message.body),
    )
