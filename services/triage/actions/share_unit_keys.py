"""Take a new epoch key, and earlier ones wrapped again, from the browser of an unlocked member."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from services.triage.domain.epochs import need_of
from services.triage.store.people import Person, add_unit_key, readers_of
from services.triage.store.unit_keys import (
    epochs_of,
    members_digest,
    rewrap,
    standing_of,
    standings,
    tell_due_once,
)
from shared.contracts.facts import UnitKeyPublished
from shared.contracts.staff import UnitKeyDue, UnitKeysShared
from shared.crypto import age
from shared.crypto.errors import MalformedEnvelope, MalformedRecipient
from shared.crypto.hybrid import public_key
from shared.messaging.tx import Tx
from shared.runtime.errors import Conflict, Refused

LARGEST_WRAP_BYTES = 256 * 1024  # 128 members, at 1.6 KB a stanza


class StaleMembers(Conflict):
    """Anggota atau kunci unit baru saja berubah. Muat ulang halaman, periksa daftarnya, ulangi."""

    code = "stale_members"


class MalformedUnitKey(Refused):
    """Kunci unit dari peramban tidak terbaca. Muat ulang halaman, lalu coba lagi."""

    code = "malformed_unit_key"


@dataclass(frozen=True, repr=False)
class NewEpoch:
    """What the browser made: epoch number and public half, the private half wrapped to all
    members, and `earlier` epochs wrapped to them again. `members` is the digest it saw."""

    epoch: int
    recipient: str
    wrapped: bytes
    earlier: Mapping[int, bytes]
    members: str


def share_unit_keys(tx: Tx, who: Person, made: NewEpoch) -> int:
    """Publish the new epoch and hand out the new wraps; returns the epoch.

    Every file must have one X-Wing stanza for each reader of the unit; that they open is known in
    browsers only. Raises StaleMembers, MalformedUnitKey.
    """
    readers = readers_of(tx.connection, who.unit)
    standing = standing_of(tx.connection, who.unit)
    if made.members != members_digest(readers) or made.epoch != standing.epoch + 1:
        raise StaleMembers
    stand = {one.epoch for one in epochs_of(tx.connection, who.unit)}
    if not set(made.earlier) <= stand:
        raise MalformedUnitKey
    for file in (made.wrapped, *made.earlier.values()):
        _check_wrap(file, len(readers))
    _check_recipient(made.recipient)
    values = {"unit": who.unit, "epoch": made.epoch, "recipient": made.recipient}
    values |= {"wrapped": made.wrapped, "published_at": tx.at, "members": made.members}
    if not add_unit_key(tx.connection, values):
        raise StaleMembers
    rewrap(tx.connection, who.unit, made.earlier, by=who.name, at=tx.at)
    tx.record(UnitKeyPublished(who.unit, made.epoch, made.recipient), by=who.name)
    shared = UnitKeysShared(who.unit, made.epoch, len(made.earlier), len(readers))
    tx.record(shared, by=who.name)
    return made.epoch


def tell_due_keys(tx: Tx) -> int:
    """Record once for each epoch that a new one is needed; returns how many are needed."""
    due = [one for one in standings(tx.connection) if need_of(one, tx.now)]
    for one in due:
        if tell_due_once(tx.connection, one.unit, one.epoch, tx.at):
            tx.record(UnitKeyDue(one.unit, one.epoch))
    return len(due)


def _check_wrap(file: bytes, readers: int) -> None:
    try:
        stanzas = age.check(file) if len(file) <= LARGEST_WRAP_BYTES else 0
    except MalformedEnvelope:
        raise MalformedUnitKey from None
    if stanzas != readers:
        raise MalformedUnitKey


def _check_recipient(recipient: str) -> None:
    try:
        public_key(recipient)
    except MalformedRecipient:
        raise MalformedUnitKey from None
