"""What time alone makes triage do, and the numbers its operator watches."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from services.triage.actions.pacing import PEACE
from services.triage.actions.tick import tick
from services.triage.store.clocks import count_late
from services.triage.store.people import drop_expired_sessions
from services.triage.store.staff import drop_old_invitations
from services.triage.store.tries import drop_old_tries
from shared.service import Chore, House


def turn_time(house: House) -> int:
    """Let happen to running clocks what is due by now."""
    with house.transactions.begin() as tx:
        return tick(tx, house.rulebook)


def sweep_door(house: House) -> int:
    """Forget sessions and links that are over and failed sign-ins nobody followed up."""
    with house.transactions.begin() as tx:
        dropped = drop_expired_sessions(tx.connection, tx.now)
        dropped += drop_old_invitations(tx.connection, tx.now)
        return dropped + drop_old_tries(tx.connection, tx.now - PEACE)


def late_clocks(house: House) -> float:
    """Promises that are late now."""
    with house.database.read() as connection:
        return count_late(connection)


CHORES = (Chore("clocks", 15, turn_time), Chore("door", 600, sweep_door))
GAUGES: Mapping[str, Callable[[House], float]] = {"late_clocks": late_clocks}
