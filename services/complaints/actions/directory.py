"""Whom a sender seals to: the units' current keys and the lists to choose from."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from services.complaints import store
from services.complaints.domain.filing import UnitKey
from shared.runtime.clock import Clock
from shared.runtime.database import Database

STALE_AFTER = timedelta(seconds=5)


class UnitKeys:
    """Every unit's current key, kept in memory for at most five seconds."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._kept: tuple[datetime, Mapping[str, UnitKey]] | None = None

    def current(self) -> Mapping[str, UnitKey]:
        """By unit id; read again when what is kept has grown old or holds nothing."""
        now, kept = self._clock.now(), self._kept
        if kept and kept[1] and timedelta() <= now - kept[0] < STALE_AFTER:
            return kept[1]
        return self.fresh()

    def fresh(self) -> Mapping[str, UnitKey]:
        """As the database has it this instant."""
        with self._database.read() as connection:
            rows = store.current_unit_keys(connection)
        keys = {row.unit: UnitKey(row.epoch, row.recipient) for row in rows}
        self._kept = (self._clock.now(), keys)
        return keys
