"""Sums of rupiah as people write them."""

from __future__ import annotations

import re

from shared.runtime.errors import Refused

MOST_RUPIAH = 10**12

_SCALES = {
    "": 1,
    "rb": 1_000,
    "ribu": 1_000,
    "k": 1_000,
    "jt": 1_000_000,
    "juta": 1_000_000,
    "m": 1_000_000_000,
    "miliar": 1_000_000_000,
    "milyar": 1_000_000_000,
}
_WRITTEN = re.compile(
    r"(?:rp|idr)?(\d[\d.,]{0,23})(rb|ribu|k|jt|juta|m|miliar|milyar|)(?:rupiah)?",
    re.ASCII,
)
_GROUPED = re.compile(r"(\d{1,3}(?:[.,]\d{3})+|\d+)(?:[.,]\d{2})?")
_DECIMAL = re.compile(r"\d+(?:[.,]\d{1,3})?")


class MalformedAmount(Refused):
    """Tulis jumlah uang dalam rupiah, misalnya 250.000, 250 rb, atau 1,5 juta."""

    code = "amount"


def parse_amount(text: str, field: str = "asked") -> int | None:
    """Rupiah, or None for an empty text.

    `250.000`, `Rp 250.000,-`, `250 rb`, `250ribu`, `1,5 juta`, `1.5jt`, `2 juta`; a group of three
    digits after a dot or a comma is thousands unless a scale word follows, cents are dropped.
    Raises MalformedAmount for anything else and for more than 10^12 rupiah.
    """
    squeezed = re.sub(r"\s+", "", text.lower()).removesuffix(",-")
    if not squeezed:
        return None
    written = _WRITTEN.fullmatch(squeezed)
    if written is None:
        raise MalformedAmount(field)
    digits, scale = written.group(1), _SCALES[written.group(2)]
    amount = _scaled(digits, scale) if scale > 1 else _plain(digits)
    if amount is None or amount > MOST_RUPIAH:
        raise MalformedAmount(field)
    return amount


def _plain(digits: str) -> int | None:
    grouped = _GROUPED.fullmatch(digits)
    return int(re.sub(r"[.,]", "", grouped.group(1))) if grouped else None


def _scaled(digits: str, scale: int) -> int | None:
    if not _DECIMAL.fullmatch(digits):
        return None
    whole, _, part = digits.replace(",", ".").partition(".")
    return int(whole) * scale + (int(part) * scale // 10 ** len(part) if part else 0)
