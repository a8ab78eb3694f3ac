"""Sealed files that wait for their letter: the page holds what opens them, under the server's seal.

Only whoever sends the page again can bring them, for as long as its ticket lives (ADR 9).
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from flask import request

from services.complaints.domain.draft import KeptFile
from services.complaints.web.mailbox.letters import Opening
from shared.crypto.errors import MalformedTicket
from shared.crypto.tickets import open_ticket, seal_ticket


@dataclass(frozen=True, repr=False)
class Held:
    """A sealed file, and the SHA-256 (hex) of its bytes as they were sent."""

    file: KeptFile
    digest: str


def seal_held(opening: Opening, files: Sequence[Held], until: datetime) -> str:
    """The hidden field of the page; "" where nothing waits."""
    if not files:
        return ""
    content = json.dumps([asdict(one) for one in files], separators=(",", ":")).encode()
    key = opening.house.settings.session_key
    return seal_ticket(key, content, until, purpose=_purpose(opening))


def read_held(opening: Opening) -> list[Held]:
    """What the posted page holds; nothing of another mailbox's page, or of one too old."""
    key, now = opening.house.settings.session_key, opening.house.clock.now()
    ticket = request.form.get("held", "")
    try:
        content = open_ticket(key, ticket, now, purpose=_purpose(opening)) if ticket else b"[]"
    except MalformedTicket:
        return []
    return [Held(KeptFile(**one["file"]), one["digest"]) for one in json.loads(content)]


def _purpose(opening: Opening) -> str:
    return f"mailbox files {opening.receipt.lookup.hex()}"
