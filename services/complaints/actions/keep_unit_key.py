"""Keep a unit's new public key, so that complaints are sealed to it."""

from __future__ import annotations

from services.complaints import store
from shared.contracts.facts import UnitKeyPublished
from shared.messaging.tx import Tx
from shared.runtime.database import insert_once


def keep_unit_key(tx: Tx, published: UnitKeyPublished) -> None:
    """One row an epoch; the first key of an epoch stands, a second one is passed over."""
    row = {"unit": published.unit, "epoch": published.epoch, "recipient": published.recipient}
    insert_once(tx.connection, store.unit_key, row)
