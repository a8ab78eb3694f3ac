"""The settings only notify has."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from services.notify.domain.address import MalformedAddress, parse_address
from services.notify.domain.mail_server import MailServer
from shared.runtime.settings import a_count, a_path, setting
from shared.service.settings import ServiceSettings


def a_mail_server(text: str) -> str:
    """`smtp://user:password@host:port` or `smtps://…`; anything else raises ValueError."""
    MailServer.of(text)
    return text


def a_mail_address(text: str) -> str:
    """A mail address; anything else raises ValueError."""
    try:
        return parse_address(text)
    except MalformedAddress as fault:
        raise ValueError("must be a mail address") from fault


@dataclass(frozen=True)
class NotifySettings(ServiceSettings):
    """Read from the environment by `services.notify.__main__`, and nowhere else."""

    identity: str = setting(
        "KENTONGAN_NOTIFY_IDENTITY", secret=True, help="Opens the addresses reporters leave."
    )
    smtp_url: str | None = setting(
        "KENTONGAN_SMTP_URL",
        a_mail_server,
        default=None,
        secret=True,
        help="smtp://user:password@host:port or smtps://…; without it mail goes into the Maildir.",
    )
    maildir: Path = setting("KENTONGAN_MAILDIR", a_path, default=Path("maildir"))
    mail_from: str = setting(
        "KENTONGAN_MAIL_FROM", a_mail_address, default="kabar@kentongan.example"
    )
    gather_minutes: int = setting(
        "KENTONGAN_GATHER_MINUTES",
        a_count,
        default=10,
        help="A person of the desk gets at most one mail in so many minutes.",
    )
