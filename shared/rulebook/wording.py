"""How prices are called and searched for: names of tariff rows, units, slang, other doors."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from shared.rulebook.reading import BrokenRulebook, keyed, read_toml, rows_of
from shared.rulebook.vocabulary import Named

WORDING_FILES = ("doors.toml", "search_words.toml", "tariff_names.toml")


@dataclass(frozen=True)
class UnitName(Named):
    """What a price is counted by; `instead` stands where a sum would when there is none."""

    instead: str = ""
    instead_en: str = ""

    def instead_in(self, language: str) -> str:
        return self.instead_en if language == "en" else self.instead


@dataclass(frozen=True)
class TariffName(Named):
    """A row of tariffs.csv as people say it; `words` are further words it is found by."""

    words: tuple[str, ...] = ()
    note: str = ""
    note_en: str = ""

    def note_in(self, language: str) -> str:
        return self.note_en if language == "en" else self.note


@dataclass(frozen=True)
class Door(Named):
    """Another door than this site; `by` says how to reach it."""

    by: str
    by_en: str
    source: str
    checked_on: date

    def by_in(self, language: str) -> str:
        return self.by_en if language == "en" else self.by


@dataclass(frozen=True)
class Slang:
    """`says` are phrases of everyday speech; `words` what they mean, none for a name of money."""

    says: tuple[str, ...]
    source: str
    words: tuple[str, ...] = ()


@dataclass(frozen=True)
class ServiceWords:
    """Further words a service is found by; `apart` are words of its name that no row is about."""

    code: str
    words: tuple[str, ...]
    apart: tuple[str, ...] = ()


@dataclass(frozen=True)
class Wording:
    """`tariffs` by row id, `units` by the table's word, `services` by code, all in file order."""

    tariffs: Mapping[str, TariffName]
    units: Mapping[str, UnitName]
    common: tuple[str, ...]
    filler: tuple[str, ...]
    money: tuple[Slang, ...]
    means: tuple[Slang, ...]
    services: Mapping[str, ServiceWords]
    doors: Mapping[str, Door]


def load_wording(folder: Path) -> Wording:
    """Raises BrokenRulebook."""
    names = read_toml(folder / "tariff_names.toml")
    search = read_toml(folder / "search_words.toml")
    table = read_toml(folder / "doors.toml")
    tariffs = rows_of(TariffName, names.get("tariff"), "tariff_names.toml tariff")
    units = rows_of(UnitName, names.get("unit"), "tariff_names.toml unit")
    services = rows_of(ServiceWords, search.get("service"), "search_words.toml service")
    doors = rows_of(Door, table.get("door"), "doors.toml")
    return Wording(
        tariffs=keyed(tariffs, "code", "tariff_names.toml tariff"),
        units=keyed(units, "code", "tariff_names.toml unit"),
        common=_texts(names, "common"),
        filler=_texts(search, "filler"),
        money=rows_of(Slang, search.get("money"), "search_words.toml money"),
        means=rows_of(Slang, search.get("means"), "search_words.toml means"),
        services=keyed(services, "code", "search_words.toml service"),
        doors=keyed(doors, "code", "doors.toml"),
    )


def _texts(table: dict[str, Any], key: str) -> tuple[str, ...]:
    found = table.get(key)
    if not isinstance(found, list) or not all(isinstance(one, str) for one in found):
        raise BrokenRulebook(f"{key} is not a list of texts")
    return tuple(found)
