"""Remind whoever holds a case, at most once a day."""

from __future__ import annotations

from datetime import UTC, datetime, time

from services.triage.actions.call_desk import call_desk, holder_of
from services.triage.actions.read_case import known_case
from services.triage.store.cases import Case
from services.triage.store.excuses import was_reminded
from services.triage.store.people import Person
from shared.contracts.promises import HolderReminded
from shared.messaging.tx import Tx
from shared.rulebook.regions import zone_info
from shared.runtime.errors import Conflict


class NobodyHolds(Conflict):
    """Kasus ini belum ada pemegangnya. Tugaskan dulu kepada seorang penyidik."""

    code = "nobody_holds"


class RemindedToday(Conflict):
    """Pemegang kasus ini sudah diingatkan hari ini. Besok dapat diingatkan lagi."""

    code = "reminded_today"


def remind_holder(tx: Tx, who: Person, number: str) -> None:
    """A notice to the holder; raises UnknownCase, NobodyHolds, RemindedToday."""
    one = known_case(tx, who, number)
    holder = holder_of(tx, one)
    if not holder:
        raise NobodyHolds("ingatkan")
    if was_reminded(tx.connection, one.id, today_of(one, tx.at)):
        raise RemindedToday("ingatkan")
    tx.record(HolderReminded(holder[0]), subject=one.id, by=who.name)
    call_desk(tx, one, unit=one.unit, people=holder, why="reminder")


def today_of(one: Case, at: datetime) -> datetime:
    """Midnight where the case is."""
    zone = zone_info(one.zone)
    return datetime.combine(at.astimezone(zone).date(), time(), zone).astimezone(UTC)
