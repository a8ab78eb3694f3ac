"""What every delivery needs to know: by which way, in whose name, with which links."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.message import EmailMessage

from services.notify import store
from services.notify.actions.keep_address import read_contact
from services.notify.actions.queue_notice import why_of
from services.notify.channels import Channel
from services.notify.domain.address import parse_address
from services.notify.domain.holders import is_person, stop_name, unit_of
from services.notify.domain.mail import Links, compose, message_id
from services.notify.domain.stop import StopKeys
from services.notify.domain.wording import Reader, line, listed, wording_for
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
    gather: timedelta

    def write(
        self, notices: Sequence[store.Notice], to: store.Recipient, at: datetime
    ) -> EmailMessage:
        """One message for all that waits together, the oldest first.

        The address is opened here, in memory, just before it is used. Raises MalformedAddress
        (also for a unit without an address) and what unsealing raises.
        """
        first, reader = notices[0], _reader(notices, to)
        page = f"{self.public_url}/kotak" if reader is Reader.REPORTER else self.desk_url
        text: object = self.unit_address(unit_of(to.holder))
        if to.sealed is not None:
            text = read_contact(to.sealed, self.identity).get("address")
        told = [line(why_of(one.kind), one.number, to.lang) for one in notices if why_of(one.kind)]
        told = list(dict.fromkeys(told))
        token = self.stop_keys.token(stop_name(to.holder, to.sealed))
        return compose(
            wording_for(reader, to.lang),
            to=parse_address(text),
            sender=self.sender,
            links=Links(page, f"{self.stop_url}/berhenti/{token}"),
            identifier=message_id(self.stop_keys.make, first.id, self.sender),
            at=at,
            lines=listed(told, to.lang),
            count=len(told),
        )


def _reader(notices: Sequence[store.Notice], to: store.Recipient) -> Reader:
    """A person's own mail, a unit's call or its news of a case; else the reporter's."""
    whys = {why_of(one.kind) for one in notices}
    if is_person(to.holder):
        return Reader.PERSON if whys != {""} else Reader.CONFIRM
    if whys - {"", NEW_CASE}:
        return Reader.DESK
    return Reader.UNIT if to.sealed is None else Reader.REPORTER
