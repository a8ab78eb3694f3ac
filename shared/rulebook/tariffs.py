"""What a service officially costs, with how sure we are of it.

Our own compilation (`data/tariffs.csv`). `checked_on` is the day a row was taken over from its
named source; the legal text itself has not been read again by us.
"""

import csv
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from shared.rulebook.reading import BrokenRulebook
from shared.rulebook.regions import cut

OFFICIAL = "reported"
STATUSES = (OFFICIAL, "secondary", "unverified")


@dataclass(frozen=True)
class Tariff:
    """`official_idr` in rupiah, 0 free, None a formula; no `provinces` means the whole country."""

    id: str
    service: str
    sector: str
    item: str
    official_idr: int | None
    unit: str
    provinces: tuple[str, ...]
    legal_basis: str
    valid_from: date | None
    valid_until: date | None
    checked_on: date
    source: str
    status: str

    @property
    def is_official(self) -> bool:
        """Only these rows may be shown as the official price."""
        return self.status == OFFICIAL

    def holds_in(self, region: str) -> bool:
        return not self.provinces or cut(region, 1) in self.provinces

    def holds_on(self, day: date) -> bool:
        began = self.valid_from is None or self.valid_from <= day
        return began and (self.valid_until is None or day <= self.valid_until)


def load_tariffs(folder: Path) -> tuple[Tariff, ...]:
    """In file order; raises BrokenRulebook naming the row."""
    path = folder / "tariffs.csv"
    try:
        with path.open(encoding="utf-8", newline="") as file:
            return tuple(_tariff(row, number) for number, row in enumerate(csv.DictReader(file), 2))
    except OSError as fault:
        raise BrokenRulebook(f"{path.name}: {fault}") from fault


def _tariff(row: dict[str, str], number: int) -> Tariff:
    try:
        if row["status"] not in STATUSES:
            raise ValueError(f"status {row['status']}")
        return Tariff(
            id=row["id"],
            service=row["service"],
            sector=row["sector"],
            item=row["item"],
            official_idr=int(row["official_idr"]) if row["official_idr"] else None,
            unit=row["unit"],
            provinces=tuple(row["provinces"].split()),
            legal_basis=row["legal_basis"],
            valid_from=_day(row["valid_from"]),
            valid_until=_day(row["valid_until"]),
            checked_on=date.fromisoformat(row["checked_on"]),
            source=row["source"],
            status=row["status"],
        )
    except (KeyError, ValueError, TypeError, AttributeError) as fault:
        raise BrokenRulebook(f"tariffs.csv, line {number}: {fault}") from fault


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def official_prices(
    tariffs: tuple[Tariff, ...], service: str, *, region: str, on: date
) -> tuple[Tariff, ...]:
    """The rows a page may show as official for this service, place and day."""
    return tuple(
        one
        for one in tariffs
        if one.service == service and one.is_official and one.holds_in(region) and one.holds_on(on)
    )


def least_official(tariffs: tuple[Tariff, ...], service: str, *, region: str, on: date) -> int:
    """Rupiah: the smallest official price, 0 when none is known.

    The disclosed facts do not say which item was asked for, so the part above tariff is taken
    against the smallest: an honest report never ranks lower because we guessed a dearer item.
    """
    prices = official_prices(tariffs, service, region=region, on=on)
    return min((one.official_idr for one in prices if one.official_idr is not None), default=0)
