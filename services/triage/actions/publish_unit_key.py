"""Give a unit a new epoch key: the public half to everybody, the private half to its members."""

from __future__ import annotations

from collections.abc import Sequence

from services.triage.store.people import add_unit_key, newest_epoch
from services.triage.store.unit_keys import members_digest
from shared.contracts.facts import UnitKeyPublished
from shared.crypto.age import new_identity, recipient_of
from shared.crypto.person import wrap_unit_key
from shared.messaging.tx import Tx
from shared.runtime.errors import Refused


class NobodyToOpen(Refused):
    """Unit ini belum punya penyidik, jadi tidak ada yang dapat memegang kuncinya."""

    code = "nobody_to_open"


def publish_unit_key(tx: Tx, unit: str, members: Sequence[str]) -> int:
    """Make the next epoch's key, wrap it to `members` (age recipients), publish it.

    Only for the demonstration's seed: the private half is in memory for an instant and is stored
    wrapped only. Elsewhere a member's browser makes it. Returns the epoch; raises NobodyToOpen.
    """
    if not members:
        raise NobodyToOpen("unit", unit=unit)
    identity = new_identity()
    epoch = newest_epoch(tx.connection, unit) + 1
    values = {"unit": unit, "epoch": epoch, "recipient": recipient_of(identity)}
    values |= {"wrapped": wrap_unit_key(identity, members), "published_at": tx.at}
    values["members"] = members_digest(members)
    add_unit_key(tx.connection, values)
    tx.record(UnitKeyPublished(unit, epoch, recipient_of(identity)))
    return epoch
