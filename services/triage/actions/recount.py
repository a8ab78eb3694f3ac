"""Count the due dates again when the calendar of working days is another than before (ADR 30)."""

from __future__ import annotations

from services.triage.actions.recompute_due import BATCH, recompute_due
from services.triage.store.recounts import Recount, add_recount, go_on, newest_recount
from shared.contracts.rules import CalendarChanged
from shared.messaging.tx import Tx
from shared.rulebook import Rulebook


def begin_recount(tx: Tx, rulebook: Rulebook) -> bool:
    """True when the due dates stand by another calendar than `rulebook`'s, and nobody said so."""
    last, found = newest_recount(tx.connection), rulebook.calendar.digest
    if last is not None and last.calendar == found:
        return False
    number = last.number + 1 if last else 1
    if not add_recount(tx.connection, Recount(number, found, tx.at)):
        return False
    tx.record(CalendarChanged(found, last.calendar if last else ""))
    return True


def recount_some(tx: Tx, rulebook: Rulebook, most: int = BATCH) -> bool:
    """Count the next `most` cases again, a fact for each date that moves; False when all are done.

    Only a process that itself lives by the newest calendar counts.
    """
    now = newest_recount(tx.connection, holding=True)
    if now is None or now.ended_at is not None or now.calendar != rulebook.calendar.digest:
        return False
    reason = f"Kalender hari kerja berubah (kalender {now.calendar}, aturan {rulebook.version})"
    after, _ = recompute_due(tx, rulebook, reason, after=now.after, most=most)
    go_on(tx.connection, now.number, after, None if after else tx.at)
    return bool(after)
