"""How fast a name may be tried: slowed, never locked."""

from __future__ import annotations

import hashlib
from datetime import timedelta

from services.triage.store.tries import count_failure, forget_failures, tries_of
from shared.messaging.tx import Tx
from shared.runtime.errors import TooMany

# Five tries at once, then 1, 2, 4 … 30 seconds apart, until an hour of peace.
FREE_TRIES = 5
LONGEST_WAIT_SECONDS = 30
PEACE = timedelta(hours=1)


class TooSoon(TooMany):
    """Terlalu banyak percobaan masuk. Tunggu %(seconds)s detik, lalu coba lagi."""

    code = "too_soon"


class Pace:
    """The tries of one key (a name, or what stands for it), held until the transaction ends."""

    def __init__(self, tx: Tx, key: str, *, longest_seconds: int = LONGEST_WAIT_SECONDS) -> None:
        self._tx = tx
        self._hash = hashlib.sha256(key.encode()).digest()
        tries = tries_of(tx.connection, self._hash, tx.now)
        self.failures = 0 if tx.now - tries.last_at > PEACE else tries.failures
        waits = 0
        if self.failures >= FREE_TRIES:
            waits = min(2 ** min(self.failures - FREE_TRIES, 9), longest_seconds)
        self._left = tries.last_at + timedelta(seconds=waits) - tx.now

    @property
    def is_too_soon(self) -> bool:
        """Whether the next try has to wait."""
        return self.failures >= FREE_TRIES and self._left > timedelta(0)

    @property
    def wait_seconds(self) -> int:
        """Whole seconds until the next try counts."""
        return int(self._left.total_seconds()) + 1

    def check(self, field: str) -> None:
        """Raises TooSoon."""
        if self.is_too_soon:
            raise TooSoon(field, seconds=self.wait_seconds)

    def failed(self) -> None:
        """This try failed too."""
        count_failure(self._tx.connection, self._hash, self.failures + 1, self._tx.now)

    def passed(self) -> None:
        """The person proved who they are."""
        forget_failures(self._tx.connection, self._hash)
