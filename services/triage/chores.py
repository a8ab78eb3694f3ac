"""What time alone makes triage do, and the numbers its operator watches."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from services.triage.actions.adopt_rulebook import Living, adopt_rulebook
from services.triage.actions.answer_name import end_overdue
from services.triage.actions.pacing import PEACE
from services.triage.actions.propose_rules import lapse_proposals
from services.triage.actions.recount import begin_recount, recount_some
from services.triage.actions.share_unit_keys import tell_due_keys
from services.triage.actions.tick import tick
from services.triage.actions.use_handover import drop_stale_handovers
from services.triage.domain.epochs import EPOCH_LASTS, need_of
from services.triage.store.clocks import count_late
from services.triage.store.passkeys import drop_old_challenges
from services.triage.store.people import drop_expired_sessions
from services.triage.store.recounts import newest_recount
from services.triage.store.staff import drop_old_invitations
from services.triage.store.tries import drop_old_tries
from services.triage.store.unit_keys import drop_past_wraps, standings
from shared.rulebook.carrying import bundled, note_of
from shared.rulebook.changes import marks
from shared.rulebook.loading import DATA
from shared.service import Chore, House


def turn_time(house: House) -> int:
    """Let happen to running clocks what is due by now."""
    with house.transactions.begin() as tx:
        return tick(tx, house.rulebook)


def sweep_door(house: House) -> int:
    """Forget sessions, links and challenges that are over, and failed sign-ins left alone."""
    with house.transactions.begin() as tx:
        dropped = drop_expired_sessions(tx.connection, tx.now)
        dropped += drop_old_invitations(tx.connection, tx.now)
        dropped += drop_old_challenges(tx.connection, tx.now)
        return dropped + drop_old_tries(tx.connection, tx.now - PEACE)


def end_name_requests(house: House) -> int:
    """End requests for a name that nobody answered, and delete names read long enough."""
    with house.transactions.begin() as tx:
        return end_overdue(tx, house.rulebook)


def look_after_keys(house: House) -> int:
    """Record which units need a new key, and forget wraps replaced a month ago."""
    with house.transactions.begin() as tx:
        drop_past_wraps(tx.connection, tx.now - EPOCH_LASTS)
        return tell_due_keys(tx)


def look_after_handovers(house: House) -> int:
    """Drop what was prepared for another unit and may be used no more."""
    with house.transactions.begin() as tx:
        return drop_stale_handovers(tx, house.rulebook)


def adopt_rules(house: House) -> int:
    """Record which rulebook this process began to live by, when it is another than before.

    Where the tables on disk were replaced meanwhile, the process that reads those will say so.
    """
    own = house.settings.rulebook
    folder = own or DATA
    rules = bundled(folder)
    if rules.version != house.rulebook.version:
        return 0
    reason = note_of(folder).get("reason", "") if own else ""
    now = Living(rules, marks(folder), own is None, reason)
    with house.transactions.begin() as tx:
        return adopt_rulebook(tx, now)


def end_proposals(house: House) -> int:
    """End proposals of other rules that nobody decided in time."""
    with house.transactions.begin() as tx:
        return lapse_proposals(tx)


def meet_calendar(house: House) -> int:
    """Record that this process counts by another calendar than the due dates stand by."""
    with house.transactions.begin() as tx:
        return begin_recount(tx, house.rulebook)


def recount(house: House) -> int:
    """Count a bounded number of cases again while the calendar of now is not through all."""
    for done in range(BATCHES):
        with house.transactions.begin() as tx:
            if not recount_some(tx, house.rulebook):
                return done
    return BATCHES


def uncounted_calendar(house: House) -> float:
    """1 while due dates do not all stand by this process's calendar, else 0."""
    with house.database.read() as connection:
        now = newest_recount(connection)
    is_done = now is not None and now.calendar == house.rulebook.calendar.digest and now.ended_at
    return 0.0 if is_done else 1.0


def due_unit_keys(house: House) -> float:
    """Units whose key is a month old, or is not held by exactly their members."""
    with house.database.read() as connection:
        return sum(bool(need_of(one, house.clock.now())) for one in standings(connection))


def late_clocks(house: House) -> float:
    """Promises that are late now."""
    with house.database.read() as connection:
        return count_late(connection)


# Once: a process of the old rules that still runs beside one of the new must not take them back.
ONCE = 10 * 365 * 86_400  # longer than any process lives, seconds

BATCHES = 20  # of 200 cases in one go: a million are through in a little over an hour

CHORES = (
    Chore("clocks", 15, turn_time),
    Chore("door", 600, sweep_door),
    Chore("keys", 600, look_after_keys),
    Chore("handovers", 600, look_after_handovers),
    Chore("names", 60, end_name_requests),
    Chore("rules", ONCE, adopt_rules),
    Chore("calendar", ONCE, meet_calendar),
    Chore("recount", 15, recount),
    Chore("proposals", 600, end_proposals),
)
GAUGES: Mapping[str, Callable[[House], float]] = {
    "late_clocks": late_clocks,
    "due_unit_keys": due_unit_keys,
    "uncounted_calendar": uncounted_calendar,
}
