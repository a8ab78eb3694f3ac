"""How many drafts are begun: at a pace, and never more than the ceiling lie here at once."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from services.complaints.store.drafts import count_drafts
from services.complaints.web.intake import BeginningBusy, Intake

# Between two counts a process adds its own; several processes together may be over the ceiling by
# what they begin meanwhile.
_COUNTED_EVERY_SECONDS = 10.0
_AGAIN_SECONDS = 600


class Beginning:
    """The way in to a new draft, for one process."""

    def __init__(self, intake: Intake, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._intake, self._clock = intake, clock
        self._most: int = intake.house.settings.most_drafts
        self._lock, self._known, self._counted_at = threading.Lock(), 0, -_COUNTED_EVERY_SECONDS

    def admit(self) -> None:
        """One more; raises BeginningBusy when the ceiling is reached or the pace does not allow it.

        Drafts that lie here are not touched for a new one.
        """
        with self._lock:
            if self._clock() - self._counted_at >= _COUNTED_EVERY_SECONDS:
                with self._intake.house.database.read() as connection:
                    self._known, self._counted_at = count_drafts(connection), self._clock()
            if self._known >= self._most:
                raise BeginningBusy(seconds=_AGAIN_SECONDS)
            self._known += 1
        self._intake.beginning.spend()
