"""Ask the keeper for a reporter's name; read it once it was opened."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.engine import Connection

from services.triage.actions.read_case import known_case
from services.triage.actions.turn_clocks import place_of
from services.triage.domain.states import STATES
from services.triage.store.cases import Case, candidates_of, find_case
from services.triage.store.letters import letters_of
from services.triage.store.names import (
    OPENED,
    NameAnswer,
    NameRequest,
    add_answer,
    add_request,
    file_of,
    keeper_at,
    requests_of,
)
from services.triage.store.people import Person, person_named
from shared.contracts.names import EXPIRED, NameAnswered, NameAsked, NameRead, NameReasoned
from shared.crypto.keeping import is_sealed_name
from shared.messaging.tx import Tx
from shared.rulebook import Office, Rulebook, route
from shared.rulebook.clocks import due_after
from shared.rulebook.regions import zone_info
from shared.runtime.errors import Conflict, NotFound, Refused

SHORTEST = 10  # letters of a reason


class ReasonTooShort(Refused):
    """Tulis alasannya dengan beberapa kata, tanpa menyalin isi laporan."""

    code = "name_reason_short"


class UnknownReason(Refused):
    """Pilih satu dari daftar ini."""

    code = "name_reason_unknown"


class NoSealedName(Refused):
    """Nama tersegel tidak ikut terkirim. Muat ulang halaman ini, lalu coba lagi."""

    code = "no_sealed_name"


class NotAskable(Conflict):
    """Nama hanya dapat diminta selama kasusnya berjalan."""

    code = "name_not_askable"


class AskedAlready(Conflict):
    """Nama kasus ini sudah diminta. Tunggu jawaban penjaga; tanggalnya ada di halaman ini."""

    code = "name_asked_already"


class NobodyKeeps(Conflict):
    """Tidak ada penjaga nama yang bebas benturan untuk kasus ini. Laporkan kepada pengawas."""

    code = "nobody_keeps"


class NoOpenedName(NotFound):
    """Tidak ada nama yang terbuka untuk Anda di kasus ini. Minta lagi bila masih perlu."""

    code = "no_opened_name"


@dataclass(frozen=True, repr=False)
class Wish:
    """For what and by which basis (codes), why, and the sealed name out of letter `seq`."""

    purpose: str
    basis: str
    reason: str
    seq: int
    file: bytes


def ask_name(tx: Tx, rulebook: Rulebook, who: Person, number: str, wish: Wish) -> None:
    """Keep the request; the reporter is told. The same person asking twice changes nothing.

    Raises UnknownCase, NotAskable, AskedAlready, UnknownReason, ReasonTooShort, NoSealedName,
    NobodyKeeps.
    """
    one = known_case(tx, who, number)
    if not STATES[one.state].is_open:
        raise NotAskable("tujuan")
    _check(rulebook, wish)
    standing = requests_of(tx.connection, one.id)
    if standing and standing[0][1] is None:
        if standing[0][0].asked_by == who.name:
            return
        _make_way(tx, rulebook, standing[0][0], number)
    _ask(tx, rulebook, one, who, wish, nth=len(standing) + 1)


def read_name(tx: Tx, who: Person, number: str) -> bytes:
    """The name, sealed to who asked for it, and only to them; raises UnknownCase, NoOpenedName."""
    one = known_case(tx, who, number)
    for asked, _ in requests_of(tx.connection, one.id)[:1]:
        file = file_of(tx.connection, asked, OPENED, tx.now)
        if file is not None and asked.asked_by == who.name:
            tx.record(NameRead(asked.round, "opened"), subject=one.id, by=who.name)
            return file
    raise NoOpenedName


def told_why(rulebook: Rulebook, of: NameRequest) -> dict[str, str]:
    """What a fact about this request says of it."""
    kinds = {unit: rulebook.units.unit(unit).kind for unit in (of.unit, of.keeper)}
    desk, keeper = kinds[of.unit], kinds[of.keeper]
    return {"purpose": of.purpose, "basis": of.basis, "desk": desk, "keeper": keeper}


def end_unanswered(tx: Tx, rulebook: Rulebook, of: NameRequest) -> bool:
    """Time, or the case going elsewhere, has answered; False when somebody did before."""
    if not add_answer(tx.connection, NameAnswer(of.case, of.round, EXPIRED, "", tx.at, None)):
        return False
    told = NameAnswered(of.round, **told_why(rulebook, of), answer=EXPIRED, until=None)
    tx.record(told, subject=of.case)
    return True


def may_still_ask(connection: Connection, of: NameRequest, number: str) -> bool:
    """Whether who asked still works there and still sees the case."""
    asker = person_named(connection, of.asked_by)
    return (
        asker is not None
        and asker.unit == of.unit
        and find_case(connection, asker, number) is not None
    )


def _check(rulebook: Rulebook, wish: Wish) -> None:
    if wish.purpose not in rulebook.names.purposes:
        raise UnknownReason("tujuan")
    if wish.basis not in rulebook.names.bases:
        raise UnknownReason("dasar")
    if len(wish.reason.strip()) < SHORTEST:
        raise ReasonTooShort("alasan")
    if not is_sealed_name(wish.file):
        raise NoSealedName("berkas")


def _make_way(tx: Tx, rulebook: Rulebook, of: NameRequest, number: str) -> None:
    """A request whose asker lost the case ends, so that who has it now can ask."""
    if may_still_ask(tx.connection, of, number):
        raise AskedAlready("tujuan")
    end_unanswered(tx, rulebook, of)


def _ask(tx: Tx, rulebook: Rulebook, one: Case, who: Person, wish: Wish, *, nth: int) -> None:
    sent = [x for x in letters_of(tx.connection, one.id) if x.direction == "in"]
    at = next((letter.at for letter in sent if letter.seq == wish.seq), None)
    if at is None:
        raise NoSealedName("berkas")
    keeper = keeper_at(tx.connection, _keepers(tx.connection, rulebook, one), at)
    if keeper is None:
        raise NobodyKeeps("tujuan")
    due = due_after(place_of(rulebook, one), tx.at, rulebook.names.answer_within)
    asked = NameRequest(
        case=one.id,
        round=nth,
        seq=wish.seq,
        purpose=wish.purpose,
        basis=wish.basis,
        reason=wish.reason.strip(),
        keeper=keeper,
        unit=who.unit,
        asked_by=who.name,
        asked_at=tx.at,
        due_at=due,
    )
    if not add_request(tx.connection, asked, wish.file):
        raise AskedAlready("tujuan")
    day = due.astimezone(zone_info(one.zone)).date()
    told = NameAsked(nth, **told_why(rulebook, asked), due_on=day)
    tx.record(told, subject=one.id, by=who.name)
    tx.record(NameReasoned(nth, asked.reason), subject=one.id, by=who.name)


def _keepers(connection: Connection, rulebook: Rulebook, one: Case) -> list[str]:
    """Who may keep this case's name: as routed today, without what was excluded from it before."""
    out = {seen.unit for seen in candidates_of(connection, one.id) if seen.excluded}
    office = Office(one.disclosed["office_kind"], one.disclosed["office_region"])
    found = route(rulebook, office, one.disclosed["exclude"]).keepers
    return [unit for unit in found if unit not in out and unit != one.unit]
