"""What a person types into the form, checked; the only plaintext this service ever holds."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from shared.rulebook.disclosed import Disclosed, dump_disclosed
from shared.runtime.canonical import canonical


@dataclass(frozen=True, repr=False)
class Story:
    """`body` goes into the envelope for people, `disclosed` to triage, `address` to notify, `name`
    to the keeper of names.

    `body` has the keys of a complaint's record (shared.crypto.record); `address` is an e-mail
    address or "", `name` what a confidential reporter is called or "". It lives in memory between
    the POST and the sealing, nowhere else.
    """

    disclosed: Disclosed
    body: Mapping[str, str]
    address: str
    name: str = ""

    def digest(self, once_key: bytes) -> bytes:
        """HMAC-SHA-256 under a key of the receipt: it recognises the same form sent twice and
        tells whoever reads the database nothing, for the receipt is not there."""
        content: dict[str, Any] = {
            "disclosed": dump_disclosed(self.disclosed),
            "body": dict(self.body),
            "address": self.address,
            "name": self.name,
        }
        return hmac.digest(once_key, b"form\x00" + canonical(content), hashlib.sha256)
