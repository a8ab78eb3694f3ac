"""Confirm or refuse a withdrawal: a supervisor's decision, after looking for coercion."""

from __future__ import annotations

from dataclasses import dataclass, replace

from services.triage.actions.merge_case import part_followers
from services.triage.actions.move_case import StaleCase, history_facts, shift
from services.triage.actions.read_case import known_case
from services.triage.domain.lifecycle import move
from services.triage.store.cases import Case
from services.triage.store.merges import end_merge, merge_of
from services.triage.store.moves import Moved, moves_of
from services.triage.store.people import Person
from services.triage.store.reporting import Withdrawal, end_withdrawal, last_withdrawal
from shared.contracts.merging import MergeUndone
from shared.contracts.private import MoveReasoned
from shared.contracts.reporting import WithdrawalDecided
from shared.messaging.tx import Tx
from shared.rulebook import Rulebook
from shared.runtime.errors import Conflict, Refused

WITHDRAWN = "withdrawn"


class NothingAsked(Conflict):
    """Tidak ada permintaan mencabut yang menunggu di kasus ini. Muat ulang halaman kasus."""

    code = "nothing_asked"


class ReasonMissing(Refused):
    """Tulis apa yang sudah diperiksa dan mengapa Anda memutuskan begitu."""

    code = "reason_missing"


@dataclass(frozen=True)
class Decision:
    """`version` is the case's as the page showed it, `nth` the withdrawal's."""

    version: int
    nth: int
    confirms: bool
    is_checked: bool
    reason: str


def decide_withdrawal(
    tx: Tx, rulebook: Rulebook, who: Person, number: str, decision: Decision
) -> None:
    """End the waiting withdrawal; confirmed, the case closes with the outcome `withdrawn`. Where it
    is worked with others, only this part goes: they run on.

    The same decision again changes nothing. Raises UnknownCase, NothingAsked, StaleCase,
    ReasonMissing, NotYourMove, MoveNeeds (coercion was not looked for).
    """
    one = known_case(tx, who, number)
    asked = last_withdrawal(tx.connection, one.id)
    ended = "confirmed" if decision.confirms else "refused"
    if asked is None or asked.round != decision.nth:
        raise NothingAsked("putusan")
    if (asked.ended, asked.by) == (ended, who.name):
        return
    if asked.ended is not None:
        raise NothingAsked("putusan")
    if one.version != decision.version:
        raise StaleCase("versi", who=one.changed_by or "–", state=one.state)
    reason = decision.reason.strip()
    if not reason:
        raise ReasonMissing("alasan")
    if decision.confirms:
        _close(tx, rulebook, one, who, decision)
    _end(tx, asked, ended=ended, who=who, reason=reason)


def _close(tx: Tx, rulebook: Rulebook, one: Case, who: Person, decision: Decision) -> None:
    known = replace(
        history_facts(rulebook, one, moves_of(tx.connection, one.id)),
        outcome=WITHDRAWN,
        is_withdrawal=True,
        is_checked_for_coercion=decision.is_checked,
    )
    move(one.state, "closed", who.role, known)
    part_followers(tx, rulebook, one, who.name)
    reason = decision.reason.strip()
    moved = Moved(one.state, "closed", tx.at, who.name, WITHDRAWN, (), reason)
    shift(tx, rulebook, one, moved, holder=one.holder)
    tx.record(MoveReasoned(one.state, "closed", reason), subject=one.id, by=who.name)
    merge = merge_of(tx.connection, one.id)
    if merge is not None:
        end_merge(tx.connection, merge, tx.at, who.name)
        tx.record(MergeUndone(merge.main, reason), subject=one.id, by=who.name)


def _end(tx: Tx, asked: Withdrawal, *, ended: str, who: Person, reason: str) -> None:
    end_withdrawal(tx.connection, asked, ended=ended, at=tx.at, by=who.name, reason=reason)
    told = WithdrawalDecided(asked.round, ended == "confirmed")
    tx.record(told, subject=asked.case, by=who.name)
