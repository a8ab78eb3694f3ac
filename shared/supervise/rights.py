"""What a service's broker user may do: its own queues, facts only in its own name."""

from __future__ import annotations

EXCHANGE = "facts"


def resources(service: str) -> str:
    """The exchanges and queues it may declare, write and read, as RabbitMQ's regular expression."""
    return rf"^({EXCHANGE}|parking|{service}\..*)$"


def writes(service: str) -> str:
    """The routing keys it may publish with: `<service>.<fact type>`."""
    return rf"^{service}\."


READS = ".*"
