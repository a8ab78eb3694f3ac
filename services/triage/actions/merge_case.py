"""Put a case to a main one, and part them again: people decide, both mailboxes stay."""

from __future__ import annotations

from dataclasses import dataclass, replace

from services.triage.actions.move_case import StaleCase, history_facts, shift
from services.triage.actions.read_case import known_case
from services.triage.actions.turn_clocks import promises
from services.triage.domain.lifecycle import move
from services.triage.domain.merging import NotTheMainCase, Side, check_merge, undo_until
from services.triage.store.cases import Case, case_by_id, find_case
from services.triage.store.clocks import clocks_of
from services.triage.store.merges import (
    add_merge,
    end_merge,
    excluded_from,
    followers_of,
    merge_of,
)
from services.triage.store.moves import Moved, moves_of
from services.triage.store.people import Person
from shared.contracts.merging import CaseMerged, MainCaseMoved, MergeUndone
from shared.messaging.tx import Tx
from shared.rulebook import Rulebook
from shared.runtime.errors import Conflict

MERGED = "merged"


class NotMerged(Conflict):
    """Kasus ini tidak sedang digabung. Muat ulang halaman kasus."""

    code = "not_merged"


@dataclass(frozen=True)
class Merger:
    """What the page says: the main case's number, why, and the version it showed."""

    main: str
    reason: str
    version: int


def merge_case(tx: Tx, rulebook: Rulebook, who: Person, number: str, merger: Merger) -> None:
    """Raises UnknownCase, StaleCase, NotTheMainCase, MainHiddenFromSome, OthersFollow, MoveNeeds.

    A main case that is out of this person's sight is refused as one that does not exist.
    """
    one = _fresh(tx, who, number, merger.version)
    main = find_case(tx.connection, who, merger.main)
    if main is None:
        raise NotTheMainCase("utama")
    hidden = excluded_from(tx.connection, [one.id, main.id])
    followers = len(followers_of(tx.connection, one.id))
    known = replace(
        history_facts(rulebook, one, moves_of(tx.connection, one.id)),
        has_reason=bool(merger.reason.strip()),
        has_main_case=True,
    )
    move(one.state, MERGED, who.role, known)
    check_merge(
        Side(one.id, one.state, hidden[one.id], followers),
        Side(main.id, main.state, hidden[main.id]),
    )
    reason = merger.reason.strip()
    add_merge(tx.connection, one.id, main.id, tx.at, who.name)
    moved = Moved(one.state, MERGED, tx.at, who.name, reason=reason)
    shift(tx, rulebook, one, moved, holder=one.holder)
    tx.record(CaseMerged(main.id, reason), subject=one.id, by=who.name)
    _tell_of_main(tx, rulebook, one, main)


def undo_merge(
    tx: Tx, rulebook: Rulebook, who: Person, number: str, *, reason: str, version: int
) -> None:
    """Back to verification with a new clock. Raises UnknownCase, StaleCase, NotMerged, MoveNeeds
    (no reason, or the 14 days are over)."""
    one = _fresh(tx, who, number, version)
    merge = merge_of(tx.connection, one.id)
    if merge is None:
        raise NotMerged
    known = replace(
        history_facts(rulebook, one, moves_of(tx.connection, one.id)),
        has_reason=bool(reason.strip()),
        is_undone_in_time=tx.now <= undo_until(merge.at),
    )
    move(one.state, "verifying", who.role, known)
    end_merge(tx.connection, merge, tx.at, who.name)
    moved = Moved(one.state, "verifying", tx.at, who.name, reason=reason.strip())
    shift(tx, rulebook, one, moved, holder=one.holder)
    tx.record(MergeUndone(merge.main, reason.strip()), subject=one.id, by=who.name)


def part_followers(tx: Tx, rulebook: Rulebook, main: Case, by: str) -> None:
    """The main case's own reporter withdraws: the others' reports go on by themselves, with a new
    clock, whenever they were merged. Called while the main case is still open."""
    for id in followers_of(tx.connection, main.id):
        one, merge = case_by_id(tx.connection, id), merge_of(tx.connection, id)
        if one is None or merge is None:
            continue
        past = moves_of(tx.connection, id)
        known = replace(history_facts(rulebook, one, past), is_main_withdrawn=True)
        move(one.state, "verifying", "system", known)
        end_merge(tx.connection, merge, tx.at, by)
        shift(tx, rulebook, one, Moved(one.state, "verifying", tx.at, None), holder=one.holder)
        tx.record(MergeUndone(main.id, ""), subject=id)


def _fresh(tx: Tx, who: Person, number: str, version: int) -> Case:
    one = known_case(tx, who, number)
    if one.version != version:
        raise StaleCase("versi", who=one.changed_by or "–", state=one.state)
    return one


def _tell_of_main(tx: Tx, rulebook: Rulebook, one: Case, main: Case) -> None:
    """The merged reporter hears at once where the work stands, with its dates."""
    running = [run for run in clocks_of(tx.connection, main.id) if run.is_running]
    tx.record(MainCaseMoved(main.state, promises(rulebook, main, running)), subject=one.id)
