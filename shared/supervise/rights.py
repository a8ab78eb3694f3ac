"""What each service's broker user may do: its own queues, facts only in its own name."""

from __future__ import annotations

import base64
import hashlib
import secrets
from collections.abc import Mapping

_EXCHANGE = "facts"


def definitions(vhost: str, users: Mapping[str, tuple[str, str]]) -> dict[str, object]:
    """RabbitMQ's definitions: one virtual host, one user a service, its rights.

    `users` maps a service to its user's name and password. A user may declare, write and read the
    exchanges and its own queues, and publish only with routing keys `<service>.<fact type>`.
    """
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
            {"user": name, "vhost": vhost, **dict.fromkeys(_RIGHTS, _resources(service))}
            for service, (name, _) in users.items()
        ],
        "topic_permissions": [
            {
                "user": name,
                "vhost": vhost,
                "exchange": _EXCHANGE,
                "write": rf"^{service}\.",
                "read": ".*",
            }
            for service, (name, _) in users.items()
        ],
    }


_RIGHTS = ("configure", "write", "read")


def _resources(service: str) -> str:
    return rf"^({_EXCHANGE}|parking|{service}\..*)$"


def _hash(word: str) -> str:
    """RabbitMQ's salted SHA-256: base64(salt ‖ SHA-256(salt ‖ password)), a salt of 4 bytes."""
    salt = secrets.token_bytes(4)
    return base64.b64encode(salt + hashlib.sha256(salt + word.encode()).digest()).decode()
