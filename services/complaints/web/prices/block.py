"""The official price beside the question how much was asked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask_babel import gettext

from services.complaints.domain.amount import parse_amount
from services.complaints.domain.price import compare, sum_of
from services.complaints.domain.typed import Typed, region_of
from services.complaints.web.prices.words import Price, price_of
from shared.rulebook import Rulebook
from shared.runtime.errors import Refusal


@dataclass(frozen=True)
class PriceRow:
    """`rupiah` is what may be compared with, `difference` asked − rupiah; None for neither.

    `provinces` are codes, none for the whole country.
    """

    id: str
    price: Price
    rupiah: int | None
    provinces: tuple[str, ...]
    difference: int | None


@dataclass(frozen=True)
class PriceBlock:
    """A service's rows; `basis` is the law and the day checked when all official rows share them.

    A page that holds the blocks of all services shows the one the reader is at.
    """

    code: str
    name: str
    rows: tuple[PriceRow, ...]
    basis: tuple[str, date] | None
    is_shown: bool


def price_blocks(rulebook: Rulebook, typed: Typed, *, on: date, language: str) -> list[PriceBlock]:
    """The block of the chosen service, none before one is chosen."""
    service = typed.word("service")
    if service not in rulebook.services:
        return []
    try:
        asked = parse_amount(typed.word("asked"))
    except Refusal:
        asked = None
    region = region_of(rulebook, typed)
    return [_block(rulebook, service, region=region, on=on, asked=asked, language=language)]


def all_price_blocks(rulebook: Rulebook, *, on: date, language: str) -> list[PriceBlock]:
    """One for every service, for a page that asks nobody afterwards: it shows and hides them."""
    return [
        _block(rulebook, code, region="", on=on, asked=None, language=language, is_shown=False)
        for code in rulebook.services
    ]


def difference_words() -> dict[str, str]:
    """The three sentences beside a row, with `%(amount)s` open."""
    return {
        "more": gettext("%(amount)s di atas tarif"),
        "less": gettext("%(amount)s di bawah tarif"),
        "equal": gettext("sama dengan tarif"),
    }


def _block(
    rulebook: Rulebook,
    code: str,
    *,
    region: str,
    on: date,
    asked: int | None,
    language: str,
    is_shown: bool = True,
) -> PriceBlock:
    rows = tuple(
        PriceRow(
            id=one.tariff.id,
            price=price_of(rulebook, one.tariff, language),
            rupiah=sum_of(rulebook, one.tariff),
            provinces=one.tariff.provinces,
            difference=one.difference,
        )
        for one in compare(rulebook, code, region=region, on=on, asked=asked)
    )
    bases = {(row.price.legal_basis, row.price.checked_on) for row in rows if row.price.is_official}
    name = rulebook.services[code].in_language(language)
    return PriceBlock(code, name, rows, bases.pop() if len(bases) == 1 else None, is_shown)
