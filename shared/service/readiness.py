"""What must hold before a service can do its whole work."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from shared.messaging import carrier
from shared.runtime.migrate import is_current
from shared.service.declaration import House, Service


def readiness(service: Service, house: House) -> dict[str, Callable[[], bool]]:
    """The checks behind /health/ready: the database, migrated, and the broker."""
    current: list[bool] = []

    def is_migrated() -> bool:
        # Asked until it holds once: a schema does not go back under a running process.
        if not current and is_current(service.migrations, house.database):
            current.append(True)
        return bool(current)

    def database_answers() -> bool:
        return house.database.answers() and is_migrated()

    def broker_answers() -> bool:
        return carrier_answers(house.settings.carrier_url)

    return {"database": database_answers, "broker": broker_answers}


def carrier_answers(url: str) -> bool:
    """Whether the broker, or the file in its place, can be reached."""
    with suppress(*carrier.AWAY), carrier.connect(url):
        return True
    return False
