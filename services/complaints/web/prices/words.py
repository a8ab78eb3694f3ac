"""What a page may say about a price: only a `reported` row is ever shown with its figure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from shared.rulebook import Rulebook
from shared.rulebook.tariffs import Tariff
from shared.rulebook.vocabulary import ServiceKind


@dataclass(frozen=True)
class Price:
    """One row as a page shows it; a row that is being checked keeps only its name and day.

    `amount` in rupiah, 0 free, None when `instead` says it in words; `where` names provinces.
    """

    name: str
    checked_on: date
    is_official: bool
    amount: int | None = None
    instead: str = ""
    unit: str = ""
    note: str = ""
    where: str = ""
    legal_basis: str = ""
    source: str = ""


@dataclass(frozen=True)
class Priced:
    """A service and its prices; none when our table has no row for what was asked."""

    code: str
    name: str
    need: str
    prices: tuple[Price, ...]


def price_of(rulebook: Rulebook, tariff: Tariff, language: str) -> Price:
    """The row in the asker's language."""
    wording = rulebook.wording
    name, unit = wording.tariffs[tariff.id], wording.units[tariff.unit]
    regions = rulebook.regions.by_code
    where = ", ".join(regions[code].name for code in tariff.provinces)
    if not tariff.is_official:
        return Price(name.in_language(language), tariff.checked_on, is_official=False, where=where)
    instead = unit.instead_in(language)
    return Price(
        name=name.in_language(language),
        checked_on=tariff.checked_on,
        is_official=True,
        amount=None if instead else tariff.official_idr,
        instead=instead,
        unit=unit.in_language(language),
        note=name.note_in(language),
        where=where,
        legal_basis=_as_written(tariff.legal_basis),
        source=_as_written(tariff.source),
    )


def priced(
    rulebook: Rulebook,
    service: ServiceKind,
    language: str,
    *,
    on: date,
    tariffs: tuple[Tariff, ...] | None = None,
) -> Priced:
    """All rows of a service in force on a day, or only those of `tariffs`."""
    rows = rulebook.tariffs if tariffs is None else tariffs
    found = [one for one in rows if one.service == service.code and one.holds_on(on)]
    prices = tuple(price_of(rulebook, one, language) for one in found)
    return Priced(service.code, service.in_language(language), service.need, prices)


def _as_written(text: str) -> str:
    """The table is typed in ASCII."""
    return text.replace("<=", "≤").replace("->", "→")
