"""The tree of units a case can be routed to."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from shared.rulebook.reading import BrokenRulebook, keyed, read_toml, rows_of
from shared.rulebook.regions import level_of
from shared.rulebook.vocabulary import Named
from shared.runtime.errors import Refused

EVERY_SECTOR = "*"


class UnknownUnit(Refused):
    """Unit itu tidak ada dalam daftar. Pilih unit dari daftar."""

    code = "unknown_unit"


@dataclass(frozen=True)
class UnitKind(Named):
    """What the reporter is told about who handles the case; `rank` breaks ties between units."""

    rank: int


@dataclass(frozen=True)
class Unit:
    """One desk. `region` is "ID" for national units; `heads` its own head, then the chain above it.

    `oversees` the sectors it exists for, `backs_up` those it takes when no such unit is left
    ("*" all), `office` the office kind it is itself when somebody accuses it ("" none).
    `keeps_names`: it holds the key to names kept apart, and works no case, ever.
    """

    id: str
    name: str
    kind: str
    region: str
    heads: tuple[str, ...]
    email: str
    oversees: tuple[str, ...] = ()
    backs_up: tuple[str, ...] = ()
    parent: str = ""
    office: str = ""
    keeps_names: bool = False

    @property
    def level(self) -> int:
        """0 national, 1 province, 2 regency, 3 district."""
        return level_of(self.region)

    def takes(self, sector: str) -> bool:
        return sector in self.oversees or self.covers_for(sector)

    def covers_for(self, sector: str) -> bool:
        return EVERY_SECTOR in self.backs_up or sector in self.backs_up


@dataclass(frozen=True)
class Units:
    """Units in file order, parents before children; `desk` is the national desk."""

    kinds: Mapping[str, UnitKind]
    by_id: Mapping[str, Unit]
    desk: Unit

    def __iter__(self) -> Iterator[Unit]:
        return iter(self.by_id.values())

    def unit(self, id: str, field: str = "unit") -> Unit:
        """Raises UnknownUnit naming `field`."""
        found = self.by_id.get(id)
        if found is None:
            raise UnknownUnit(field=field)
        return found

    @property
    def keepers(self) -> tuple[str, ...]:
        """The units that keep names, first choice first."""
        return tuple(unit.id for unit in self if unit.keeps_names)

    def above(self, id: str) -> tuple[Unit, ...]:
        """The chain of parents, nearest first: where a breach escalates to."""
        chain: list[Unit] = []
        unit = self.unit(id)
        while unit.parent and unit.parent in self.by_id and len(chain) < len(self.by_id):
            unit = self.by_id[unit.parent]
            chain.append(unit)
        return tuple(chain)


def load_units(folder: Path) -> Units:
    """Raises BrokenRulebook; whether the tree is sound is `soundness.check`'s question."""
    tables = read_toml(folder / "units.toml")
    kinds = rows_of(UnitKind, tables.get("kind"), "units.toml kind")
    units = rows_of(Unit, tables.get("unit"), "units.toml unit")
    desks = [unit for unit in units if unit.kind == "desk_nasional"]
    if len(desks) != 1:
        raise BrokenRulebook("units.toml: there must be exactly one unit of kind desk_nasional")
    return Units(keyed(kinds, "code", "kind"), keyed(units, "id", "unit"), desks[0])
