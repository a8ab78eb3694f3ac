"""Whether a filing may come in: known codes, the right unit, its current key, a real envelope."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache, partial

from services.complaints.domain.envelope import check_contact, check_envelope
from services.complaints.domain.filing import Answer, Filing, UnitKey
from shared.crypto.errors import MalformedRecipient
from shared.crypto.hybrid import public_key
from shared.crypto.keeping import Keeper
from shared.rulebook.clocks import Place, latest_due
from shared.rulebook.disclosed import Disclosed, check_disclosed
from shared.rulebook.regions import zone_info
from shared.rulebook.routing import Office, Route, route
from shared.rulebook.rulebook import Rulebook
from shared.runtime.errors import Refusal, Refused, Unavailable

Promised = tuple[tuple[str, date], ...]


class WrongUnit(Refused):
    """Laporan ini bukan untuk unit itu. Muat ulang direktori, lalu segel untuk unit %(unit)s."""

    code = "wrong_unit"


class StaleKey(Refused):
    """Kunci unit ini sudah diganti. Muat ulang direktori, lalu segel ulang."""

    code = "stale_key"


class NoKey(Unavailable):
    """Unit yang berwenang belum siap menerima laporan. Belum ada yang tersimpan; coba lagi."""

    code = "unit_without_key"


class NoKeeper(Unavailable):
    """Belum ada penjaga yang siap menyimpan nama. Kosongkan nama, lalu kirim; susulkan nanti."""

    code = "no_keeper"


class Router:
    """The routes and promises of one rulebook; the same place is asked about again and again."""

    def __init__(self, rulebook: Rulebook) -> None:
        self.rulebook = rulebook
        self._route = lru_cache(maxsize=4096)(partial(route, rulebook))
        self.promised = lru_cache(maxsize=4096)(partial(promised_at_the_door, rulebook))

    def choose(self, disclosed: Disclosed) -> Route:
        """The unit these facts go to; raises UnknownCode, UnknownRegion, NobodyLeft, …"""
        check_disclosed(self.rulebook, disclosed)
        accused = Office(disclosed.office_kind, disclosed.office_region)
        return self._route(accused, disclosed.exclude)


def promised_at_the_door(rulebook: Rulebook, at: datetime, region: str) -> Promised:
    """(clock, local date) of what holds before the urgency is known.

    The final answer is counted from the complete file, which is there once it is verified.
    """
    zone = rulebook.regions.zone(region)
    place = Place(rulebook.calendar, zone, region)
    verify = latest_due(rulebook.clocks["verify"], place, at)
    final = latest_due(rulebook.clocks["final"], place, verify)
    days = (("verify", verify), ("final", final))
    return tuple((clock, due.astimezone(zone_info(zone)).date()) for clock, due in days)


def admit(filing: Filing, *, router: Router, keys: Mapping[str, UnitKey], at: datetime) -> Answer:
    """What the sender is told when `filing` comes in at `at` (UTC); raises the refusal otherwise.

    A refusal about the disclosed facts names the field below `disclosed`.
    """
    rulebook = router.rulebook
    try:
        chosen = router.choose(filing.disclosed)
    except Refusal as refusal:
        refusal.field = f"disclosed.{refusal.field}" if refusal.field else "disclosed"
        raise
    rulebook.units.unit(filing.unit, "unit")
    if filing.unit != chosen.unit:
        raise WrongUnit("unit", unit=chosen.unit)
    if key_of(keys, filing.unit).epoch != filing.epoch:
        raise StaleKey("epoch")
    check_box(filing.box)
    check_envelope(filing.envelope)
    if filing.contact is not None:
        check_contact(filing.contact)
    promised = router.promised(at, filing.disclosed.region)
    return Answer(filing.case, promised, chosen.kind, chosen.excluded, chosen.keepers)


def key_of(keys: Mapping[str, UnitKey], unit: str) -> UnitKey:
    """The unit's current key; raises NoKey."""
    key = keys.get(unit)
    if key is None:
        raise NoKey("unit")
    return key


def keeper_of(keys: Mapping[str, UnitKey], keepers: Sequence[str]) -> Keeper:
    """The first of these units that has a key to seal a name to; raises NoKeeper."""
    for unit in keepers:
        if unit in keys:
            return keys[unit].keeping(unit)
    raise NoKeeper("name")


def check_box(recipient: str) -> None:
    """The reporter's own key must be one, or no letter could ever be sealed to it."""
    try:
        public_key(recipient)
    except MalformedRecipient:
        raise MalformedRecipient("mailbox.box") from None
