"""Send a case to another unit; against the reporter's wish only by two people, and told."""

from __future__ import annotations

from dataclasses import dataclass, replace

from services.triage.actions.call_desk import announce
from services.triage.actions.escalate import change_line
from services.triage.actions.move_case import StaleCase
from services.triage.actions.read_case import known_case
from services.triage.actions.use_handover import ready_for, settle_handover
from services.triage.domain.rerouting import (
    OVERRIDE,
    NeedsAnother,
    NotReroutable,
    UnitInConflict,
    option_of,
)
from services.triage.domain.states import STATES
from services.triage.store.cases import Case, change_case
from services.triage.store.merges import followers_of
from services.triage.store.people import Person
from services.triage.store.reroutes import (
    Override,
    add_override,
    end_override,
    last_override,
    open_options,
    set_candidates,
)
from shared.contracts.facts import CaseRouted
from shared.contracts.rerouting import CaseRerouted, OverrideAsked, OverrideEnded, RerouteReasoned
from shared.messaging.tx import Tx
from shared.rulebook import Rulebook
from shared.runtime.errors import Conflict, Refused

REROUTED, OVERRIDDEN = "rerouted", "exclusion_overridden"
CONFIRMED, REFUSED = "confirmed", "refused"


class WhyMissing(Refused):
    """Tulis alasannya: mengapa unit itu, dan mengapa sekarang."""

    code = "why_missing"


class NothingToConfirm(Conflict):
    """Tidak ada permintaan yang menunggu persetujuan di kasus ini. Muat ulang halaman kasus."""

    code = "nothing_to_confirm"


@dataclass(frozen=True)
class Reroute:
    """The unit that shall get the case, why, and the version the page showed."""

    unit: str
    reason: str
    version: int


def reroute(tx: Tx, rulebook: Rulebook, who: Person, number: str, wish: Reroute) -> bool:
    """Send the case to a unit without conflict at once (True); where the reporter excluded the
    unit, keep the wish until another person confirms it (False).

    The clocks run on: what was promised is not taken back. Raises UnknownCase, StaleCase,
    NotReroutable, UnitInConflict, WhyMissing.
    """
    one = _open_case(tx, who, number, wish.version)
    found = option_of(open_options(tx.connection, rulebook, one), wish.unit)
    reason = wish.reason.strip()
    if not reason:
        raise WhyMissing("alasan")
    if found.way == OVERRIDE:
        _ask(tx, one, who, wish.unit, reason)
        return False
    tx.record(RerouteReasoned(wish.unit, reason), subject=one.id, by=who.name)
    _hand_over(tx, rulebook, one, who, wish.unit, is_override=False)
    return True


def end_wish(
    tx: Tx, rulebook: Rulebook, who: Person, number: str, *, confirms: bool, wish: Reroute
) -> None:
    """The second person's word on a waiting override. Raises UnknownCase, StaleCase,
    NothingToConfirm, NeedsAnother, NotReroutable, UnitInConflict, WhyMissing."""
    one = _open_case(tx, who, number, wish.version)
    asked = last_override(tx.connection, one.id)
    if asked is None or asked.ended is not None or asked.unit != wish.unit:
        raise NothingToConfirm("putusan")
    if asked.asked_by == who.name:
        raise NeedsAnother("putusan")
    reason = wish.reason.strip()
    if not reason:
        raise WhyMissing("alasan")
    ended = CONFIRMED if confirms else REFUSED
    if (
        confirms
        and option_of(open_options(tx.connection, rulebook, one), asked.unit).way != OVERRIDE
    ):
        raise UnitInConflict("putusan")
    end_override(tx.connection, asked, ended=ended, at=tx.at, by=who.name)
    tx.record(OverrideEnded(asked.unit, reason, confirms), subject=one.id, by=who.name)
    if confirms:
        _hand_over(tx, rulebook, one, who, asked.unit, is_override=True)


def _open_case(tx: Tx, who: Person, number: str, version: int) -> Case:
    one = known_case(tx, who, number)
    if one.version != version:
        raise StaleCase("versi", who=one.changed_by or "–", state=one.state)
    if not STATES[one.state].is_open or followers_of(tx.connection, one.id):
        raise NotReroutable("unit")
    return one


def _ask(tx: Tx, one: Case, who: Person, unit: str, reason: str) -> None:
    last = last_override(tx.connection, one.id)
    if last is not None and last.ended is None:
        if last.unit == unit:
            return
        end_override(tx.connection, last, ended=REFUSED, at=tx.at, by=who.name)
    nth = last.round + 1 if last else 1
    add_override(tx.connection, Override(one.id, nth, unit, reason, tx.at, who.name))
    tx.record(OverrideAsked(unit, reason), subject=one.id, by=who.name)


def _hand_over(
    tx: Tx, rulebook: Rulebook, one: Case, who: Person, unit: str, *, is_override: bool
) -> None:
    """From here on the old unit sees nothing of it, and the new one all but the sealed story: that
    too where the old unit prepared it."""
    fault = ready_for(tx, rulebook, one, unit)
    found = open_options(tx.connection, rulebook, one)
    excluded = {o.unit: o.reason for o in found if o.is_conflict and o.unit != unit}
    reason = OVERRIDDEN if is_override else REROUTED
    count = set_candidates(tx.connection, one.id, chosen=unit, reason=reason, excluded=excluded)
    changed = {"unit": unit, "holder": None, "changed_by": who.name}
    if not change_case(tx.connection, one, route_reason=reason, excluded=count, **changed):
        raise StaleCase("versi", who="–", state=one.state)
    kind = rulebook.units.unit(unit).kind
    tx.record(CaseRouted(unit, kind, count, reason), subject=one.id, by=who.name)
    tx.record(CaseRerouted(kind, is_override), subject=one.id, by=who.name)
    settle_handover(tx, one, who, unit, fault)
    change_line(tx, rulebook, replace(one, unit=unit))
    announce(tx, one, unit)
