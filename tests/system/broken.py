"""Filings and calls that must not come in, and what is said of each."""

from __future__ import annotations

import base64
from collections.abc import Callable
from typing import Any

from tests.support.citizen import b64url

Body = dict[str, Any]
STORY = b"Saya diminta membayar 150 ribu di loket. "
LOOK_ALIKE = (
    b"age-encryption.org/v1\n-> X25519 " + b"A" * 43 + b"\n" + b"B" * 43 + b"\n--- " + b"C" * 43
    + b"\n" + b"\x00" * 16_432
)  # fmt: skip
NOBODY = b64url(bytes(16))


def b64(content: bytes) -> str:
    """Standard base64."""
    return base64.b64encode(content).decode()


def put(path: str, value: Any) -> Callable[[Body], Any]:
    """Change one field of a sealed filing; `path` is dotted."""

    def change(body: Body) -> Body:
        *above, last = path.split(".")
        place = body
        for name in above:
            place = place[name]
        place[last] = value(place.get(last)) if callable(value) else value
        return body

    return change


def drop(name: str) -> Callable[[Body], Any]:
    """Leave one field out."""
    return lambda body: {key: value for key, value in body.items() if key != name}


def cut(text: str) -> str:
    """An envelope whose end was lost."""
    return b64(base64.b64decode(text)[:-100])


def flipped(text: str) -> str:
    """An envelope whose header was touched."""
    return b64(base64.b64decode(text).replace(b"mlkem768x25519", b"mlkem768x25510", 1))


# What is done to a good filing: (change, code, field).
FILINGS: dict[str, tuple[Callable[[Body], Any], str, str | None]] = {
    "a list": (lambda body: [body], "wrong_type", None),
    "a number": (lambda body: 7, "wrong_type", None),
    "an unknown name": (put("nama", "Budi"), "unknown_field", "nama"),
    "no envelope": (drop("envelope"), "required", "envelope"),
    "no mailbox": (drop("mailbox"), "required", "mailbox"),
    "no disclosed facts": (drop("disclosed"), "required", "disclosed"),
    "another version": (put("v", 2), "out_of_range", "v"),
    "a case that is no id": (put("case", "satu"), "wrong_length", "case"),
    "an unknown unit": (put("unit", "unit-khayalan"), "unknown_unit", "unit"),
    "another unit": (put("unit", "meja-nasional"), "wrong_unit", "unit"),
    "an old key": (put("epoch", 99), "stale_key", "epoch"),
    "an epoch in words": (put("epoch", "satu"), "wrong_type", "epoch"),
    "an unknown region": (put("disclosed.region", "99.99"), "unknown_region", "disclosed.region"),
    "an unknown service": (
        put("disclosed.service", "ramalan"), "unknown_code", "disclosed.service"),
    "an unknown office": (
        put("disclosed.office_kind", "warung"), "unknown_office", "disclosed.office_kind"),
    "an unknown class": (put("disclosed.coercion", "x"), "unknown_code", "disclosed.coercion"),
    "less than nothing": (put("disclosed.asked", -5), "out_of_range", "disclosed.asked"),
    "a key that is no key": (put("mailbox.box", "age1pq1tiruan"), "recipient_malformed",
                             "mailbox.box"),
    "a short lookup": (put("mailbox.lookup", "AAAA"), "not_base64url", "mailbox.lookup"),
    "plain text": (put("envelope", STORY.decode()), "not_base64", "envelope"),
    "plain text as base64": (put("envelope", b64(STORY * 400)), "envelope_malformed", "envelope"),
    "a look-alike": (put("envelope", b64(LOOK_ALIKE)), "envelope_malformed", "envelope"),
    "an empty envelope": (put("envelope", ""), "envelope_malformed", "envelope"),
    "a cut envelope": (put("envelope", cut), "envelope_size", "envelope"),
    "a touched envelope": (put("envelope", flipped), "envelope_malformed", "envelope"),
    "an unpadded envelope": (put("envelope", lambda text: b64(base64.b64decode(text) + b"x")),
                             "envelope_size", "envelope"),
    "an endless envelope": (put("envelope", "A" * 200_000), "not_base64", "envelope"),
    "an open address": (put("contact", b64(b"budi@contoh.example")), "envelope_malformed",
                        "contact"),
    "a language we do not speak": (put("lang", "xx"), "unknown_choice", "lang"),
}  # fmt: skip

# (method, path, content type, body, status, code)
CALLS: dict[str, tuple[str, str, str, bytes, int, str]] = {
    "half a body": ("POST", "/complaints", "application/json", b"{", 400, "not_json"),
    "no body": ("POST", "/complaints", "application/json", b"", 400, "not_json"),
    "NaN": ("POST", "/complaints", "application/json", b'{"v": NaN}', 400, "not_json"),
    "a name twice": ("POST", "/complaints", "application/json", b'{"v":1,"v":1}', 400, "not_json"),
    "nested without end": (
        "POST", "/complaints", "application/json", b"[" * 90_000, 400, "not_json"),
    "not said to be JSON": ("POST", "/complaints", "text/plain", b"{}", 415, "wrong_media_type"),
    "plain text": ("POST", "/complaints", "text/plain", STORY, 415, "wrong_media_type"),
    "too large": ("POST", "/complaints", "application/json", b" " * (3 << 20), 413, "too_large"),
    "the wrong method": ("GET", "/complaints", "", b"", 405, "method_not_allowed"),
    "nowhere": ("GET", "/laporan", "", b"", 404, "not_found"),
    "evidence too large": (
        "PUT", f"/evidence/{'a' * 32}/0", "application/octet-stream", b"x" * ((1 << 20) + 1),
        413, "too_large"),
    "evidence as a form": (
        "PUT", f"/evidence/{'a' * 32}/0", "application/x-www-form-urlencoded", b"x", 415,
        "wrong_media_type"),
    "no evidence": (
        "PUT", f"/evidence/{'a' * 32}/0", "application/octet-stream", b"", 422, "evidence_part"),
    "evidence without a name": (
        "PUT", "/evidence/foto.jpg/0", "application/octet-stream", b"x", 422, "evidence_name"),
    "evidence out of bounds": (
        "PUT", f"/evidence/{'a' * 32}/5000", "application/octet-stream", b"x", 422,
        "evidence_part"),
    "an unknown region": ("GET", "/directory/regions?within=99", "", b"", 422, "unknown_region"),
    "no region": ("GET", "/directory/regions", "", b"", 422, "required"),
    "an unsigned look": ("GET", "/mailbox", "", b"", 422, "required"),
    "an unsigned letter": ("POST", "/mailbox/letters", "application/json", b"{}", 422, "required"),
}  # fmt: skip
