"""Drop a saved view, or take that back."""

from __future__ import annotations

from services.triage.store.people import Person
from services.triage.store.views import set_dropped
from shared.messaging.tx import Tx
from shared.runtime.errors import NotFound


class UnknownView(NotFound):
    """Tampilan ini tidak ada. Pilih dari daftar tampilan Anda."""

    code = "unknown_view"


def drop_view(tx: Tx, who: Person, id: str) -> None:
    """Out of sight; for a day it can be taken back. Raises UnknownView."""
    if not set_dropped(tx.connection, who, id, tx.now):
        raise UnknownView


def restore_view(tx: Tx, who: Person, id: str) -> None:
    """Take the dropping back. Raises UnknownView."""
    if not set_dropped(tx.connection, who, id, None):
        raise UnknownView
