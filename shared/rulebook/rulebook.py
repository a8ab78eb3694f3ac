"""The rules everybody reads, loaded once from data files."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from hashlib import sha256
from pathlib import Path

from shared.rulebook.calendar import Calendar, load_calendar
from shared.rulebook.reading import BrokenRulebook
from shared.rulebook.regions import Regions, load_regions
from shared.rulebook.tariffs import Tariff, least_official, load_tariffs, official_prices
from shared.rulebook.units import Units, load_units
from shared.rulebook.vocabulary import Choice, Need, OfficeKind, ServiceKind, load_vocabulary

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True)
class Rulebook:
    """`version` is 12 hex digits over the data files: two services with the same agree on all.

    `needs`, `services`, `offices` are keyed by code; `codes["coercion"]["none"]` is a Choice.
    """

    version: str
    regions: Regions
    needs: Mapping[str, Need]
    services: Mapping[str, ServiceKind]
    offices: Mapping[str, OfficeKind]
    codes: Mapping[str, Mapping[str, Choice]]
    units: Units
    calendar: Calendar
    tariffs: tuple[Tariff, ...]

    def prices(self, service: str, *, region: str, on: date) -> tuple[Tariff, ...]:
        """The official prices a page may show."""
        return official_prices(self.tariffs, service, region=region, on=on)

    def least_official(self, service: str, *, region: str, on: date) -> int:
        """Rupiah; 0 when free or unknown."""
        return least_official(self.tariffs, service, region=region, on=on)


def load(folder: Path | str | None = None) -> Rulebook:
    """From `folder`, or the data this release came with. Raises BrokenRulebook.

    Loaded once a process; whether it is sound is `soundness.check`'s question.
    """
    return _load(Path(folder) if folder else DATA)


@cache
def _load(folder: Path) -> Rulebook:
    if not folder.is_dir():
        raise BrokenRulebook(f"{folder}: no such folder")
    digest = sha256()
    for path in sorted(folder.glob("*.*")):
        digest.update(path.name.encode() + b"\0" + sha256(path.read_bytes()).digest())
    words = load_vocabulary(folder)
    return Rulebook(
        version=digest.hexdigest()[:12],
        regions=load_regions(),
        needs=words.needs,
        services=words.services,
        offices=words.offices,
        codes=words.codes,
        units=load_units(folder),
        calendar=load_calendar(folder),
        tariffs=load_tariffs(folder),
    )
