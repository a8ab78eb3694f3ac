"""Hand sealed bytes of a case to a person, and record that they were handed out."""

from __future__ import annotations

from services.triage.actions.turn_clocks import OPENING, stop_clock
from services.triage.store.cases import Case, find_case
from services.triage.store.letters import envelope_at
from services.triage.store.people import Person
from shared.contracts.private import CaseRead
from shared.messaging.tx import Tx
from shared.runtime.errors import NotFound

MOST_LETTERS = 999_999  # no case has more; a greater number would not fit the column


class UnknownCase(NotFound):
    """Kasus ini tidak ada. Periksa nomornya."""

    code = "unknown_case"


class UnknownLetter(NotFound):
    """Surat ini tidak ada dalam kasus ini."""

    code = "unknown_letter"


def read_case(tx: Tx, who: Person, number: str, *, direction: str = "in", seq: int = 0) -> bytes:
    """The sealed letter at this place; the complaint itself is ("in", 0).

    The fact case.read stays in the house. Whoever takes the story has
    opened an urgent case. Raises UnknownCase (also for a case that is not this person's to see)
    and UnknownLetter.
    """
    one = known_case(tx, who, number)
    envelope = None
    if seq <= MOST_LETTERS:
        envelope = envelope_at(tx.connection, one.id, direction, seq)
    if envelope is None:
        raise UnknownLetter
    what = "story" if (direction, seq) == ("in", 0) else f"letter {direction} {seq}"
    tx.record(CaseRead(what), subject=one.id, by=who.name)
    if what == "story":
        stop_clock(tx, one, OPENING)
    return envelope


def read_evidence(tx: Tx, who: Person, number: str) -> None:
    """Record that a sealed file of this case is handed out; raises UnknownCase."""
    one = known_case(tx, who, number)
    tx.record(CaseRead("evidence"), subject=one.id, by=who.name)


def known_case(tx: Tx, who: Person, number: str) -> Case:
    """The case of this number as this person may see it; raises UnknownCase."""
    one = find_case(tx.connection, who, number)
    if one is None:
        raise UnknownCase
    return one
