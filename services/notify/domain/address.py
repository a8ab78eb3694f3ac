"""What counts as an address a notice may go to."""

from __future__ import annotations

import re

from shared.runtime.errors import Refused

# The mailbox of HTML's <input type=email> (WHATWG HTML §4.10.5.1.5), with a dot in its domain.
# No quoted local part, no comment, no control character: nothing that could end a header line.
_LOCAL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_DOMAIN = re.compile(rf"{_LABEL}(?:\.{_LABEL})+")
_LOCAL_MAX = 64  # RFC 5321 §4.5.3.1.1
_WHOLE_MAX = 254  # RFC 5321 §4.5.3.1.3, less the angle brackets


class MalformedAddress(Refused):
    """Alamat surel ini tidak dapat dipakai. Periksa ejaannya, lalu tulis lagi."""

    code = "address_malformed"


def parse_address(text: object) -> str:
    """The address as mail servers take it; raises MalformedAddress.

    Spaces round it are dropped; a name in another script becomes its ASCII form (IDNA 2003).
    """
    if not isinstance(text, str):
        raise MalformedAddress("address")
    local, at, domain = text.strip(" ").rpartition("@")
    try:
        ascii_domain = domain.encode("idna").decode("ascii")
    except UnicodeError as fault:
        raise MalformedAddress("address") from fault
    address = f"{local}@{ascii_domain}"
    fits = len(local) <= _LOCAL_MAX and len(address) <= _WHOLE_MAX
    if not (at and fits and _LOCAL.fullmatch(local) and _DOMAIN.fullmatch(ascii_domain)):
        raise MalformedAddress("address")
    return address
