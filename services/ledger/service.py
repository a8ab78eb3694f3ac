"""The ledger, declared: its page and what it hears."""

from __future__ import annotations

from services.ledger.inbound import INBOUND
from services.ledger.settings import LedgerSettings
from services.ledger.store import metadata
from services.ledger.web import pages
from shared.service import Service
from shared.service.build import folder_of

_KIB = 1024

SERVICE = Service(
    name="ledger",
    folder=folder_of(__file__),
    settings=LedgerSettings,
    metadata=metadata,
    pages=pages,
    inbound=INBOUND,
    body_bytes=16 * _KIB,
    url=lambda settings: str(settings.ledger_url),
)
