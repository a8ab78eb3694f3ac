"""A fact as bytes.

    "KF1" ‖ u32be(head length) ‖ head (canonical JSON) ‖ for each part in order of its name:
    u32be(length) ‖ bytes

The head names each part by its SHA-256, so what is joined here cannot be exchanged unseen.
"""

from __future__ import annotations

import hashlib
import json
import struct
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from marshmallow import ValidationError

from shared.contracts.fact import Contract, Fact, stamp
from shared.contracts.facts import PUBLIC
from shared.contracts.private import PRIVATE
from shared.runtime.errors import Refused

_MAGIC = b"KF1"
_LENGTH = struct.Struct(">I")
_CONTRACTS = {(c.type, c.version): c for c in (*PUBLIC, *PRIVATE)}

# (type, version) -> the payload's JSON values one version later.
UPCASTS: dict[tuple[str, int], Callable[[dict[str, Any]], dict[str, Any]]] = {}


class UnknownContract(Refused):
    """Pesan antar-layanan ini memakai bentuk yang belum dikenal. Perbarui layanan ini."""

    code = "unknown_contract"


class MalformedFact(Refused):
    """Pesan antar-layanan ini rusak."""

    code = "malformed_fact"


def contract(type: str, version: int) -> type[Contract]:
    """The class of (type, version); raises UnknownContract."""
    try:
        return _CONTRACTS[type, version]
    except KeyError:
        raise UnknownContract("type") from None


def encode(fact: Fact, head: bytes | None = None) -> bytes:
    """The bytes of `fact`; `head` is its canonical form where the caller has made it already."""
    head = fact.canonical() if head is None else head
    pieces = [_MAGIC, _LENGTH.pack(len(head)), head]
    for _, content in sorted(fact.parts.items()):
        pieces += [_LENGTH.pack(len(content)), content]
    return b"".join(pieces)


def without_parts(body: bytes) -> bytes:
    """The head alone of an encoded fact, which names each part by its hash; the parts are gone.

    `decode` refuses it, the commitment can still be made over it. Raises MalformedFact.
    """
    if body[:3] != _MAGIC or len(body) < 7:
        raise MalformedFact("body")
    (length,) = _LENGTH.unpack_from(body, 3)
    return body[: 7 + length]


def decode(body: bytes) -> Fact:
    """The fact in `body`, upcast to its newest version.

    Raises MalformedFact when the bytes are not a whole fact, UnknownContract when nobody here
    knows its type and version. Unknown fields are passed over.
    """
    try:
        head, rest = _head(body)
        parts = _parts(head["parts"], rest)
        # Thirty times quicker than strptime; what it lets through beyond our form, stamp shows.
        at = datetime.fromisoformat(head["at"])
        if stamp(at) != head["at"]:
            raise ValueError("not our form of a time")
        envelope = {k: head[k] for k in ("id", "source", "subject", "cause")}
        kind, version, values = head["type"], head["version"], head["payload"]
    except (KeyError, TypeError, ValueError, struct.error) as fault:
        raise MalformedFact("fact") from fault
    while (kind, version) in UPCASTS:
        values, version = UPCASTS[kind, version](values), version + 1
    found = contract(kind, version)
    try:
        payload = found.load(values)
    except ValidationError as fault:
        raise MalformedFact("payload") from fault
    if missing := set(found.part_names) - set(parts):
        raise MalformedFact(f"parts.{min(missing)}")
    return Fact(type=kind, version=version, at=at, payload=payload, parts=parts, **envelope)


def _head(body: bytes) -> tuple[dict[str, Any], bytes]:
    if body[:3] != _MAGIC:
        raise ValueError("not a fact")
    (length,) = _LENGTH.unpack_from(body, 3)
    if 7 + length > len(body):
        raise ValueError("cut short")
    head = json.loads(body[7 : 7 + length])
    if not isinstance(head, dict):
        raise ValueError("not an object")
    return head, body[7 + length :]


def _parts(named: Mapping[str, str], rest: bytes) -> dict[str, bytes]:
    parts, at = {}, 0
    for name in sorted(named):
        (length,) = _LENGTH.unpack_from(rest, at)
        content = rest[at + 4 : at + 4 + length]
        if len(content) != length or hashlib.sha256(content).hexdigest() != named[name]:
            raise ValueError("a part differs from its name")
        parts[name] = content
        at += 4 + length
    if at != len(rest):
        raise ValueError("bytes left over")
    return parts
