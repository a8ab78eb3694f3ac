"""Put what happens to a case where its reporter finds it: steps, dates, letters."""

from __future__ import annotations

import hashlib
from typing import Any

from services.complaints import store
from services.complaints.domain.deeds import (
    CONFIRMED,
    MAIN_MOVED,
    NAME_ASKED,
    OVERRIDDEN,
    RECOMPUTED,
    REFUSED,
    REROUTED,
)
from shared.contracts import Fact
from shared.contracts.facts import (
    CaseMoved,
    CaseOpened,
    CaseRouted,
    ClockBreached,
    LetterWritten,
    Promise,
)
from shared.contracts.merging import MainCaseMoved
from shared.contracts.names import NameAnswered, NameAsked
from shared.contracts.promises import ClockRecomputed
from shared.contracts.reporting import WithdrawalDecided
from shared.contracts.rerouting import CaseRerouted
from shared.messaging.tx import Tx
from shared.runtime.errors import NotFound


class UnknownCase(NotFound):
    """Laporan ini tidak ada di sini. Periksa dari layanan mana pesan ini datang."""

    code = "unknown_case"


def follow_opened(tx: Tx, fact: Fact, opened: CaseOpened) -> None:
    """Triage has the complaint: the first step, and which kind of unit handles it."""
    case = _case(fact)
    if not store.move_complaint(tx.connection, case, unit=opened.unit, desk=opened.desk):
        raise UnknownCase("subject")
    _add_step(tx, fact, opened.promises, state=opened.state)


def follow_routed(tx: Tx, fact: Fact, routed: CaseRouted) -> None:
    """Another unit has the case: replies are sealed to it from now on."""
    if not store.move_complaint(tx.connection, _case(fact), unit=routed.unit, desk=routed.desk):
        raise UnknownCase("subject")


def follow_rerouted(tx: Tx, fact: Fact, rerouted: CaseRerouted) -> None:
    """Another unit has the case, perhaps one the reporter had named: that is told."""
    _must_stand(tx, fact)
    event = OVERRIDDEN if rerouted.is_override else REROUTED
    _add_step(tx, fact, [], event=event, told={"desk": rerouted.desk})


def follow_moved(tx: Tx, fact: Fact, moved: CaseMoved) -> None:
    """The case changed its state."""
    _must_stand(tx, fact)
    _add_step(tx, fact, moved.promises, state=moved.to_state)


def follow_main(tx: Tx, fact: Fact, moved: MainCaseMoved) -> None:
    """The complaint is worked together with another: what has become of that work."""
    _must_stand(tx, fact)
    _add_step(tx, fact, moved.promises, event=MAIN_MOVED, told={"state": moved.state})


def follow_breach(tx: Tx, fact: Fact, breached: ClockBreached) -> None:
    """A promise was missed: the reporter sees it, with the new date."""
    _must_stand(tx, fact)
    promised = [Promise(breached.clock, breached.new_on)]
    _add_step(tx, fact, promised, is_late=True, missed_on=breached.promised_on)


def follow_recomputed(tx: Tx, fact: Fact, recomputed: ClockRecomputed) -> None:
    """The calendar changed: the reporter sees the new date."""
    _must_stand(tx, fact)
    promised = [Promise(recomputed.clock, recomputed.new_on)]
    _add_step(tx, fact, promised, event=RECOMPUTED, told={"was_on": recomputed.was_on.isoformat()})


def follow_decided(tx: Tx, fact: Fact, decided: WithdrawalDecided) -> None:
    """A supervisor has decided on a withdrawal; when confirmed, the last step comes as a move."""
    _must_stand(tx, fact)
    event = CONFIRMED if decided.is_confirmed else REFUSED
    _add_step(tx, fact, [], event=event, told={"round": decided.round})


def follow_name_asked(tx: Tx, fact: Fact, asked: NameAsked) -> None:
    """A unit asks for the reporter's name: for what, by which basis, of whom."""
    _must_stand(tx, fact)
    told = {**_why(asked), "until": asked.due_on.isoformat()}
    _add_step(tx, fact, [], event=NAME_ASKED, told=told)


def follow_name_answered(tx: Tx, fact: Fact, answered: NameAnswered) -> None:
    """What became of it: opened and until when, refused, or over."""
    _must_stand(tx, fact)
    until = {"until": answered.until.isoformat()} if answered.until else {}
    told = {**_why(answered), **until}
    _add_step(tx, fact, [], event=f"name_{answered.answer}", told=told)


def _why(of: NameAsked | NameAnswered) -> dict[str, str]:
    return {"purpose": of.purpose, "basis": of.basis, "desk": of.desk, "keeper": of.keeper}


def follow_letter(tx: Tx, fact: Fact, written: LetterWritten) -> None:
    """The desk wrote: the sealed letter goes into the mailbox."""
    _must_stand(tx, fact)
    envelope = fact.parts["envelope"]
    store.add_letter(
        tx.connection,
        {
            "case": _case(fact),
            "direction": "out",
            "seq": written.seq,
            "day": fact.at.date(),
            "digest": hashlib.sha256(envelope).digest(),
            "envelope": envelope,
        },
    )


def _add_step(tx: Tx, fact: Fact, promises: list[Promise], **step: Any) -> None:
    promised = [{"clock": p.clock, "due_on": p.due_on.isoformat()} for p in promises]
    store.add_progress(tx.connection, _case(fact), fact.at.date(), promised=promised, **step)


def _must_stand(tx: Tx, fact: Fact) -> None:
    if store.complaint_by_case(tx.connection, _case(fact)) is None:
        raise UnknownCase("subject")


def _case(fact: Fact) -> str:
    if fact.subject is None:
        raise UnknownCase("subject")
    return fact.subject
