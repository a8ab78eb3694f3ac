"""What every delivery needs to know: by which way, in whose name, with which links."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from email.message import EmailMessage

from services.notify import store
from services.notify.actions.keep_address import read_contact
from services.notify.channels import Channel
from services.notify.domain.address import parse_address
from services.notify.domain.mail import Links, compose, message_id
from services.notify.domain.stop import StopKeys
from services.notify.domain.wording import Reader, wording_for


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

    def write(self, first: store.Notice, to: store.Recipient, at: datetime) -> EmailMessage:
        """The message for `first` and all that waits with it.

        The address is opened here, in memory, just before it is used. Raises MalformedAddress
        (also for a unit without an address) and what unsealing raises.
        """
        if to.sealed is None:
            reader, page = Reader.UNIT, self.desk_url
            text: object = self.unit_address(first.unit or "")
        else:
            reader, page = Reader.REPORTER, f"{self.public_url}/kotak"
            text = read_contact(to.sealed, self.identity).get("address")
        stop = f"{self.stop_url}/berhenti/{self.stop_keys.token(to.holder)}"
        return compose(
            wording_for(reader, to.lang),
            to=parse_address(text),
            sender=self.sender,
            links=Links(page, stop),
            identifier=message_id(self.stop_keys.make, first.id, self.sender),
            at=at,
        )
