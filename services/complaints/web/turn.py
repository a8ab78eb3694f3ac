"""Who goes first at a full lane: whoever was sent away and waited as told, by a ticket in the busy
page; then whoever is in the middle of a report and asks no more often than people do."""

from __future__ import annotations

import hashlib
import threading
import time
from collections.abc import Callable
from datetime import timedelta

from flask import request

from shared.crypto.errors import MalformedTicket, StaleTicket
from shared.crypto.tickets import open_ticket, seal_ticket
from shared.service import House

FIELD = "giliran"
# As long as a person may take to press once the seconds are over.
_LIVES = timedelta(seconds=60)
_PURPOSE = "turn"
# A step is two requests, and somebody reads and writes in between; a report is eighteen. What a
# process counts is half of that where there are two of them.
AT_ONCE, EVERY_SECONDS = 8, 6.0
_FORGET_EVERY_SECONDS = 10.0


class Turns:
    """Tickets that serve once, and exactly the request they were given for, from when it was told
    to come again: who never rests gains nothing by them.

    Used ones are remembered for the minute they live, by one process; two may be served in two.
    """

    def __init__(self, house: House) -> None:
        self._clock, self._key = house.clock, house.settings.session_key
        self._lock, self._used, self._forgot_at = threading.Lock(), dict[str, float](), 0.0

    def ticket(self, wait_seconds: int) -> str:
        """For this request, `wait_seconds` from now."""
        begins = self._clock.now() + timedelta(seconds=wait_seconds)
        content = int(begins.timestamp()).to_bytes(8, "big") + _digest()
        return seal_ticket(self._key, content, begins + _LIVES, purpose=_PURPOSE)

    def has_come(self) -> bool:
        """Whether this request waited as it was told; its ticket is used up by asking."""
        now = self._clock.now()
        ticket = (request.form if request.method == "POST" else request.args).get(FIELD, "")
        if not ticket:
            return False
        try:
            content = open_ticket(self._key, ticket, now, purpose=_PURPOSE)
        except (MalformedTicket, StaleTicket):
            return False
        begins = int.from_bytes(content[:8], "big")
        is_due = content[8:] == _digest() and begins <= now.timestamp()
        return is_due and self._use(ticket, now.timestamp())

    def _use(self, ticket: str, now: float) -> bool:
        with self._lock:
            if abs(now - self._forgot_at) >= _FORGET_EVERY_SECONDS:
                self._used = {one: until for one, until in self._used.items() if until > now}
                self._forgot_at = now
            if ticket in self._used:
                return False
            self._used[ticket] = now + _LIVES.total_seconds()
            return True


def _digest() -> bytes:
    """SHA-256 of what is asked without its ticket: the path, or the form."""
    if request.method != "POST":
        return hashlib.sha256(request.path.encode()).digest()
    items = sorted(pair for pair in request.form.items(multi=True) if pair[0] != FIELD)
    return hashlib.sha256(repr(items).encode()).digest()


class Walkers:
    """Who is in the middle of a report, told by the key of their draft, and asks as people ask.

    A draft goes ahead AT_ONCE times, and once more every EVERY_SECONDS; beyond that it comes as
    new, so a bot with a draft gains no more than a person would. What is remembered is a hash and
    two numbers, in memory, for as long as they say more than nothing.
    """

    def __init__(self, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock, self._lock = clock, threading.Lock()
        # Of each draft: how many turns ahead it had left, and when that was.
        self._left = dict[bytes, tuple[float, float]]()
        self._forgot_at = clock()

    def goes_ahead(self, draft: str | None) -> bool:
        """Whether one more request of this draft's key goes before who comes new."""
        if not draft:
            return False
        name, now = hashlib.sha256(draft.encode()).digest()[:8], self._clock()
        with self._lock:
            if now - self._forgot_at >= _FORGET_EVERY_SECONDS:
                self._left = {k: v for k, v in self._left.items() if _left(v, now) < AT_ONCE}
                self._forgot_at = now
            left = _left(self._left.get(name, (AT_ONCE, now)), now)
            if left < 1:
                return False
            self._left[name] = left - 1, now
            return True


def _left(kept: tuple[float, float], now: float) -> float:
    left, at = kept
    return min(AT_ONCE, left + (now - at) / EVERY_SECONDS)
