"""What a receipt page carries for half an hour, sealed: enough to show the page again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from flask import request

from services.complaints.domain.filing import Answer
from services.complaints.store import complaint_by_lookup
from shared.crypto.tickets import MalformedTicket, open_ticket, seal_ticket
from shared.service import House

LIVES = timedelta(minutes=30)
_PURPOSE = "receipt"
_LOOKUP = 16
_DIGITS = 24


def posted_ticket() -> str:
    """As it came; "" without one."""
    return request.form.get("ticket", "")


@dataclass(frozen=True, repr=False)
class Held:
    """The 24 digits, the mailbox they open, whether what was sent last differs from what stands.

    In the ticket: 0x00 or 0x01 for `differs` ‖ lookup 16 bytes ‖ 24 ASCII digits.
    """

    digits: str
    lookup: bytes
    differs: bool

    def sealed(self, house: House) -> str:
        """The ticket, good for LIVES from now."""
        content = bytes([self.differs]) + self.lookup + self.digits.encode("ascii")
        until = house.clock.now() + LIVES
        return seal_ticket(house.settings.session_key, content, until, purpose=_PURPOSE)

    @classmethod
    def posted(cls, house: House) -> Held:
        """From the posted ticket; raises MalformedTicket, StaleTicket."""
        return cls.of_ticket(house, posted_ticket())

    @classmethod
    def of_ticket(cls, house: House, ticket: str) -> Held:
        """From a ticket; raises MalformedTicket, StaleTicket."""
        now = house.clock.now()
        content = open_ticket(house.settings.session_key, ticket, now, purpose=_PURPOSE)
        if len(content) != 1 + _LOOKUP + _DIGITS:
            raise MalformedTicket
        lookup, digits = content[1 : 1 + _LOOKUP], content[1 + _LOOKUP :]
        return cls(digits.decode("ascii"), lookup, bool(content[0]))


@dataclass(frozen=True)
class Told:
    """What the reporter was told, and on which day the complaint was recorded."""

    answer: Answer
    day: date

    @classmethod
    def of(cls, house: House, held: Held) -> Told:
        """As kept; raises MalformedTicket when the complaint is no longer there."""
        with house.database.read() as connection:
            found = complaint_by_lookup(connection, held.lookup)
        if found is None:
            raise MalformedTicket
        return cls(Answer.from_json(found.answer), found.day)
