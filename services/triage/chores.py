"""What time alone makes triage do, and the numbers its operator watches."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from services.triage.actions.breach import breach
from services.triage.actions.sign_in import PEACE
from services.triage.store.clocks import count_late
from services.triage.store.people import drop_expired_sessions
from services.triage.store.tries import drop_old_tries
from shared.service import Chore, House


def find_breaches(house: House) -> int:
    """Record every promise that was missed since the last look."""
    with house.transactions.begin() as tx:
        return breach(tx, house.rulebook)


def sweep_door(house: House) -> int:
    """Forget sessions that are over and failed sign-ins nobody followed up."""
    with house.transactions.begin() as tx:
        dropped = drop_expired_sessions(tx.connection, tx.now)
        return dropped + drop_old_tries(tx.connection, tx.now - PEACE)


def late_clocks(house: House) -> float:
    """Promises that are late now."""
    with house.database.read() as connection:
        return count_late(connection)


CHORES = (Chore("breaches", 15, find_breaches), Chore("door", 600, sweep_door))
GAUGES: Mapping[str, Callable[[House], float]] = {"late_clocks": late_clocks}
