"""Whether a text can be an e-mail address at all; notify has the last word on it."""

from __future__ import annotations

import re

# WHATWG HTML §4.10.5.1.5, with a dot in the domain; lengths of RFC 5321 §4.5.3.1.
_ADDRESS = re.compile(
    r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
    r"@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z0-9][A-Za-z0-9-]{0,61}[A-Za-z0-9]"
)
_LONGEST = 254
_LONGEST_LOCAL = 64


def is_address(text: str) -> bool:
    """True for `name@domain.tld`, nothing round it."""
    fits = len(text) <= _LONGEST and len(text.partition("@")[0]) <= _LONGEST_LOCAL
    return fits and _ADDRESS.fullmatch(text) is not None
