"""Days as people write them."""

from __future__ import annotations

import re
from datetime import date

from shared.runtime.errors import Refused

_YEARS = range(1990, 2100)
_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})|(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})", re.ASCII)


class MalformedDay(Refused):
    """Tulis tanggal sebagai hari-bulan-tahun, misalnya 17-11-2026."""

    code = "day"


def parse_day(text: str, field: str = "day") -> date | None:
    """`2026-11-17`, `17-11-2026`, `17/11/2026`, `17.11.2026`; None for an empty text.

    Raises MalformedDay, also for a year before 1990 or after 2099.
    """
    if not text:
        return None
    found = _DAY.fullmatch(text)
    if found is None:
        raise MalformedDay(field)
    numbers = [int(n) for n in found.groups() if n]
    try:
        day = date(*(numbers if found.group(1) else reversed(numbers)))
    except ValueError:
        raise MalformedDay(field) from None
    if day.year not in _YEARS:
        raise MalformedDay(field)
    return day
