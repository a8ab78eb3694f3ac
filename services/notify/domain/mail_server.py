"""Where mail is handed over, as its URL says."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
_PORTS = {"smtp": 587, "smtps": 465}


@dataclass(frozen=True)
class MailServer:
    """`smtp` means STARTTLS (RFC 3207), `smtps` TLS from the first byte (RFC 8314)."""

    scheme: str
    host: str
    port: int
    user: str
    password: str = field(repr=False)

    @classmethod
    def of(cls, url: str) -> MailServer:
        """Read `smtp://user:password@host:port` or `smtps://…`; raises ValueError."""
        parts = urlsplit(url)
        if parts.scheme not in _PORTS or not parts.hostname:
            raise ValueError("must be smtp://user:password@host:port or smtps://…")
        port = parts.port or _PORTS[parts.scheme]
        user, password = unquote(parts.username or ""), unquote(parts.password or "")
        return cls(parts.scheme, parts.hostname, port, user, password)

    @property
    def is_local(self) -> bool:
        """Whether what we send never leaves this machine."""
        return self.host in _LOOPBACK
