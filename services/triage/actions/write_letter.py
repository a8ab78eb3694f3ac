"""Send a letter to the reporter: what the browser sealed is stored and told as a fact."""

from __future__ import annotations

from services.triage.actions.read_case import known_case
from services.triage.actions.turn_clocks import renew_news
from services.triage.store.letters import add_letter, envelope_at, last_letter
from services.triage.store.people import Person
from shared.contracts.facts import LetterWritten
from shared.crypto.age import check
from shared.crypto.errors import MalformedEnvelope
from shared.messaging.tx import Tx
from shared.rulebook import Rulebook
from shared.runtime.errors import Conflict, Refused

RECIPIENTS = 3  # reporter, unit, oversight
LARGEST = 128 * 1024  # 64 KiB of padded text and the header


class UnsealedLetter(Refused):
    """Surat ini belum tersegel dengan benar. Muat ulang halaman, lalu kirim lagi dari sana."""

    code = "unsealed_letter"


class LetterOvertaken(Conflict):
    """Surat lain sudah terkirim lebih dulu. Muat ulang, baca surat itu, lalu kirim lagi."""

    code = "letter_overtaken"


def write_letter(
    tx: Tx, rulebook: Rulebook, who: Person, number: str, *, seq: int, envelope: bytes
) -> None:
    """Keep letter `seq` and tell letter.written; the same bytes again change nothing.

    A letter is news: the clock that promises some every 14 days starts its next round.

    Raises UnknownCase, UnsealedLetter (not an age file for exactly three post-quantum
    recipients), LetterOvertaken when another letter stands at `seq` or one before it is missing.
    """
    one = known_case(tx, who, number)
    _check_sealed(envelope)
    if envelope_at(tx.connection, one.id, "out", seq) == envelope:
        return
    last, _ = last_letter(tx.connection, one.id, "out")
    if seq != last + 1:
        raise LetterOvertaken("seq")
    place = ("out", seq)
    if not add_letter(tx.connection, one.id, place=place, envelope=envelope, at=tx.at, by=who.name):
        raise LetterOvertaken("seq")
    tx.record(LetterWritten(seq), subject=one.id, parts={"envelope": envelope}, by=who.name)
    renew_news(tx, rulebook, one)


def _check_sealed(envelope: bytes) -> None:
    if len(envelope) > LARGEST:
        raise UnsealedLetter("amplop")
    try:
        stanzas = check(envelope)
    except MalformedEnvelope:
        raise UnsealedLetter("amplop") from None
    if stanzas != RECIPIENTS:
        raise UnsealedLetter("amplop")
