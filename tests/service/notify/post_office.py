"""A real SMTP server of the test's own, which can be told to misbehave."""

from __future__ import annotations

import asyncio
import ssl
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import Message

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from tests.support.ports import free_port


@dataclass
class PostOffice:
    """`answers` maps a recipient to what RCPT says, "" to what DATA says; `slow` seconds."""

    answers: dict[str, str] = field(default_factory=dict)
    slow: float = 0.0
    mails: list[Message] = field(default_factory=list)
    logins: list[tuple[bytes, bytes]] = field(default_factory=list)
    port: int = field(default_factory=free_port)
    _controller: Controller | None = None

    def open(self, tls: ssl.SSLContext | None = None, *, demand_login: bool = False) -> None:
        """Begin to listen; with `tls` STARTTLS is demanded."""
        self._controller = Controller(
            self,
            hostname="127.0.0.1",
            port=self.port,
            tls_context=tls,
            require_starttls=tls is not None,
            auth_required=demand_login,
            authenticator=self._authenticate,
        )
        self._controller.start()

    def close(self) -> None:
        """Stop listening."""
        if self._controller is not None:
            self._controller.stop()
            self._controller = None

    @property
    def url(self) -> str:
        """Where it is."""
        return f"smtp://127.0.0.1:{self.port}"

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Answer RCPT TO."""
        if address in self.answers:
            return self.answers[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        """Answer the end of DATA."""
        await asyncio.sleep(self.slow)
        if "" in self.answers:
            return self.answers[""]
        assert isinstance(envelope.content, bytes)
        mail = message_from_bytes(envelope.content)
        mail["X-Envelope"] = ",".join(envelope.rcpt_tos)
        mail["X-Greeting"] = str(session.host_name)
        self.mails.append(mail)
        return "250 OK"

    def _authenticate(
        self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: object
    ) -> AuthResult:
        assert isinstance(data, LoginPassword)
        self.logins.append((data.login, data.password))
        return AuthResult(success=data.password == b"s:andi")
