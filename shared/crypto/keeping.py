"""A name sealed apart from the story it belongs to, so that reading the story does not open it.

The file is a record of kind "name" for two keys: the keeper of names' current epoch key and
oversight's. It stands in base64 as `kept` in the body of the complaint (seq 0) or of the identity
letter `seq`. To reach the name somebody needs the unit's key, which opens what holds it, and the
keeper's: two people of two houses (docs/adr/0027). The reporter's own key opens it not either.
"""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass

from shared.crypto import age, record
from shared.crypto.errors import MalformedEnvelope, MalformedRecord
from shared.crypto.record import Header

DIRECTION = "keeper"
READERS = 2  # the keeper, oversight
LARGEST = 8192  # bytes of a sealed name for two; it has 5.4 KB


@dataclass(frozen=True)
class Keeper:
    """A unit that keeps names, and its current public key."""

    unit: str
    epoch: int
    recipient: str


def seal_name(name: str, *, case: str, seq: int, keeper: Keeper, oversight: str) -> str:
    """The name as `kept` of the complaint (seq 0) or identity letter `seq`; TooLong on "name"."""
    header = Header(
        kind="name",
        case=case,
        direction=DIRECTION,
        seq=seq,
        unit=keeper.unit,
        epoch=keeper.epoch,
    )
    plain = record.pack(header, record.write_body("name", {"name": name}))
    sealed = age.encrypt(plain, [keeper.recipient, oversight])
    return base64.b64encode(sealed).decode("ascii")


def read_kept(kept: str) -> bytes:
    """The sealed file in `kept`; MalformedRecord unless it has the shape of a sealed name."""
    try:
        file = base64.b64decode(kept, validate=True)
    except (binascii.Error, ValueError):
        raise MalformedRecord from None
    if not is_sealed_name(file):
        raise MalformedRecord
    return file


def is_sealed_name(file: bytes, readers: int = READERS) -> bool:
    """Whether it may be a sealed name for so many keys, by its shape: nothing is opened."""
    try:
        right = len(file) <= LARGEST and age.check(file) == readers
        return right and age.plaintext_size(file) in record.NAME_CLASSES
    except MalformedEnvelope:
        return False
