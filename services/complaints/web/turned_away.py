"""How many were turned away, carried to a table where the operator's numbers are read."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping

from flask import Blueprint, Response
from sqlalchemy.exc import SQLAlchemyError

from services.complaints.store.tally import add_to_tally
from shared.runtime.database import Database

EVERY_SECONDS = 10.0
Counts = Mapping[str, Callable[[], int]]


class TurnedAway:
    """One process's counts, told by those who turn away; the table has the sum of all processes.

    A name and a total are kept, nothing of whom or when.
    """

    def __init__(
        self, database: Database, counts: Counts, *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._database, self._counts, self._clock = database, counts, clock
        self._carried = dict.fromkeys(counts, 0)
        self._lock, self._carried_at = threading.Lock(), clock()

    def carry(self) -> None:
        """Add what is new, at most every ten seconds; a database that is away gets it later."""
        with self._lock:
            if self._clock() - self._carried_at < EVERY_SECONDS:
                return
            self._carried_at = self._clock()
            told = {name: count() for name, count in self._counts.items()}
            new = {name: told[name] - self._carried[name] for name in told}
            new = {name: count for name, count in new.items() if count}
            if not new:
                return
            try:
                with self._database.begin() as connection:
                    add_to_tally(connection, new)
            except SQLAlchemyError:
                return
            self._carried = told


def turned_away_pages(turned_away: TurnedAway) -> Blueprint:
    """No page of its own: it rides on the answers of all."""
    pages = Blueprint("turned_away", __name__)

    @pages.after_app_request
    def carry(answer: Response) -> Response:
        turned_away.carry()
        return answer

    return pages
