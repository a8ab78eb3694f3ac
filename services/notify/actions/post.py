"""What every delivery needs to know: by which way, in whose name, with which links."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from email.message import EmailMessage

from services.notify import store
from services.notify.actions.keep_address import read_contact
from services.notify.actions.queue_notice import unit_of, why_of
from services.notify.channels import Channel
from services.notify.domain.address import parse_address
from services.notify.domain.mail import Links, compose, message_id
from services.notify.domain.stop import StopKeys
from services.notify.domain.wording import Reader, line, wording_for
from shared.contracts.promises import NEW_CASE


@dataclass(frozen=True)
class Post:
    """The post room. `unit_address(unit)` is the rulebook's, None when the unit has none."""

    channel: Channel
    sender: str
    identity: str = field(repr=False)
    stop_keys: StopKeys = field(repr=False)
    public_url: str
    desk_url: str
    stop_url: str
    unit_address: Callable[[str], str | None]

    def write(
        self, notices: Sequence[store.Notice], to: store.Recipient, at: datetime
    ) -> EmailMessage:
        """One message for all that waits together, the oldest first.

        The address is opened here, in memory, just before it is used. Raises MalformedAddress
        (also for a unit without an address) and what unsealing raises.
        """
        first, lines = notices[0], ""
        if to.sealed is None:
            reader, page = Reader.UNIT, self.desk_url
            text: object = self.unit_address(unit_of(to.holder))
        else:
            reader, page = Reader.REPORTER, f"{self.public_url}/kotak"
            text = read_contact(to.sealed, self.identity).get("address")
        if any(why_of(notice.kind) not in {"", NEW_CASE} for notice in notices):
            reader = Reader.DESK
            told = (line(why_of(one.kind), one.number, to.lang) for one in notices)
            lines = "\n".join(dict.fromkeys(told))
        stop = f"{self.stop_url}/berhenti/{self.stop_keys.token(to.holder)}"
        return compose(
            wording_for(reader, to.lang),
            to=parse_address(text),
            sender=self.sender,
            links=Links(page, stop),
            identifier=message_id(self.stop_keys.make, first.id, self.sender),
            at=at,
            lines=lines,
        )
