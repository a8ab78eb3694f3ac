"""The keeper's part: look at a request, open the name to who asked, or refuse."""

from __future__ import annotations

from services.triage.actions.ask_name import (
    SHORTEST,
    NoSealedName,
    ReasonTooShort,
    end_unanswered,
    may_still_ask,
    told_why,
)
from services.triage.actions.turn_clocks import place_of
from services.triage.store.cases import Case
from services.triage.store.names import (
    OPENED,
    SEALED,
    NameAnswer,
    NameRequest,
    add_answer,
    drop_opened,
    file_of,
    keep_file,
    overdue,
    past_opened,
    waiting_at,
)
from services.triage.store.people import Person
from shared.contracts.names import (
    AGREED,
    REFUSED,
    NameAnswered,
    NamePutAway,
    NameRead,
    NameReasoned,
)
from shared.crypto.keeping import is_sealed_name
from shared.messaging.tx import Tx
from shared.rulebook import Rulebook
from shared.rulebook.clocks import due_after
from shared.rulebook.regions import zone_info
from shared.runtime.errors import Conflict, NotFound


class UnknownRequest(NotFound):
    """Permintaan ini tidak ada di sini, sudah dijawab, atau sudah lewat waktunya."""

    code = "unknown_name_request"


class OwnRequest(Conflict):
    """Anda yang memintanya. Orang lain di unit penjaga yang harus memutuskan."""

    code = "own_name_request"


class AskerGone(Conflict):
    """Yang meminta tidak lagi menangani kasus ini. Tolak permintaannya."""

    code = "name_asker_gone"


def waiting_request(tx: Tx, who: Person, number: str) -> tuple[Case, NameRequest]:
    """The request for this case's name that waits for this keeper; raises UnknownRequest."""
    for found in waiting_at(tx.connection, who, tx.now, number=number):
        return found
    raise UnknownRequest


def hand_sealed_name(tx: Tx, who: Person, number: str) -> bytes:
    """The sealed name for the keeper's browser, recorded; raises UnknownRequest, OwnRequest."""
    one, asked = _answerable(tx, who, number)
    file = file_of(tx.connection, asked, SEALED, tx.now)
    if file is None:
        raise UnknownRequest
    tx.record(NameRead(asked.round, "sealed"), subject=one.id, by=who.name)
    return file


def open_name(
    tx: Tx, rulebook: Rulebook, who: Person, number: str, *, nth: int, file: bytes
) -> None:
    """Let who asked read the name, sealed to them in the keeper's browser; the reporter is told.

    Raises UnknownRequest, OwnRequest, AskerGone, NoSealedName.
    """
    one, asked = _answerable(tx, who, number, nth)
    if not is_sealed_name(file, readers=1):
        raise NoSealedName("berkas")
    if not may_still_ask(tx.connection, asked, number):
        raise AskerGone("putusan")
    until = due_after(place_of(rulebook, one), tx.at, rulebook.names.open_for)
    _answer(tx, asked, AGREED, "", who)
    keep_file(tx.connection, asked, OPENED, file, until)
    day = until.astimezone(zone_info(one.zone)).date()
    told = NameAnswered(asked.round, **told_why(rulebook, asked), answer=AGREED, until=day)
    tx.record(told, subject=one.id, by=who.name)


def refuse_name(
    tx: Tx, rulebook: Rulebook, who: Person, number: str, *, nth: int, reason: str
) -> None:
    """Leave it closed, and say why to who asked; the reporter is told that it was refused.

    Raises UnknownRequest, OwnRequest, ReasonTooShort.
    """
    one, asked = _answerable(tx, who, number, nth)
    if len(reason.strip()) < SHORTEST:
        raise ReasonTooShort("alasan")
    _answer(tx, asked, REFUSED, reason.strip(), who)
    told = NameAnswered(asked.round, **told_why(rulebook, asked), answer=REFUSED, until=None)
    tx.record(told, subject=one.id, by=who.name)
    tx.record(NameReasoned(asked.round, reason.strip()), subject=one.id, by=who.name)


def end_overdue(tx: Tx, rulebook: Rulebook) -> int:
    """End what nobody answered in time, delete what was readable long enough; how many."""
    ended = sum(end_unanswered(tx, rulebook, one) for one in overdue(tx.connection, tx.now))
    past = past_opened(tx.connection, tx.now)
    for case, nth in past:
        drop_opened(tx.connection, case, nth)
        tx.record(NamePutAway(nth), subject=case)
    return ended + len(past)


def _answerable(
    tx: Tx, who: Person, number: str, nth: int | None = None
) -> tuple[Case, NameRequest]:
    one, asked = waiting_request(tx, who, number)
    if nth is not None and asked.round != nth:
        raise UnknownRequest
    if asked.asked_by == who.name:
        raise OwnRequest("putusan")
    return one, asked


def _answer(tx: Tx, asked: NameRequest, answer: str, reason: str, who: Person) -> None:
    row = NameAnswer(asked.case, asked.round, answer, reason, tx.at, who.name)
    if not add_answer(tx.connection, row):
        raise UnknownRequest
