"""Which way notices leave this house."""

from __future__ import annotations

from pathlib import Path

from services.notify.channels import Channel
from services.notify.channels.maildir import MaildirChannel
from services.notify.channels.smtp import SmtpChannel
from services.notify.domain.mail_server import MailServer


def open_channel(smtp_url: str | None, maildir: Path) -> Channel:
    """Real SMTP when there is a URL for it, the folder `maildir` otherwise. Connects to nothing."""
    return SmtpChannel(MailServer.of(smtp_url)) if smtp_url else MaildirChannel(maildir)
