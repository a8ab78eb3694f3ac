"""One notice as an Internet message (RFC 5322)."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.policy import default
from email.utils import format_datetime

from services.notify.domain.wording import Wording

# A header of ours is never folded: folding is allowed, and some readers of links trip over it.
_POLICY = default.clone(max_line_length=998)  # RFC 5322 §2.1.1


@dataclass(frozen=True)
class Links:
    """The two addresses in a notice: the page to open and the way to stop."""

    page: str
    stop: str


def message_id(secret: bytes, notice: str, sender: str) -> str:
    """The same for every attempt of one notice, so that a mail server can drop the second copy."""
    name = hmac.digest(secret, b"message-id " + notice.encode(), hashlib.sha256).hex()[:32]
    return f"<{name}@{domain_of(sender)}>"


def domain_of(address: str) -> str:
    """The part of a mail address after the @."""
    return address.rpartition("@")[2]


def compose(
    wording: Wording,
    *,
    to: str,
    sender: str,
    links: Links,
    identifier: str,
    at: datetime,
    lines: str = "",
    count: int = 0,
) -> EmailMessage:
    """Build the message. Its Date says the hour only: the minute would tell when a person acted."""
    mail = EmailMessage(policy=_POLICY)
    mail["From"] = sender
    mail["To"] = to
    mail["Subject"] = wording.subject % {"count": count}
    mail["Date"] = format_datetime(at.replace(minute=0, second=0, microsecond=0))
    mail["Message-ID"] = identifier
    mail["List-Unsubscribe"] = f"<{links.stop}>"
    mail["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"  # RFC 8058
    mail["Auto-Submitted"] = "auto-generated"  # RFC 3834: no holiday answers
    mail.set_content(wording.text % {"page": links.page, "stop": links.stop, "lines": lines})
    return mail
