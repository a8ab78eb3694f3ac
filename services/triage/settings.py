"""What triage must be told before it starts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from shared.crypto.age import recipient_of
from shared.crypto.errors import MalformedKey
from shared.runtime.errors import Refused
from shared.runtime.settings import setting
from shared.service.settings import ServiceSettings


def an_identity(text: str) -> str:
    """A service's own `AGE-SECRET-KEY-PQ-1…`."""
    try:
        recipient_of(text)
    except (MalformedKey, Refused):
        raise ValueError("must be an AGE-SECRET-KEY-PQ-1… identity") from None
    return text


def a_recipient(text: str) -> str:
    """A post-quantum recipient, `age1pq1…`."""
    if not text.startswith("age1pq1"):
        raise ValueError("must be an age1pq1… recipient")
    return text


def a_day(text: str) -> date | None:
    """A day as 2027-01-31; nothing where the text is empty."""
    return date.fromisoformat(text) if text.strip() else None


@dataclass(frozen=True)
class TriageSettings(ServiceSettings):
    """The identity here opens disclosed facts only; no setting opens a story."""

    identity: str = setting(
        "KENTONGAN_TRIAGE_IDENTITY", an_identity, secret=True, help="Opens disclosed facts."
    )
    oversight_recipient: str = setting(
        "KENTONGAN_OVERSIGHT_RECIPIENT", a_recipient, help="The offline key letters are sealed to."
    )
    notify_recipient: str = setting(
        "KENTONGAN_NOTIFY_RECIPIENT", a_recipient, help="Work addresses are sealed to it."
    )
    second_factor_from: date | None = setting(
        "KENTONGAN_SECOND_FACTOR_FROM",
        a_day,
        default=None,
        help="From this day nobody works at the desk without a second factor.",
    )
