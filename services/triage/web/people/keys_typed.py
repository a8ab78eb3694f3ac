"""Keys a browser has made, out of the hidden fields of a form."""

from __future__ import annotations

import base64
import binascii
import re

from flask import request

from services.triage.store.people import PersonKeys
from shared.crypto.errors import MalformedRecipient
from shared.crypto.hybrid import public_key
from shared.crypto.person import WRAPPED_BYTES, auth_hash
from shared.runtime.errors import Refused


class MalformedAuthKey(Refused):
    """Kunci masuk tidak terbaca. Nyalakan JavaScript, lalu masuk dari halaman ini."""

    code = "malformed_auth_key"


class MalformedKeys(Refused):
    """Kunci dari peramban tidak terbaca. Nyalakan JavaScript, lalu muat ulang halaman ini."""

    code = "malformed_keys"


def auth_key_typed(name: str, field: str) -> bytes:
    """32 bytes in base64url; raises MalformedAuthKey at `field`."""
    key = bytes_typed(name)
    if key is None or len(key) != 32:
        raise MalformedAuthKey(field)
    return key


def wrapped_typed() -> tuple[bytes, bytes]:
    """(SHA-256 of the new auth key, 92-byte wrapped identity); raises MalformedKeys."""
    key, identity = bytes_typed("kunci"), bytes_typed("identitas")
    if key is None or len(key) != 32 or identity is None or len(identity) != WRAPPED_BYTES:
        raise MalformedKeys("baru")
    return auth_hash(key), identity


def keys_typed() -> PersonKeys:
    """All a browser makes at enrolment; raises MalformedKeys."""
    hashed, identity = wrapped_typed()
    recipient = request.form.get("penerima", "")
    try:
        public_key(recipient)
    except MalformedRecipient:
        raise MalformedKeys("baru") from None
    return PersonKeys(hashed, identity, recipient)


def code_typed() -> str:
    """The six digits of an app, however they are grouped; "" for what is no code."""
    text = "".join(request.form.get("kode", "")[:40].split())
    return text if re.fullmatch("[0-9]{6}", text, re.ASCII) else ""


def bytes_typed(name: str) -> bytes | None:
    """base64url out of a field, None for what is none."""
    text = request.form.get(name, "")
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (ValueError, binascii.Error):
        return None
