"""The token of a stop link: made again whenever it is needed, never stored."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
from dataclasses import dataclass

_TOKEN_BYTES = 24


@dataclass(frozen=True, repr=False)
class StopKeys:
    """Two keys of one secret: one makes the token of a link, one what the database keeps of it.

    token = base64url(HMAC-SHA256(make, holder)[:24])      32 characters in the link
    mark  = HMAC-SHA256(keep, token bytes)                 32 bytes in the database

    Whoever reads the database can neither make a link nor tell whose a link is.
    """

    make: bytes
    keep: bytes

    @classmethod
    def of(cls, secret: str) -> StopKeys:
        """The keys that follow from notify's own identity."""
        root = secret.encode()
        return cls(
            make=hmac.digest(root, b"kentongan/v1 stop link", hashlib.sha256),
            keep=hmac.digest(root, b"kentongan/v1 stop mark", hashlib.sha256),
        )

    def token(self, holder: str) -> str:
        """The token for the link in every notice to `holder`."""
        return base64.urlsafe_b64encode(self._raw(holder)).decode("ascii")

    def mark(self, holder: str) -> bytes:
        """What the database keeps to find `holder` by its token."""
        return self._mark(self._raw(holder))

    def mark_of(self, token: str) -> bytes | None:
        """The mark of a token somebody shows us, None when it cannot be one."""
        try:
            raw = base64.b64decode(token.encode("ascii"), altchars=b"-_", validate=True)
        except (binascii.Error, UnicodeEncodeError):
            return None
        return self._mark(raw) if len(raw) == _TOKEN_BYTES else None

    def _raw(self, holder: str) -> bytes:
        return hmac.digest(self.make, holder.encode(), hashlib.sha256)[:_TOKEN_BYTES]

    def _mark(self, raw: bytes) -> bytes:
        return hmac.digest(self.keep, raw, hashlib.sha256)
