"""What was asked, beside what it officially costs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from shared.rulebook import Rulebook
from shared.rulebook.regions import NATIONAL
from shared.rulebook.tariffs import Tariff


@dataclass(frozen=True)
class Compared:
    """One row; `difference` is asked − official in rupiah.

    None when nothing is known to compare: no sum was asked, the row is still being checked, or it
    has no sum of its own ("Dilarang", a formula). A row that is not official keeps its name only.
    """

    tariff: Tariff
    difference: int | None


def compare(
    rulebook: Rulebook, service: str, *, region: str, on: date, asked: int | None
) -> tuple[Compared, ...]:
    """The service's rows in force there; with "" for the region, those of every province."""
    return tuple(
        Compared(tariff, _difference(rulebook, tariff, asked))
        for tariff in rulebook.tariffs
        if tariff.service == service
        and tariff.holds_on(on)
        and (not region or region == NATIONAL or tariff.holds_in(region))
    )


def equal_to(rows: Iterable[Compared]) -> Tariff | None:
    """The official price that was asked to the rupiah, None when none was or it is free."""
    equal = (row.tariff for row in rows if row.difference == 0 and row.tariff.official_idr)
    return next(equal, None)


def sum_of(rulebook: Rulebook, tariff: Tariff) -> int | None:
    """Rupiah to compare with; None for a row being checked, a formula, "Dilarang"."""
    has_sum = tariff.is_official and not rulebook.wording.units[tariff.unit].instead
    return tariff.official_idr if has_sum else None


def _difference(rulebook: Rulebook, tariff: Tariff, asked: int | None) -> int | None:
    official = sum_of(rulebook, tariff)
    return None if asked is None or official is None else asked - official
