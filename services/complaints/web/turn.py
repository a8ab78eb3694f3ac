"""Whoever was sent away and waited as told goes before who comes new: a ticket in the busy page."""

from __future__ import annotations

import hashlib
from datetime import timedelta

from flask import request

from shared.crypto.errors import MalformedTicket, StaleTicket
from shared.crypto.tickets import open_ticket, seal_ticket
from shared.service import House

FIELD = "giliran"
# As long as a person may take to press once the seconds are over.
_LIVES = timedelta(seconds=60)
_PURPOSE = "turn"


class Turns:
    """Tickets that serve exactly the form they were given for, from when it was told to come again:
    who never rests gains nothing by them, and nothing is kept here."""

    def __init__(self, house: House) -> None:
        self._clock, self._key = house.clock, house.settings.session_key

    def ticket(self, wait_seconds: int) -> str:
        """For the form of this request, `wait_seconds` from now."""
        begins = self._clock.now() + timedelta(seconds=wait_seconds)
        content = int(begins.timestamp()).to_bytes(8, "big") + _digest()
        return seal_ticket(self._key, content, begins + _LIVES, purpose=_PURPOSE)

    def has_come(self) -> bool:
        """Whether this request waited as it was told."""
        now, ticket = self._clock.now(), request.form.get(FIELD, "")
        if not ticket:
            return False
        try:
            content = open_ticket(self._key, ticket, now, purpose=_PURPOSE)
        except (MalformedTicket, StaleTicket):
            return False
        begins = int.from_bytes(content[:8], "big")
        return content[8:] == _digest() and begins <= now.timestamp()


def _digest() -> bytes:
    """SHA-256 of the form without its ticket."""
    items = sorted(pair for pair in request.form.items(multi=True) if pair[0] != FIELD)
    return hashlib.sha256(repr(items).encode()).digest()
