"""What time alone makes triage do, and the numbers its operator watches."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from services.triage.actions.breach import breach
from services.triage.store.clocks import count_late
from services.triage.store.people import drop_expired_sessions
from shared.service import Chore, House


def find_breaches(house: House) -> int:
    """Record every promise that was missed since the last look."""
    with house.transactions.begin() as tx:
        return breach(tx, house.rulebook)


def end_sessions(house: House) -> int:
    """Forget sessions that are over."""
    with house.transactions.begin() as tx:
        return drop_expired_sessions(tx.connection, tx.now)


def late_clocks(house: House) -> float:
    """Promises that are late now."""
    with house.database.read() as connection:
        return count_late(connection)


CHORES = (Chore("breaches", 15, find_breaches), Chore("sessions", 600, end_sessions))
GAUGES: Mapping[str, Callable[[House], float]] = {"late_clocks": late_clocks}
