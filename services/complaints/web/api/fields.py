"""Bytes inside JSON: base64url keys and base64 envelopes."""

from __future__ import annotations

import base64
import binascii
from typing import Any

from marshmallow import ValidationError, fields

from services.complaints.domain.base64url import from_base64url
from shared.runtime.errors import Refused


class NotBase64Url(Refused):
    """Tulis %(size)s bita sebagai base64url tanpa tanda sama dengan."""

    code = "not_base64url"


class NotBase64(Refused):
    """Tulis amplop sebagai base64 baku dalam satu baris, paling banyak %(most)s huruf."""

    code = "not_base64"


class Key(fields.Field[bytes]):
    """Exactly `size` bytes as unpadded base64url."""

    def __init__(self, size: int, what: str, **more: Any) -> None:
        letters = -(-size * 4 // 3)
        described = {
            "type": "string",
            "pattern": f"^[A-Za-z0-9_-]{{{letters}}}$",
            "description": f"{what}: {size} bytes as unpadded base64url.",
        }
        super().__init__(required=True, metadata=described, **more)
        self._size = size

    def _deserialize(self, value: Any, attr: Any, data: Any, **_: Any) -> bytes:
        content = from_base64url(value, self._size) if isinstance(value, str) else None
        if content is None:
            raise ValidationError([NotBase64Url(size=self._size)])
        return content


class Sealed(fields.Field[bytes]):
    """An age file as padded base64 of at most `most` letters."""

    def __init__(self, most: int, what: str, *, required: bool = True) -> None:
        described = {
            "type": "string",
            "format": "byte",
            "maxLength": most,
            "description": f"{what}, as standard base64.",
        }
        missing: Any = {} if required else {"load_default": None, "allow_none": True}
        super().__init__(required=required, metadata=described, **missing)
        self._most = most

    def _deserialize(self, value: Any, attr: Any, data: Any, **_: Any) -> bytes:
        try:
            if not isinstance(value, str) or len(value) > self._most:
                raise ValueError("not text, or too long")
            return base64.b64decode(value.encode("ascii"), validate=True)
        except (binascii.Error, ValueError):
            raise ValidationError([NotBase64(most=self._most)]) from None
