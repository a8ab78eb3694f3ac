"""Whose address it is: a complaint's, a unit's or a person's of the desk."""

from __future__ import annotations

import hashlib

_UNIT = "unit:"
_PERSON = "person:"


def unit_holder(unit: str) -> str:
    """How a unit stands among the addresses: no complaint's id looks like it."""
    return _UNIT + unit


def unit_of(holder: str) -> str:
    """The unit that stands behind a holder without a sealed address."""
    return holder.removeprefix(_UNIT)


def person_holder(name: str) -> str:
    """How a person of the desk stands among the addresses."""
    return _PERSON + name


def is_person(holder: str) -> bool:
    """Whether a person of the desk stands behind it."""
    return holder.startswith(_PERSON)


def subject_of(holder: str) -> str | None:
    """The complaint behind a holder; None for a unit or a person of the desk."""
    return None if holder.startswith((_UNIT, _PERSON)) else holder


def stop_name(holder: str, sealed: bytes | None) -> str:
    """What a stop link is made of: a person's, of this one address, so that a link that lies in
    an old mailbox does not silence the new one."""
    if not is_person(holder) or sealed is None:
        return holder
    return f"{holder} {hashlib.sha256(sealed).hexdigest()}"
