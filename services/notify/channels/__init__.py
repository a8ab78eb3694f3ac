"""The ways a notice leaves the house, and the three ways one may fail to."""

from __future__ import annotations

from email.message import EmailMessage
from typing import Protocol


class ChannelDown(Exception):
    """The way out does not answer or takes nothing now; every notice waits."""


class NoticeDeferred(Exception):
    """This one notice was not taken now; others may be."""


class NoticeRefused(Exception):
    """The address was refused for good, as far as the other side knows."""


class Channel(Protocol):
    """One way to send."""

    def send(self, mail: EmailMessage, to: str) -> None:
        """Hand `mail` over for `to`; raises ChannelDown, NoticeDeferred or NoticeRefused."""
