"""Reject a case as a false report: asked by one person with a reason, decided by another."""

from __future__ import annotations

from dataclasses import dataclass, replace

from services.triage.actions.move_case import StaleCase, Wish, facts_of, shift
from services.triage.actions.read_case import known_case
from services.triage.domain.lifecycle import move
from services.triage.domain.rerouting import NeedsAnother
from services.triage.store.cases import Case
from services.triage.store.moves import Moved
from services.triage.store.people import Person
from services.triage.store.rejections import (
    REJECTED,
    Rejection,
    add_rejection,
    end_rejection,
    last_rejection,
)
from shared.contracts.private import MoveReasoned
from shared.contracts.rejecting import FalseReportAsked, FalseReportEnded
from shared.messaging.tx import Tx
from shared.rulebook import Rulebook
from shared.runtime.errors import Conflict, Refused

CONFIRMED, REFUSED = "confirmed", "refused"


class NothingToReject(Conflict):
    """Tidak ada permintaan menolak yang menunggu, atau kasusnya sudah berubah. Muat ulang."""

    code = "nothing_to_reject"


class ReasonNeeded(Refused):
    """Tulis apa yang Anda periksa dan mengapa Anda memutuskan begitu."""

    code = "reason_needed"


@dataclass(frozen=True)
class Verdict:
    """The second person's word; `nth` is the wish their page showed."""

    nth: int
    confirms: bool
    reason: str


def ask_false_report(tx: Tx, rulebook: Rulebook, who: Person, number: str, wish: Wish) -> None:
    """Keep the wish; the case stays as it is and its clocks run on.

    The same conditions as for the move itself, but for the second person. Asked again before it is
    decided, the newer wish stands. Raises UnknownCase, StaleCase, IllegalMove, MoveNeeds.
    """
    one = known_case(tx, who, number)
    if one.version != wish.version:
        raise StaleCase("versi", who=one.changed_by or "–", state=one.state)
    known = facts_of(tx, rulebook, one, who, wish)
    move(one.state, REJECTED, who.role, replace(known, second_person=True))
    last = last_rejection(tx.connection, one.id)
    if last is not None and last.ended is None:
        end_rejection(tx.connection, last, ended=REFUSED, at=tx.at, by=who.name)
    nth = last.round + 1 if last else 1
    told = Rejection(
        one.id, nth, wish.reason.strip(), wish.where_else.strip(), one.version, tx.at, who.name
    )
    add_rejection(tx.connection, told)
    tx.record(FalseReportAsked(nth, told.reason), subject=one.id, by=who.name)


def end_false_report(
    tx: Tx, rulebook: Rulebook, who: Person, number: str, verdict: Verdict
) -> None:
    """Another person rejects the case, or refuses to; they must be allowed the move themselves.

    Raises UnknownCase, NothingToReject, NeedsAnother, ReasonNeeded, NotYourMove.
    """
    one = known_case(tx, who, number)
    asked = waiting(one, last_rejection(tx.connection, one.id))
    if asked is None or asked.round != verdict.nth:
        raise NothingToReject("putusan")
    if asked.asked_by == who.name:
        raise NeedsAnother("putusan")
    said = verdict.reason.strip()
    if not said:
        raise ReasonNeeded("alasan")
    if verdict.confirms:
        _reject(tx, rulebook, one, who, asked)
    ended = CONFIRMED if verdict.confirms else REFUSED
    end_rejection(tx.connection, asked, ended=ended, at=tx.at, by=who.name)
    told = FalseReportEnded(asked.round, said, verdict.confirms)
    tx.record(told, subject=one.id, by=who.name)


def waiting(one: Case, asked: Rejection | None) -> Rejection | None:
    """The wish, while it waits and the case is as it was when it was asked."""
    is_open = asked is not None and asked.ended is None and asked.version == one.version
    return asked if is_open else None


def _reject(tx: Tx, rulebook: Rulebook, one: Case, who: Person, asked: Rejection) -> None:
    wish = Wish(
        REJECTED, one.version, asked.reason, where_else=asked.where_else, is_false_report=True
    )
    known = facts_of(tx, rulebook, one, who, wish)
    move(one.state, REJECTED, who.role, replace(known, second_person=True))
    reason = f"{asked.reason}\n{asked.where_else}"
    shift(tx, rulebook, one, Moved(one.state, REJECTED, tx.at, who.name, reason=reason))
    tx.record(MoveReasoned(one.state, REJECTED, reason), subject=one.id, by=who.name)
