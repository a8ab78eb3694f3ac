"""The plaintext inside an envelope: a header that says where it belongs, and a body.

    "kentongan/v1 record\\n" ‖ u32be length ‖ header ‖ u32be length ‖ body ‖ zeros to 16 or 64 KiB

Header and body are canonical JSON (RFC 8785). age has no associated data, so the receiver checks
case, direction, seq and prev itself (`check_place`): no swap, replay or reorder between cases.

Counting, per case and direction: the complaint is "in" 0 and letters count from 1, so the
reporter's first letter is "in" 1 and the desk's first is "out" 1. `prev` is the SHA-256 (hex) of
the ciphertext before it in the same direction, "" when there is none: the complaint and "out" 1
have "", "in" 1 has the complaint's.

Kinds: a complaint tells the story and names the reporter's own `box`, so that who opens it need
not take that key from anybody else; a letter has a text; an identity is a letter with a name. A
note is what the unit writes to itself; it counts in a direction of its own, "unit", so that no
note can ever pass for a letter.

A name is a record and a file of its own (`shared.crypto.keeping`), for who keeps names: direction
"keeper", `seq` that of the complaint or identity it stands in (their `kept`), `prev` "", in one
class of 2 KiB whatever its length. Older complaints and identities carry the name itself, and still
open. A complaint without a name is padded as if it had one: its size does not tell.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields

from shared.crypto.errors import MalformedRecord, Misplaced, TooLong
from shared.crypto.padding import KIB, fitting
from shared.runtime import canonical as spelling

__all__ = ["Attachment", "Header", "MalformedRecord", "Misplaced", "TooLong"]

MAGIC = b"kentongan/v1 record\n"
CLASSES = (16 * KIB, 64 * KIB)
NAME_CLASSES = (2 * KIB,)
KEPT_ROOM = 7030  # bytes that a sealed name takes in the body that holds it (a test measures it)
KINDS = ("complaint", "letter", "identity", "note", "name")
DIRECTIONS = ("in", "out", "unit", "keeper")
_OWN_WAY = {"note": "unit", "name": "keeper"}  # the kind and its direction, which no other kind has
BODY_KEYS: Mapping[str, frozenset[str]] = {
    "complaint": frozenset(
        {"story", "asked", "paid", "who", "place", "contact_wish", "box", "kept"}
    ),
    "letter": frozenset({"text"}),
    "identity": frozenset({"name", "kept"}),
    "note": frozenset({"text"}),
    "name": frozenset({"name"}),
}
REQUIRED: Mapping[str, frozenset[str]] = {
    "complaint": frozenset({"story"}),
    "letter": frozenset({"text"}),
    "identity": frozenset({"name", "kept"}),
    "note": frozenset({"text"}),
    "name": frozenset({"name"}),
}
_HEX64 = re.compile(r"[0-9a-f]{64}\Z")
_HEX32 = re.compile(r"[0-9a-f]{32}\Z")
_MAX_COUNT = 2**32 - 1


@dataclass(frozen=True, kw_only=True, repr=False)
class Attachment:
    """Where a sealed file lies and what opens it.

    `name` 32 hex digits (the upload's random name), `size` plain bytes, `media` type, `sha256` of
    the sealed bytes, `key` the one-off identity `AGE-SECRET-KEY-PQ-1…`.
    """

    name: str
    size: int
    media: str
    sha256: str
    key: str


@dataclass(frozen=True, kw_only=True, repr=False)
class Header:
    """`unit` and `epoch` name the unit key it was sealed to; see the module for seq and prev."""

    v: int = 1
    kind: str
    case: str
    direction: str
    seq: int
    prev: str = ""
    unit: str
    epoch: int
    attachments: tuple[Attachment, ...] = ()


def sha256_hex(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def canonical(content: object) -> bytes:
    """Canonical JSON (RFC 8785); MalformedRecord for what has no such form."""
    try:
        return spelling.canonical(content)
    except ValueError:  # CanonicalizationError and UnicodeEncodeError are both ValueErrors
        raise MalformedRecord from None


def write_body(kind: str, content: Mapping[str, str]) -> bytes:
    """Canonical JSON of a body of this kind; MalformedRecord for an unknown or missing key."""
    return canonical(_check_body(kind, content))


def read_body(kind: str, body: bytes) -> dict[str, str]:
    """The body's texts by key; MalformedRecord."""
    return _check_body(kind, _canonical_object(body))


def pack(header: Header, body: bytes) -> bytes:
    """Padded plaintext; TooLong when it fits no class, MalformedRecord for an impossible header."""
    _check_header(header)
    head = canonical(asdict(header))
    plain = b"".join([MAGIC, _framed(head), _framed(body)])
    return plain.ljust(_size_of(header.kind, body, len(plain)), b"\x00")


def _size_of(kind: str, body: bytes, size: int) -> int:
    """Of the padded record; a complaint that keeps no name leaves the room of one."""
    if kind == "name":
        return fitting(size, NAME_CLASSES, field="name")
    if kind != "complaint":
        return fitting(size, CLASSES, field="text")
    room = 0 if b'"kept":' in body else KEPT_ROOM
    return fitting(max(size, min(size + room, CLASSES[-1])), CLASSES, field="story")


def unpack(padded: bytes) -> tuple[Header, bytes]:
    """Header and body bytes; MalformedRecord for anything `pack` could not have written."""
    if len(padded) not in (*NAME_CLASSES, *CLASSES) or not padded.startswith(MAGIC):
        raise MalformedRecord
    head, position = _take(padded, len(MAGIC))
    body, position = _take(padded, position)
    if padded[position:].strip(b"\x00"):
        raise MalformedRecord
    header = _read_header(_canonical_object(head))
    _check_header(header)
    if (header.kind == "name") != (len(padded) in NAME_CLASSES):
        raise MalformedRecord
    return header, body


def check_place(header: Header, case: str, direction: str, seq: int, prev: str) -> None:
    """Misplaced unless the record belongs exactly here."""
    if (header.case, header.direction, header.seq, header.prev) != (case, direction, seq, prev):
        raise Misplaced


def _framed(part: bytes) -> bytes:
    return len(part).to_bytes(4, "big") + part


def _take(padded: bytes, start: int) -> tuple[bytes, int]:
    end = start + 4 + int.from_bytes(padded[start : start + 4], "big")
    if start + 4 > len(padded) or end > len(padded):
        raise MalformedRecord
    return padded[start + 4 : end], end


def _canonical_object(text: bytes) -> dict[str, object]:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        raise MalformedRecord from None
    if not isinstance(value, dict) or canonical(value) != text:
        raise MalformedRecord
    return value


def _check_body(kind: str, content: Mapping[str, object]) -> dict[str, str]:
    texts = {key: value for key, value in content.items() if isinstance(value, str)}
    known = BODY_KEYS.get(kind, frozenset())
    if len(texts) != len(content) or not texts.keys() <= known:
        raise MalformedRecord
    if len(texts.keys() & REQUIRED[kind]) != 1:  # of several that would do, one
        raise MalformedRecord
    return texts


def _read_header(value: dict[str, object]) -> Header:
    listed = value.get("attachments")
    if value.keys() != {field.name for field in fields(Header)} or not isinstance(listed, list):
        raise MalformedRecord
    try:
        attachments = tuple(Attachment(**entry) for entry in listed)
    except TypeError:
        raise MalformedRecord from None
    return Header(**{**value, "attachments": attachments})  # type: ignore[arg-type]  # checked next


def _is_count(value: object) -> bool:
    return type(value) is int and 0 <= value <= _MAX_COUNT


def _check_header(header: Header) -> None:
    texts = (header.case, header.unit, header.prev)
    if (
        type(header.v) is not int
        or header.v != 1
        or header.kind not in KINDS
        or header.direction not in DIRECTIONS
        or not _goes_its_way(header)
        or not all(isinstance(text, str) for text in texts)
        or not (header.case and header.unit)
        or not (header.prev == "" or _HEX64.match(header.prev))
        or not (_is_count(header.seq) and _is_count(header.epoch))
        or not all(_is_attachment(attachment) for attachment in header.attachments)
    ):
        raise MalformedRecord


def _goes_its_way(header: Header) -> bool:
    """A note and a name have a direction each that no other kind has; a name brings no files."""
    own = _OWN_WAY.get(header.kind)
    if header.kind == "name" and (header.attachments or header.prev):
        return False
    return header.direction == own if own else header.direction not in _OWN_WAY.values()


def _is_attachment(attachment: Attachment) -> bool:
    texts = (attachment.name, attachment.media, attachment.sha256, attachment.key)
    return bool(
        all(isinstance(text, str) for text in texts)
        and _HEX32.match(attachment.name)
        and _HEX64.match(attachment.sha256)
        and _is_count(attachment.size)
    )
