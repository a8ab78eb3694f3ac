"""All rules in one value, handed to whoever decides by them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from shared.rulebook.calendar import Calendar
from shared.rulebook.clocks import ClockRule
from shared.rulebook.grades import GradeRule
from shared.rulebook.names import NameRules
from shared.rulebook.regions import Regions
from shared.rulebook.tariffs import Tariff, least_official, official_prices
from shared.rulebook.units import Units
from shared.rulebook.vocabulary import Choice, Need, OfficeKind, ServiceKind
from shared.rulebook.wording import Wording


@dataclass(frozen=True)
class Rulebook:
    """`version` is 12 hex digits over the data files: two services with the same agree on all.

    `needs`, `services`, `offices`, `clocks` are keyed by code; `codes["coercion"]["none"]` is a
    Choice.
    """

    version: str
    regions: Regions
    needs: Mapping[str, Need]
    services: Mapping[str, ServiceKind]
    offices: Mapping[str, OfficeKind]
    codes: Mapping[str, Mapping[str, Choice]]
    units: Units
    calendar: Calendar
    clocks: Mapping[str, ClockRule]
    grades: tuple[GradeRule, ...]
    names: NameRules
    tariffs: tuple[Tariff, ...]
    wording: Wording

    def prices(self, service: str, *, region: str, on: date) -> tuple[Tariff, ...]:
        """The official prices a page may show."""
        return official_prices(self.tariffs, service, region=region, on=on)

    def least_official(self, service: str, *, region: str, on: date) -> int:
        """Rupiah; 0 when free or unknown."""
        return least_official(self.tariffs, service, region=region, on=on)
