"""What each service's broker user may do: its own queues, facts only in its own name."""

from __future__ import annotations

import base64
import hashlib
import secrets
from collections.abc import Mapping

from shared.messaging import topology


def definitions(vhost: str, users: Mapping[str, tuple[str, str]]) -> dict[str, object]:
    """RabbitMQ's definitions: one virtual host, its exchanges, one user a service, its rights.

    `users` maps a service to its user's name and password. A user may tell facts and park only
    under keys of its own, declare and read only its own queues, and bind to them only the facts
    its contracts say it acts on. The exchanges are made here because no user may touch them.
    """
    may = {service: topology.permissions(service) for service in users}
    return {
        "vhosts": [{"name": vhost}],
        "users": [
            {
                "name": name,
                "password_hash": _hash(word),
                "hashing_algorithm": "rabbit_password_hashing_sha256",
                "tags": "",
            }
            for name, word in users.values()
        ],
        "permissions": [
            {
                "user": name,
                "vhost": vhost,
                "configure": may[service].configure,
                "write": may[service].write,
                "read": may[service].read,
            }
            for service, (name, _) in users.items()
        ],
        "topic_permissions": [
            {"user": name, "vhost": vhost, "exchange": exchange, "write": write, "read": read}
            for service, (name, _) in users.items()
            for exchange, (write, read) in may[service].topics.items()
        ],
        "exchanges": [
            {
                "name": exchange.name,
                "vhost": vhost,
                "type": exchange.type,
                "durable": True,
                "auto_delete": False,
                "internal": False,
                "arguments": {},
            }
            for exchange in (topology.FACTS, topology.PARKING)
        ],
    }


def _hash(word: str) -> str:
    """RabbitMQ's salted SHA-256: base64(salt ‖ SHA-256(salt ‖ password)), a salt of 4 bytes."""
    salt = secrets.token_bytes(4)
    return base64.b64encode(salt + hashlib.sha256(salt + word.encode()).digest()).decode()
