"""Notices over SMTP (RFC 5321), encrypted unless the server is on this machine."""

from __future__ import annotations

import contextlib
import smtplib
import ssl
from email.message import EmailMessage

from services.notify.channels import ChannelDown, NoticeDeferred, NoticeRefused
from services.notify.domain.mail import domain_of
from services.notify.domain.mail_server import MailServer

_TIMEOUT_SECONDS = 20.0


class SmtpChannel:
    """One connection a notice: notices are few, and a kept connection tells who belongs together.

    A server elsewhere must offer STARTTLS with a certificate we trust; one on this machine may
    go without. `timeout` (seconds) bounds each answer of the server.
    """

    def __init__(
        self,
        server: MailServer,
        *,
        timeout: float = _TIMEOUT_SECONDS,
        trust: ssl.SSLContext | None = None,
    ) -> None:
        self._server = server
        self._timeout = timeout
        self._trust = trust or ssl.create_default_context()

    def send(self, mail: EmailMessage, to: str) -> None:
        """Send one message; see Channel."""
        try:
            connection = self._connect(domain_of(str(mail["From"])))
            try:
                connection.send_message(mail, to_addrs=[to])
            finally:
                _part(connection)
        except smtplib.SMTPRecipientsRefused as refusal:
            _judge(next(iter(refusal.recipients.values()))[0], refusal)
        except smtplib.SMTPDataError as refusal:
            _judge(refusal.smtp_code, refusal)
        except (smtplib.SMTPException, OSError) as fault:
            raise ChannelDown from fault

    def _connect(self, our_name: str) -> smtplib.SMTP:
        # smtplib would greet with this machine's own name: the sender's domain tells nobody more.
        place = (self._server.host, self._server.port, our_name)
        connection: smtplib.SMTP
        if self._server.scheme == "smtps":
            connection = smtplib.SMTP_SSL(*place, timeout=self._timeout, context=self._trust)
        else:
            connection = smtplib.SMTP(*place, timeout=self._timeout)
        try:
            self._secure(connection)
        except (smtplib.SMTPException, OSError):
            connection.close()
            raise
        return connection

    def _secure(self, connection: smtplib.SMTP) -> None:
        if self._server.scheme == "smtp":
            connection.ehlo()
            if connection.has_extn("starttls"):
                connection.starttls(context=self._trust)
            elif not self._server.is_local:
                raise smtplib.SMTPNotSupportedError("the server offers no STARTTLS")
        if self._server.user:
            connection.login(self._server.user, self._server.password)


def _part(connection: smtplib.SMTP) -> None:
    # What was accepted stays accepted, whatever the server says to our goodbye: a fault here
    # must not become a second copy.
    with contextlib.suppress(smtplib.SMTPException, OSError):
        connection.quit()
    connection.close()


def _judge(code: int, refusal: smtplib.SMTPException) -> None:
    if code == 421:  # RFC 5321 §4.2.3: the whole service is closing
        raise ChannelDown from refusal
    raise (NoticeRefused if code >= 500 else NoticeDeferred) from refusal
