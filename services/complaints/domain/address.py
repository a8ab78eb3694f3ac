"""Whether a text can be an e-mail address at all; notify has the last word on it."""

from __future__ import annotations

import re

from shared.runtime.errors import Refused

# WHATWG HTML §4.10.5.1.5, with a dot in the domain; lengths of RFC 5321 §4.5.3.1.
_ADDRESS = re.compile(
    r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
    r"@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z0-9][A-Za-z0-9-]{0,61}[A-Za-z0-9]"
)
_LONGEST = 254
_LONGEST_LOCAL = 64


class MalformedAddress(Refused):
    """Tulis alamat surel yang lengkap, misalnya nama@contoh.id, atau pilih tanpa nama."""

    code = "address_malformed"


def parse_address(text: str, field: str = "email") -> str:
    """The address without spaces round it; raises MalformedAddress."""
    address = text.strip()
    local = address.partition("@")[0]
    fits = len(address) <= _LONGEST and len(local) <= _LONGEST_LOCAL
    if not (fits and _ADDRESS.fullmatch(address)):
        raise MalformedAddress(field)
    return address
