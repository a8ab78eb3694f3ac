"""The embedded carrier's tables: exchanges, queues, bindings and messages in one SQLite file."""

from __future__ import annotations

import re
from typing import Any

import sqlalchemy as sa
from kombu.transport.virtual.exchange import TopicExchange
from sqlalchemy.engine import Connection

from shared.runtime.database import BigKey, Database, JsonText, insert_once, new_metadata

metadata = new_metadata()
exchange_table = sa.Table("exchange", metadata, sa.Column("name", sa.String, primary_key=True))
binding_table = sa.Table(
    "binding",
    metadata,
    sa.Column("exchange", sa.String, primary_key=True),
    sa.Column("key", sa.String, primary_key=True),
    sa.Column("queue", sa.String, primary_key=True),
)
queue_table = sa.Table(
    "queue",
    metadata,
    sa.Column("name", sa.String, primary_key=True),
    sa.Column("arguments", JsonText, nullable=False),
)
message_table = sa.Table(
    "message",
    metadata,
    sa.Column("position", BigKey, primary_key=True, autoincrement=True),
    sa.Column("queue", sa.String, nullable=False),
    sa.Column("envelope", JsonText, nullable=False),
    sa.Column("body", sa.LargeBinary, nullable=False),
    sa.Column("visible_at", sa.Float, nullable=False),
    sa.Column("deliveries", sa.Integer, nullable=False),
    sa.Column("holder", sa.String),
    sa.Index("ix_message_queue", "queue", "position"),
    sa.Index("ix_message_holder", "holder"),
    sqlite_autoincrement=True,
)


class Routes:
    """Exchanges, queues and bindings; persisted, so that every process sees the same."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def declare_exchange(self, name: str) -> None:
        """Make a topic exchange unless it stands."""
        with self._database.begin() as connection:
            insert_once(connection, exchange_table, {"name": name})

    def has_exchange(self, name: str) -> bool:
        """Whether the exchange stands."""
        return self._stands(sa.select(exchange_table).where(exchange_table.c.name == name))

    def declare_queue(self, name: str, arguments: dict[str, Any]) -> None:
        """Make a queue unless it stands; of its arguments the dead-letter ones are heeded."""
        with self._database.begin() as connection:
            insert_once(connection, queue_table, {"name": name, "arguments": arguments})

    def has_queue(self, name: str) -> bool:
        """Whether the queue stands."""
        return self._stands(sa.select(queue_table).where(queue_table.c.name == name))

    def bind(self, queue: str, exchange: str, key: str) -> None:
        """Lead what `exchange` gets under `key` (`*` a word, `#` any) to `queue`."""
        with self._database.begin() as connection:
            insert_once(
                connection, binding_table, {"exchange": exchange, "key": key, "queue": queue}
            )

    def delete_queue(self, name: str) -> None:
        """Remove a queue, its bindings and its messages."""
        with self._database.begin() as connection:
            for table in (binding_table, message_table):
                connection.execute(sa.delete(table).where(table.c.queue == name))
            connection.execute(sa.delete(queue_table).where(queue_table.c.name == name))

    def _stands(self, query: sa.Select[Any]) -> bool:
        with self._database.read() as connection:
            return connection.execute(query).first() is not None


def arguments_of(connection: Connection, queue: str) -> dict[str, Any]:
    """The arguments a queue was declared with."""
    found = sa.select(queue_table.c.arguments).where(queue_table.c.name == queue)
    return connection.execute(found).scalar_one_or_none() or {}


def route(connection: Connection, exchange: str, key: str) -> list[str]:
    """The queues a message goes to; the empty exchange leads straight to the queue `key`."""
    if not exchange:
        found = connection.execute(sa.select(queue_table.c.name).where(queue_table.c.name == key))
        return list(found.scalars())
    bound = sa.select(binding_table).where(binding_table.c.exchange == exchange)
    return sorted({row.queue for row in connection.execute(bound) if _matches(row.key, key)})


def addressed(
    queues: list[str], exchange: str, key: str, envelope: dict[str, Any], body: bytes
) -> list[dict[str, Any]]:
    """A row of the message table for each queue."""
    way = {"exchange": exchange, "routing_key": key}
    envelope = envelope | {"properties": envelope["properties"] | {"delivery_info": way}}
    fresh = {"envelope": envelope, "body": body, "visible_at": 0.0, "deliveries": 0}
    return [fresh | {"queue": queue} for queue in queues]


def _matches(pattern: str, key: str) -> bool:
    return re.match(TopicExchange(None).key_to_pattern(pattern), key) is not None
