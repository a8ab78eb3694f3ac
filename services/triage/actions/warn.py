"""Say that half, or most, of a clock's time is used up."""

from __future__ import annotations

from services.triage.actions.call_desk import call_desk, holder_of
from services.triage.domain.clocks import REPORTER
from services.triage.domain.stages import NAMES
from services.triage.store.cases import Case
from services.triage.store.escalations import SUPERVISOR, clear_people
from services.triage.store.people import READERS
from shared.contracts.promises import ClockWarned, ReporterReminded
from shared.messaging.tx import Tx
from shared.rulebook.clocks import ClockRule


def warn(tx: Tx, rule: ClockRule, one: Case, stage: int) -> None:
    """The reporter is reminded of what we wait for; the holder is warned of what is promised."""
    used = NAMES[stage]
    if rule.holder == REPORTER:
        tx.record(ReporterReminded(rule.code, used), subject=one.id)
        return
    tx.record(ClockWarned(rule.code, used), subject=one.id)
    people = holder_of(tx, one) or clear_people(
        tx.connection, one.id, one.unit, (*READERS, SUPERVISOR)
    )
    call_desk(tx, one, unit=one.unit, people=people, why=used)
