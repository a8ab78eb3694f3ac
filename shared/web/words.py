"""Money, dates and times as people here write them."""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel.dates import format_date
from babel.numbers import format_decimal
from flask import Flask

from shared.web.i18n import spoken

# Indonesia's three zones have names everybody uses (Keppres 41/1987).
ZONES = {"WIB": "Asia/Jakarta", "WITA": "Asia/Makassar", "WIT": "Asia/Jayapura"}


def money(amount: int | None) -> str:
    """250000 → `Rp250.000`; None → an en dash."""
    if amount is None:
        return "–"
    return "Rp" + f"{amount:,}".replace(",", ".")


def local(at: datetime, zone: str = "WIB") -> datetime:
    """The instant `at` on the clocks of `zone` (WIB, WITA or WIT)."""
    return at.astimezone(ZoneInfo(ZONES[zone]))


def long_date(day: date | datetime, zone: str = "WIB") -> str:
    """`Rabu, 25 November 2026`; an instant is shown as its day in `zone`."""
    if isinstance(day, datetime):
        day = local(day, zone).date()
    return date_words(day, "EEEE, d MMMM y", spoken())


@lru_cache(4096)
def date_words(day: date, pattern: str, language: str) -> str:
    """A day by a CLDR pattern; a page shows the same few days again and again."""
    return format_date(day, pattern, locale=language)


def clock_time(at: datetime, zone: str = "WIB") -> str:
    """`03.32 WIB`."""
    return f"{local(at, zone):%H.%M} {zone}"


def digits(count: int) -> str:
    """48113 → `48.113`."""
    return f"{count:,}".replace(",", ".")


def size_words(size_bytes: int) -> str:
    """340123 → `340 KB`, 1234567 → `1,2 MB` (decimal units, one digit)."""
    if size_bytes < 1_000_000:
        return f"{max(1, round(size_bytes / 1000))} KB"
    return format_decimal(size_bytes / 1e6, format="#,##0.#", locale=spoken()) + " MB"


def teach_words(app: Flask) -> None:
    """Give templates the filters `money`, `date`, `time`, `digits` and `size_words`."""
    app.add_template_filter(money, "money")
    app.add_template_filter(long_date, "date")
    app.add_template_filter(clock_time, "time")
    app.add_template_filter(digits, "digits")
    app.add_template_filter(size_words, "size_words")
