"""Keep a note of the unit, sealed by the browser; hand its bytes out again."""

from __future__ import annotations

from services.triage.actions.read_case import MOST_LETTERS, known_case
from services.triage.actions.write_letter import LARGEST, UnsealedLetter
from services.triage.store.notes import add_note, next_note, note_at, notes_of
from services.triage.store.people import Person
from shared.contracts.casework import NoteWritten
from shared.contracts.private import CaseRead
from shared.crypto.age import check
from shared.crypto.errors import MalformedEnvelope
from shared.messaging.tx import Tx
from shared.runtime.errors import Conflict, NotFound

RECIPIENTS = 2  # unit, oversight


class NoteOvertaken(Conflict):
    """Catatan lain sudah tersimpan lebih dulu. Muat ulang, baca catatan itu, lalu simpan lagi."""

    code = "note_overtaken"


class UnknownNote(NotFound):
    """Catatan ini tidak ada dalam kasus ini."""

    code = "unknown_note"


def write_note(tx: Tx, who: Person, number: str, *, seq: int, envelope: bytes) -> None:
    """Keep note `seq`; the same bytes again change nothing.

    Raises UnknownCase, UnsealedLetter (not an age file for exactly two post-quantum recipients),
    NoteOvertaken when another note stands at `seq` or one before it is missing.
    """
    one = known_case(tx, who, number)
    try:
        is_sealed = len(envelope) <= LARGEST and check(envelope) == RECIPIENTS
    except MalformedEnvelope:
        is_sealed = False
    if not is_sealed:
        raise UnsealedLetter("amplop")
    if seq <= MOST_LETTERS and note_at(tx.connection, one.id, seq) == envelope:
        return
    if seq != next_note(tx.connection, one)[0]:
        raise NoteOvertaken("seq")
    sha256 = add_note(tx.connection, one, seq, envelope, at=tx.at, by=who.name)
    if sha256 is None:
        raise NoteOvertaken("seq")
    tx.record(NoteWritten(seq, sha256), subject=one.id, by=who.name)


def read_note(tx: Tx, who: Person, number: str, seq: int) -> bytes:
    """The sealed bytes of a note that is the unit's to read; the fact case.read stays in the house.

    Raises UnknownCase, UnknownNote.
    """
    one = known_case(tx, who, number)
    if seq not in {note.seq for note in notes_of(tx.connection, one)}:
        raise UnknownNote
    envelope = note_at(tx.connection, one.id, seq)
    if envelope is None:
        raise UnknownNote
    tx.record(CaseRead("note"), subject=one.id, by=who.name)
    return envelope
